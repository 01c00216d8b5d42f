import type { ModelDeployment } from '../config/model-routes.ts';
import { readMember, type GatewayRequest } from './gateway-request.ts';

interface Splice {
  readonly start: number;
  readonly end: number;
  readonly bytes: Buffer;
}

const COMMA = Buffer.from(',');
const MODEL_NAME = Buffer.from('"model":');
const ASK_FOR_USAGE = Buffer.from('"stream_options":{"include_usage":true}');

/**
 * The body for one attempt: the client's bytes with at most two splices, the upstream's name of the model and, where
 * `addsUsage` says so, the wish for a usage frame. Without a splice it is the client's Buffer itself.
 */
export function buildUpstreamBody(request: GatewayRequest, deployment: ModelDeployment, addsUsage: boolean): Buffer {
  const splices = [spliceModel(request, deployment), addsUsage ? spliceUsage(request) : undefined].filter(
    (splice) => splice !== undefined,
  );
  if (splices.length === 0) return request.body;
  splices.sort((a, b) => a.start - b.start);

  const parts: Buffer[] = [];
  let from = 0;
  for (const { start, end, bytes } of splices) {
    parts.push(request.body.subarray(from, start), bytes);
    from = end;
  }
  parts.push(request.body.subarray(from));
  return Buffer.concat(parts);
}

/** Whether the gateway asks for a usage frame that the client did not ask for. */
export function addsUsageFrame(request: GatewayRequest, deployment: ModelDeployment): boolean {
  return request.isStream && !request.asksForUsage && deployment.supportsStreamUsage;
}

function spliceModel(request: GatewayRequest, deployment: ModelDeployment): Splice | undefined {
  const span = request.scanned.members.get('model');
  const name = deployment.upstreamModelJson;
  if (span === undefined) return insert(request, Buffer.concat([MODEL_NAME, name]));
  const isSame =
    span.end - span.start === name.length && request.body.compare(name, 0, name.length, span.start, span.end) === 0;
  return isSame ? undefined : { ...span, bytes: name };
}

function spliceUsage(request: GatewayRequest): Splice {
  const span = request.scanned.members.get('stream_options');
  if (span === undefined) return insert(request, ASK_FOR_USAGE);
  const options = readMember(request.body, span);
  const bytes = Buffer.from(JSON.stringify({ ...(options as object | null), include_usage: true }));
  return { ...span, bytes };
}

function insert(request: GatewayRequest, member: Buffer): Splice {
  const at = request.scanned.inside;
  // An empty object never gets two members: it has no stream, so no usage is asked for.
  const bytes = request.scanned.isEmpty ? member : Buffer.concat([member, COMMA]);
  return { start: at, end: at, bytes };
}

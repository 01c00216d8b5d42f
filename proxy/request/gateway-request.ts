import type { EndpointName } from '../endpoints/endpoint-name.ts';
import { GatewayError } from '../errors.ts';
import { scanObject, ScanError, type ScannedObject, type Span } from './scan-object.ts';

/** A client's request, read once. Every attempt is built from these bytes; nothing changes them. */
export interface GatewayRequest {
  readonly endpoint: EndpointName;
  readonly body: Buffer;
  /** The public name: the address's where it has one, else the body's. */
  readonly model: string;
  readonly isStream: boolean;
  /** Whether the client itself wants the usage frame of a stream. */
  readonly asksForUsage: boolean;
  /** The most tokens that the client lets the model write, over all choices; undefined without a limit. */
  readonly maxOutputTokens: number | undefined;
  readonly scanned: ScannedObject;
}

const WANTED: ReadonlySet<string> = new Set([
  'model',
  'stream',
  'stream_options',
  'max_tokens',
  'max_completion_tokens',
  'n',
]);

/**
 * Reads what the gateway needs of a body.
 * @throws GatewayError body_invalid, model_missing
 */
export function readGatewayRequest(
  endpoint: EndpointName,
  body: Buffer,
  modelOfAddress: string | undefined,
): GatewayRequest {
  const scanned = scan(body);
  const model = modelOfAddress ?? readMember(body, scanned.members.get('model'));
  if (typeof model !== 'string' || model === '') throw new GatewayError('model_missing');
  const isStream = endpoint === 'chat_completions' && readMember(body, scanned.members.get('stream')) === true;
  return {
    endpoint,
    body,
    model,
    isStream,
    asksForUsage: isStream && asksForUsage(body, scanned.members.get('stream_options')),
    maxOutputTokens: readMaxOutputTokens(body, scanned),
    scanned,
  };
}

function scan(body: Buffer): ScannedObject {
  try {
    return scanObject(body, WANTED);
  } catch (error) {
    if (!(error instanceof ScanError)) throw error;
    throw new GatewayError('body_invalid', { reason: error.message }, { cause: error });
  }
}

const QUOTE = 0x22;
const BACKSLASH = 0x5c;
const TRUE = 0x74;

/** The value of one member, parsed; undefined where it is missing. The two usual kinds need no parser. */
export function readMember(body: Buffer, span: Span | undefined): unknown {
  if (span === undefined) return undefined;
  const first = body[span.start];
  if (first === TRUE && span.end - span.start === 'true'.length) return true;
  if (first === QUOTE && !body.subarray(span.start, span.end).includes(BACKSLASH))
    return body.toString('utf8', span.start + 1, span.end - 1);
  try {
    return JSON.parse(body.toString('utf8', span.start, span.end)) as unknown;
  } catch (error) {
    throw new GatewayError('body_invalid', { reason: `the value at byte ${span.start} is broken` }, { cause: error });
  }
}

function asksForUsage(body: Buffer, span: Span | undefined): boolean {
  const options = readMember(body, span);
  return (
    typeof options === 'object' && options !== null && 'include_usage' in options && options.include_usage === true
  );
}

function readMaxOutputTokens(body: Buffer, { members }: ScannedObject): number | undefined {
  const span = members.get('max_completion_tokens') ?? members.get('max_tokens');
  const limit = readMember(body, span);
  if (typeof limit !== 'number' || !(limit > 0)) return undefined;
  const choices = readMember(body, members.get('n'));
  return Math.ceil(limit) * (typeof choices === 'number' && choices > 1 ? Math.ceil(choices) : 1);
}

import { scanObject, ScanError } from '../request/scan-object.ts';
import type { TokenUsage } from '../spend/spend-log.ts';
import { readUsage } from './read-usage.ts';

const USAGE: ReadonlySet<string> = new Set(['usage']);

const USAGE_KEY = Buffer.from('"usage"');
const COLON = 0x3a;

/** The usage that a whole answer reports, found without parsing the rest of it; undefined without one. */
export function readAnswerUsage(body: Buffer): TokenUsage | undefined {
  return readLastMember(body) ?? readScanned(body);
}

/** Usage is mostly the last member: then it ends where the answer does. */
function readLastMember(body: Buffer): TokenUsage | undefined {
  const key = body.lastIndexOf(USAGE_KEY);
  const colon = key + USAGE_KEY.length;
  if (key === -1 || body[colon] !== COLON) return undefined;
  try {
    const text = body.toString('utf8', colon + 1).trimEnd();
    return readUsage(JSON.parse(text.slice(0, -1)));
  } catch {
    return undefined;
  }
}

function readScanned(body: Buffer): TokenUsage | undefined {
  try {
    const span = scanObject(body, USAGE).members.get('usage');
    if (span === undefined) return undefined;
    return readUsage(JSON.parse(body.toString('utf8', span.start, span.end)));
  } catch (error) {
    if (error instanceof ScanError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

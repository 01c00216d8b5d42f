import { scanObject, ScanError } from '../request/scan-object.ts';
import type { TokenUsage } from '../spend/spend-log.ts';
import { readUsage } from './read-usage.ts';

const USAGE: ReadonlySet<string> = new Set(['usage']);

/** The usage that a whole answer reports, found without parsing the rest of it; undefined without one. */
export function readAnswerUsage(body: Buffer): TokenUsage | undefined {
  try {
    const span = scanObject(body, USAGE).members.get('usage');
    if (span === undefined) return undefined;
    return readUsage(JSON.parse(body.toString('utf8', span.start, span.end)));
  } catch (error) {
    if (error instanceof ScanError || error instanceof SyntaxError) return undefined;
    throw error;
  }
}

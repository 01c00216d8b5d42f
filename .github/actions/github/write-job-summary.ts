import { summary } from '@actions/core';

/** GitHub drops the whole summary of a step that is longer. */
export const MOST_SUMMARY_BYTES = 1_048_576;
const CUT = '\n\n(cut here: GitHub shows no longer summary)\n';

/** Puts Markdown on the run's page. What is over 1 MiB is cut at the end of a line. */
export async function writeJobSummary(markdown: string): Promise<void> {
  await summary.addRaw(fitIntoSummary(markdown), true).write({ overwrite: true });
}

/** The text itself, or its whole lines that fit into a summary with a word about the cut. */
export function fitIntoSummary(markdown: string): string {
  const bytes = Buffer.from(markdown);
  // One byte is the line's end that is written behind it.
  if (bytes.length < MOST_SUMMARY_BYTES) return markdown;
  const lastLine = bytes.lastIndexOf('\n', MOST_SUMMARY_BYTES - Buffer.byteLength(CUT) - 1);
  return bytes.subarray(0, Math.max(lastLine, 0)).toString() + CUT;
}

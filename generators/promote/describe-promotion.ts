import type { CommitRange } from './commit-range.ts';
import type { PinMove, PinState } from './promote-release.ts';

const SHOWN_DIGITS = 12;
const SHOWN_COMMIT_DIGITS = 7;

/** The pins before and after as a table, one line for each. */
export function describeMoves(moves: readonly PinMove[]): string {
  const rows = moves.map(({ pin, before, after }) => [pin, describePin(before), '->', describePin(after)]);
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  return rows.map((row) => row.map((cell, column) => cell.padEnd(widths[column] ?? 0)).join('  ')).join('\n');
}

/** The commits between, or why they are not known. */
export function describeRange(range: CommitRange): string {
  if (range.kind === 'unknown') return `The commits between are not known: ${range.reason}.`;
  return [...listCommits('brings', range.gained), ...listCommits('loses', range.lost)].join('\n');
}

function listCommits(verb: string, commits: readonly string[]): string[] {
  if (commits.length === 0) return [];
  const counted = commits.length === 1 ? '1 commit' : `${commits.length} commits`;
  return [`The gateway ${verb} ${counted}:`, ...commits.map((commit) => `  ${commit}`)];
}

function describePin({ version, digest, commit }: PinState): string {
  const shown = digest.replace(/^(sha256:)/, '').slice(0, SHOWN_DIGITS);
  const of =
    commit === undefined ? '' : `, commit ${commit === 'unresolved' ? commit : commit.slice(0, SHOWN_COMMIT_DIGITS)}`;
  return `${version} (${shown}${of})`;
}

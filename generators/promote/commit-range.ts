import { spawnSync } from 'node:child_process';
import { Refusal } from '../command-line/refusal.ts';
import type { PinMove } from './promote-release.ts';

/** What lies between two commits: what the later one brings and what it lacks, as lines of `git log --oneline`. */
export type CommitRange =
  | { readonly kind: 'known'; readonly gained: readonly string[]; readonly lost: readonly string[] }
  | { readonly kind: 'unknown'; readonly reason: string };

const MAX_LOG_BYTES = 16_777_216;
const SHOWN_DIGITS = 7;

/** The commits between the old and the new gateway image; undefined where its commit does not change. */
export function commitRange(moves: readonly PinMove[], repository: string): CommitRange | undefined {
  const move = moves.find(({ before, after }) => before.commit !== after.commit);
  const [old, next] = [move?.before.commit, move?.after.commit];
  if (old === undefined || next === undefined) return undefined;
  for (const [commit, side] of [
    [old, 'old'],
    [next, 'new'],
  ] as const) {
    if (commit === 'unresolved') return { kind: 'unknown', reason: `the ${side} image does not say its commit` };
    if (git(repository, ['cat-file', '-e', `${commit}^{commit}`]) === undefined)
      return {
        kind: 'unknown',
        reason: `this clone does not have ${commit.slice(0, SHOWN_DIGITS)}; git fetch may help`,
      };
  }
  const [gained, lost] = [log(repository, old, next), log(repository, next, old)];
  if (gained === undefined || lost === undefined) return { kind: 'unknown', reason: 'git log did not answer' };
  return { kind: 'known', gained, lost };
}

/** Throws a Refusal where the new image lacks commits that the old one has, since what they mended would be broken again. */
export function refuseOlder(range: CommitRange | undefined, environment: string): void {
  if (range?.kind !== 'known' || range.lost.length === 0) return;
  const counted = range.lost.length === 1 ? '1 commit' : `${range.lost.length} commits`;
  const direction = range.gained.length === 0 ? 'is older' : 'is on another branch';
  throw new Refusal(
    [
      `the new image ${direction}: ${environment} would lose ${counted} (--allow-older does it all the same):`,
      ...range.lost,
    ].join('\n  '),
  );
}

function log(repository: string, from: string, to: string): string[] | undefined {
  const text = git(repository, ['log', '--oneline', '--no-decorate', `${from}..${to}`]);
  return text?.split('\n').filter((line) => line !== '');
}

function git(repository: string, args: readonly string[]): string | undefined {
  const options = { cwd: repository, encoding: 'utf8', maxBuffer: MAX_LOG_BYTES } as const;
  const { status, stdout } = spawnSync('git', ['--no-pager', ...args], options);
  return status === 0 ? stdout : undefined;
}

import { setTimeout as delay } from 'node:timers/promises';
import { followCommit, headOf, type TrialRepository } from '../local-cluster/trial-repository.ts';

const PAUSE_MS = 1_000;

/** Renders every new commit of `root` into the clone, until `stopping`. One that cannot be rendered is told and left. */
export async function followCommits(
  root: string,
  trial: TrialRepository,
  tell: (line: string) => void,
  stopping: AbortSignal,
): Promise<void> {
  let last = headOf(root);
  while (!stopping.aborted) {
    const head = headOf(root);
    if (head !== last) tell(takeOver(trial, head));
    last = head;
    await delay(PAUSE_MS, undefined, { signal: stopping }).catch(() => undefined);
  }
}

function takeOver(trial: TrialRepository, commit: string): string {
  const name = `commit ${commit.slice(0, 7)}`;
  try {
    followCommit(trial);
    return `${name} is rendered, and Argo CD will find it`;
  } catch (error) {
    return `${name} cannot be rendered, so the last one stays:\n${(error as Error).message}`;
  }
}

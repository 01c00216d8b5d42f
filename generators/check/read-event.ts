import { readFileSync } from 'node:fs';
import { listAt, textAt, valueAt } from '../../environments/schema/value-at.ts';
import { Refusal } from '../command-line/refusal.ts';
import { askGit } from '../plan/git.ts';

/** What the event that started a workflow says of the change. */
export interface ChangeEvent {
  /** The commit that the change starts from. */
  readonly base?: string;
  readonly labels?: readonly string[];
}

/**
 * Reads GitHub's payload of `pull_request` or `merge_group`; any other event says nothing of a change. A merge group has
 * no labels. `root` is the repository's folder. Throws a Refusal where the file is not what GitHub writes.
 */
export function readEvent(path: string, root: string): ChangeEvent {
  const payload = parsePayload(path);
  const pullRequest = textAt(payload, ['pull_request', 'base', 'sha']);
  if (pullRequest !== undefined) return { base: mergedBase(payload, root) ?? pullRequest, labels: labelsOf(payload) };
  const mergeGroup = textAt(payload, ['merge_group', 'base_sha']);
  return mergeGroup === undefined ? {} : { base: mergeGroup };
}

/**
 * What GitHub merged the pull request into for this run. The payload's base is from the last push to the pull request:
 * compared with it, all that others have merged since would count as part of the change.
 */
function mergedBase(payload: unknown, root: string): string | undefined {
  const { code, stdout } = askGit(root, ['rev-list', '--parents', '--max-count=1', 'HEAD']);
  const [, base, head, ...others] = code === 0 ? stdout.toString('utf8').trim().split(' ') : [];
  const isMerge = head !== undefined && others.length === 0;
  return isMerge && head === textAt(payload, ['pull_request', 'head', 'sha']) ? base : undefined;
}

function parsePayload(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8'));
  } catch (error) {
    throw new Refusal(`GITHUB_EVENT_PATH: the event cannot be read: ${(error as Error).message}`);
  }
}

function labelsOf(payload: unknown): string[] {
  const labels = listAt(valueAt(payload, ['pull_request']), ['labels']);
  return labels.flatMap((label) => textAt(label, ['name']) ?? []);
}

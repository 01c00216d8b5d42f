import { readFileSync } from 'node:fs';
import { listAt, textAt, valueAt } from '../../environments/schema/value-at.ts';
import { Refusal } from '../keys/refusal.ts';

/** What the event that started a workflow says of the change. */
export interface ChangeEvent {
  /** The commit that the change starts from. */
  readonly base?: string;
  readonly labels?: readonly string[];
}

/**
 * Reads GitHub's payload of `pull_request` or `merge_group`; any other event says nothing of a change. A merge group has
 * no labels. Throws a Refusal where the file is not what GitHub writes.
 */
export function readEvent(path: string): ChangeEvent {
  const payload = parsePayload(path);
  const pullRequest = textAt(payload, ['pull_request', 'base', 'sha']);
  if (pullRequest !== undefined) return { base: pullRequest, labels: labelsOf(payload) };
  const mergeGroup = textAt(payload, ['merge_group', 'base_sha']);
  return mergeGroup === undefined ? {} : { base: mergeGroup };
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

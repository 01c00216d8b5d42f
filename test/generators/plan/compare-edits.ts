import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { compareEnvironments } from '../../../generators/plan/compare-environments.ts';
import { loadSide } from '../../../generators/plan/load-side.ts';
import type { AccessChange, EnvironmentChange } from '../../../generators/plan/plan.ts';

const SOUND = join(import.meta.dirname, '../../fixtures/environments/sound');

/** A day on which no key of the sound environment ends soon. */
const NOW = new Date('2026-11-25T12:00:00Z');

/** One edit of a file below environments/: a text and what takes its place; without a text, the file as a whole. */
export interface Edit {
  readonly file: string;
  readonly from?: string;
  /** Left out: the file goes. */
  readonly to?: string;
}

export type Contents = Map<string, Buffer>;

/** The sound environment dev and its policy, by path. */
export function soundContents(): Contents {
  const entries = readdirSync(SOUND, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  const paths = entries.map((entry) => join(entry.parentPath, entry.name));
  return new Map(paths.map((path) => [`environments/${path.slice(SOUND.length + 1)}`, readFileSync(path)]));
}

export function edited(contents: Contents, edits: readonly Edit[]): Contents {
  const result = new Map(contents);
  for (const { file, from, to } of edits) {
    const path = `environments/${file}`;
    const text = result.get(path)?.toString('utf8') ?? '';
    if (from !== undefined && !text.includes(from)) throw new Error(`${file} does not have ${from}`);
    if (to === undefined) result.delete(path);
    else result.set(path, Buffer.from(from === undefined ? to : text.replace(from, to)));
  }
  return result;
}

/** What all the environments of two sides have changed. */
export function compareContents(before: Contents, after: Contents, now = NOW): EnvironmentChange[] {
  const [base, head] = [before, after].map((contents) => {
    const names = namesIn(contents);
    return loadSide({ contents, wanted: names, names, now });
  });
  if (base === undefined || head === undefined) throw new Error('there are two sides');
  return compareEnvironments({ base, head }, { now });
}

/** What edits of the sound environment change in it. */
export function changeBy(...edits: readonly Edit[]): EnvironmentChange {
  const sound = soundContents();
  const [change] = compareContents(sound, edited(sound, edits));
  if (change === undefined) throw new Error('the edits change nothing');
  return change;
}

function namesIn(contents: Contents): string[] {
  const names = [...contents.keys()].flatMap((path) => /^environments\/([^/]+)\/.+/.exec(path)?.[1] ?? []);
  return [...new Set(names)].toSorted();
}

/** A file of the sound environment, by its path below environments/. */
export function soundText(file: string): string {
  return soundContents().get(`environments/${file}`)?.toString('utf8') ?? '';
}

export function shownAccess({ access }: EnvironmentChange): string[] {
  return access.map((change) => `${callerOf(change)} ${change.kind} ${change.model}`);
}

export function shownRefusals({ refused }: EnvironmentChange): string[] {
  return refused.map((refusal) => `${callerOf(refusal)} ${refusal.reason}`);
}

function callerOf({ team, key }: Pick<AccessChange, 'team' | 'key'>): string {
  return key === undefined ? team : `${team}/${key}`;
}

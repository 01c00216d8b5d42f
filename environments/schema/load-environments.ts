import { join } from 'node:path';
import { checkWhole } from './check-whole.ts';
import type { EnvironmentFiles } from './environment-files.ts';
import type { Environment } from './environment.ts';
import { environmentNames, loadEnvironment } from './load-environment.ts';
import { problemOf, type ParsedFile, type Problem } from './parse-yaml.ts';
import { Policy } from './policy.ts';
import { readAuthoredFile, shownPath } from './read-authored-file.ts';
import { isFolder } from './read-folder.ts';
import { sortProblems } from './sort-problems.ts';

/** The environments without an error, by name, and the problems of all, by file and line. */
export interface LoadedEnvironments {
  readonly environments: readonly Environment[];
  readonly problems: readonly Problem[];
  /** Of every environment, with errors or without. */
  readonly files: readonly EnvironmentFiles[];
  /** Undefined where there is no such folder. */
  readonly policy: ParsedFile<Policy> | undefined;
}

/** Reads every environment of a root folder and holds it to the root's `policy.yaml`. */
export function loadEnvironments(root: string, { now }: { now: Date }): LoadedEnvironments {
  if (!isFolder(root)) return noSuchRoot(root);
  const policy = readAuthoredFile(join(root, 'policy.yaml'), Policy);
  const rules = policy.value === undefined ? {} : { policy: policy.value };
  const names = environmentNames(root);
  const loaded = names.map((name) => loadEnvironment(join(root, name), { now, ...rules }));
  const all = loaded.flatMap(({ files }) => files ?? []);
  const whole = checkWhole(root, { policy, names, environments: all, now });
  const refused = new Set(whole.filter(({ level }) => level === 'error').map(({ file }) => file));
  return {
    environments: loaded.flatMap(({ environment, files }) =>
      environment === undefined || files === undefined || isOneOf(files, refused) ? [] : environment,
    ),
    problems: sortProblems([...whole, ...loaded.flatMap(({ problems }) => problems)]),
    files: all,
    policy,
  };
}

function isOneOf({ settings, teams }: EnvironmentFiles, paths: ReadonlySet<string>): boolean {
  return [settings, ...teams].some(({ file }) => paths.has(file));
}

function noSuchRoot(root: string): LoadedEnvironments {
  return {
    environments: [],
    problems: [problemOf(shownPath(root), 'no such folder')],
    files: [],
    policy: undefined,
  };
}

import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { checkWhole } from '../../environments/schema/check-whole.ts';
import { readEnvironmentFiles, type EnvironmentFiles } from '../../environments/schema/environment-files.ts';
import type { Environment } from '../../environments/schema/environment.ts';
import { environmentNames, loadEnvironment } from '../../environments/schema/load-environment.ts';
import type { ParsedFile, Problem } from '../../environments/schema/parse-yaml.ts';
import { Policy } from '../../environments/schema/policy.ts';
import { readAuthoredFile, shownPath } from '../../environments/schema/read-authored-file.ts';
import { PlanRefusal } from './git.ts';

/** One environment of one side. */
export interface SideEnvironment {
  readonly name: string;
  /** Parsed each for itself; a file with errors has no value. */
  readonly files: EnvironmentFiles;
  readonly problems: readonly Problem[];
}

export interface LoadedSide {
  readonly environments: ReadonlyMap<string, SideEnvironment>;
  /** Undefined where the side has no policy.yaml. */
  readonly policy: ParsedFile<Policy> | undefined;
  /** The other environments of which a file was given, by name; a file that was not given has no value. */
  readonly others: readonly EnvironmentFiles[];
  /** Of the whole, not of one environment alone. */
  readonly problems: readonly Problem[];
}

export interface LoadInput {
  /** By path from the top of the repository. */
  readonly contents: ReadonlyMap<string, Buffer>;
  /** The environments to load. */
  readonly wanted: readonly string[];
  /** Of every environment of the side. */
  readonly names: readonly string[];
  /** Decides which keys have ended. */
  readonly now: Date;
}

/**
 * Loads environments from the contents of a side. The loaders read folders, so the contents are written into a
 * temporary one, which is gone afterwards; every path in what they say is the repository's.
 */
export function loadSide(input: LoadInput): LoadedSide {
  const folder = realpathSync(mkdtempSync(join(tmpdir(), 'tollgate-plan-')));
  try {
    writeContents(folder, input.contents);
    return loadFolder(folder, input);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/**
 * The values of an environment; undefined where a file has none. A key that has ended or a rule that is broken does not
 * keep an environment from being compared.
 */
export function environmentOf(side: SideEnvironment | undefined): Environment | undefined {
  if (side === undefined) return undefined;
  const { name, settings, release, models, teams } = side.files;
  const read = teams.flatMap(({ value }) => value ?? []);
  if (settings.value === undefined || release.value === undefined || models.value === undefined) return undefined;
  if (read.length < teams.length) return undefined;
  return { name, settings: settings.value, release: release.value, models: models.value, teams: read };
}

function writeContents(folder: string, contents: ReadonlyMap<string, Buffer>): void {
  for (const [path, content] of contents) {
    const target = join(folder, path);
    try {
      mkdirSync(dirname(target), { recursive: true });
      writeFileSync(target, content, { flag: 'wx' });
    } catch (error) {
      throw new PlanRefusal(`${path} cannot be written beside the other files: rename it`, { cause: error });
    }
  }
}

function loadFolder(folder: string, { contents, wanted, names, now }: LoadInput): LoadedSide {
  const moved = moveFrom(folder);
  const root = join(folder, 'environments');
  const loaded = wanted.flatMap((name): SideEnvironment[] => {
    const { files, problems } = loadEnvironment(join(root, name), { now });
    return files === undefined ? [] : [{ name, files: moveFiles(files, moved), problems: problems.map(moved.problem) }];
  });
  const others = environmentNames(root)
    .filter((name) => !wanted.includes(name))
    .map((name) => moveFiles(readEnvironmentFiles(join(root, name)), moved));
  const policy = moved.file(readAuthoredFile(join(root, 'policy.yaml'), Policy));
  const environments = [...loaded.map(({ files }) => files), ...others].toSorted(byName);
  return {
    environments: new Map(loaded.map((environment) => [environment.name, environment])),
    policy: contents.has('environments/policy.yaml') ? policy : undefined,
    others,
    problems: checkWhole(root, { policy, names, environments, now }).map(moved.problem),
  };
}

function byName(a: EnvironmentFiles, b: EnvironmentFiles): number {
  return a.name < b.name ? -1 : 1;
}

interface Moved {
  readonly problem: (problem: Problem) => Problem;
  readonly file: <T>(file: ParsedFile<T>) => ParsedFile<T>;
}

function moveFrom(folder: string): Moved {
  const inRepository = (text: string) => text.replaceAll(`${shownPath(folder)}/`, '');
  const problem = (found: Problem): Problem => {
    return { ...found, file: inRepository(found.file), message: inRepository(found.message) };
  };
  return {
    problem,
    file: (parsed) => ({
      ...parsed,
      file: inRepository(parsed.file),
      problems: parsed.problems.map(problem),
      locate: (...place) => problem(parsed.locate(...place)),
    }),
  };
}

function moveFiles(files: EnvironmentFiles, moved: Moved): EnvironmentFiles {
  return {
    name: files.name,
    settings: moved.file(files.settings),
    release: moved.file(files.release),
    models: moved.file(files.models),
    teams: files.teams.map((team) => moved.file(team)),
  };
}

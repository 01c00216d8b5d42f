import type { EnvironmentFiles } from '../../environments/schema/environment-files.ts';
import { problemOf, type Problem } from '../../environments/schema/parse-yaml.ts';
import { findNonFiles, findUnrendered } from './find-misplaced.ts';
import { listChanges, type ChangedPath } from './list-changes.ts';
import { listFiles, type ListedFile } from './list-files.ts';
import { loadSide, type LoadedSide } from './load-side.ts';
import { readFiles } from './read-files.ts';
import { resolveCommits } from './resolve-commits.ts';
import { isSafePath } from './safe-path.ts';

// Both sides of a comparison as data: git lists and prints, the schema's loaders parse, and nothing of either side is
// run or followed. What is the same on both sides is not read, so that fifty environments cost as much as the two
// that changed.

/** One side of a comparison, as far as the two differ. */
export interface Side extends LoadedSide {
  /** The full id of the commit, or `work tree`. */
  readonly commit: string;
  /** Of every environment, also of those that are the same on both sides; sorted. */
  readonly names: readonly string[];
  /** Files that are not read, each with the reason, and what is wrong with environments/ as a whole. */
  readonly problems: readonly Problem[];
  /** Path below dist/ to text: every file of each environment of which something below dist/ changed. */
  readonly manifests: ReadonlyMap<string, string>;
}

export interface Sides {
  /** The commit where the head left the base that was named. */
  readonly base: Side;
  readonly head: Side;
  /** Everything that differs, sorted; of new files in a work tree those below environments/ and dist/ alone. */
  readonly changes: readonly ChangedPath[];
}

export interface SidesWanted {
  /** A commit, branch or tag. */
  readonly base: string;
  /** Left out: the work tree, with its new files. */
  readonly head?: string;
  /** Decides which keys have ended. */
  readonly now: Date;
}

const MAX_FILE_BYTES = 1_048_576;
const WORK_TREE = 'work tree';
const POLICY = 'environments/policy.yaml';

/**
 * Reads both sides of a change in the repository `root`. Environments whose files are the same are left out, unless
 * policy.yaml changed, to which all are held. Throws `PlanRefusal` with what to do: no repository, no such commit.
 */
export function readSides(root: string, { base, head, now }: SidesWanted): Sides {
  const commits = resolveCommits(root, { base, ...(head !== undefined && { head }) });
  const changes = listChanges(root, commits);
  const scope = scopeOf(changes);
  const listed = { base: listFiles(root, commits.base), head: listFiles(root, commits.head) };
  const wanted = { base: chooseFiles(listed.base, scope), head: chooseFiles(listed.head, scope) };
  const read = readBoth(root, wanted.base.files, wanted.head.files);
  return {
    base: makeSide(
      { commit: commits.base, names: namesOf(listed.base), ...wanted.base, contents: read.base },
      scope,
      now,
    ),
    head: makeSide(
      { commit: commits.head ?? WORK_TREE, names: namesOf(listed.head), ...wanted.head, contents: read.head },
      scope,
      now,
    ),
    changes,
  };
}

/** Of every environment that was read, be it only in part; those that are not are the same on both sides. */
export function filesOfSide({ environments, others }: LoadedSide): EnvironmentFiles[] {
  return [...[...environments.values()].map(({ files }) => files), ...others];
}

/** How far the reading goes. */
interface Scope {
  readonly environments: (name: string) => boolean;
  readonly manifests: (environment: string) => boolean;
  readonly changed: ReadonlySet<string>;
  /** Files that are read of every environment, since one changed that environments are compared with each other by. */
  readonly shared: ReadonlySet<string>;
}

function scopeOf(changes: readonly ChangedPath[]): Scope {
  const paths = changes.map(({ path }) => path);
  const authored = new Set(paths.map((path) => environmentOf(path, 'environments')));
  const rendered = new Set(paths.map((path) => environmentOf(path, 'dist')));
  const isHeldAnew = paths.includes(POLICY);
  return {
    environments: (name) => isHeldAnew || authored.has(name),
    manifests: (name) => rendered.has(name),
    changed: new Set(paths),
    shared: new Set(paths.flatMap((path) => sharedFile(path) ?? [])),
  };
}

function chooseFiles(listed: readonly ListedFile[], scope: Scope): { files: ListedFile[]; problems: Problem[] } {
  const wanted = listed.filter(({ path }) => isWanted(path, scope));
  const problems = wanted.flatMap((file) => refuse(file) ?? []);
  const refused = new Set(problems.map(({ file }) => file));
  const files = wanted.filter(({ path, kind }) => kind === 'file' && !refused.has(path));
  const changed = listed.flatMap(({ path, kind }) => (kind === 'file' && scope.changed.has(path) ? path : []));
  return { files, problems: [...problems, ...findNonFiles(listed), ...findUnrendered(changed, namesOf(listed))] };
}

function isWanted(path: string, scope: Scope): boolean {
  if (isOfRoot(path) || scope.shared.has(sharedFile(path) ?? '')) return true;
  const authored = environmentOf(path, 'environments');
  if (authored !== undefined) return scope.environments(authored);
  const rendered = environmentOf(path, 'dist');
  return rendered !== undefined && scope.manifests(rendered);
}

function refuse({ path, bytes }: ListedFile): Problem | undefined {
  if (!isSafePath(path)) return problemOf(path, 'the path is not read: rename the file');
  if (bytes > MAX_FILE_BYTES) return problemOf(path, `the file is larger than ${MAX_FILE_BYTES} bytes: split it`);
  return undefined;
}

/** One process of git reads for both, and what both have is read once. */
function readBoth(root: string, base: readonly ListedFile[], head: readonly ListedFile[]) {
  const prefixed = (side: string, files: readonly ListedFile[]) =>
    files.flatMap((file) => (file.blob === undefined ? [] : [{ ...file, path: `${side}${file.path}` }]));
  const committed = readFiles(root, [...prefixed('base:', base), ...prefixed('head:', head)]);
  const onDisk = readFiles(
    root,
    head.filter(({ blob }) => blob === undefined),
  );
  const part = (side: string) =>
    [...committed].flatMap(([path, content]): [string, Buffer][] =>
      path.startsWith(side) ? [[path.slice(side.length), content]] : [],
    );
  return { base: new Map(part('base:')), head: new Map([...part('head:'), ...onDisk]) };
}

function namesOf(listed: readonly ListedFile[]): string[] {
  return [...new Set(listed.flatMap(({ path }) => environmentOf(path, 'environments') ?? []))].toSorted();
}

interface SideParts extends Pick<Side, 'commit' | 'names' | 'problems'> {
  readonly contents: ReadonlyMap<string, Buffer>;
}

function makeSide({ contents, commit, names, problems }: SideParts, scope: Scope, now: Date): Side {
  const authored = [...contents].filter(([path]) => path.startsWith('environments/'));
  const wanted = names.filter((name) => scope.environments(name));
  const loaded = loadSide({ contents: new Map(authored), wanted, names, now });
  return { commit, names, ...loaded, problems: [...problems, ...loaded.problems], manifests: manifestsOf(contents) };
}

function manifestsOf(contents: ReadonlyMap<string, Buffer>): Map<string, string> {
  return new Map(
    [...contents].flatMap(([path, content]): [string, string][] =>
      path.startsWith('dist/') ? [[path.slice('dist/'.length), content.toString('utf8')]] : [],
    ),
  );
}

/** The environment whose folder below `parent` holds the path; the schema is none, and hidden folders are not. */
function environmentOf(path: string, parent: string): string | undefined {
  const [first, name = '', inner] = path.split('/');
  if (first !== parent || inner === undefined || name === 'schema' || name.startsWith('.')) return undefined;
  return name;
}

/** policy.yaml, and what lies beside it: nothing reads that, which is told by name. Pages are for people. */
function isOfRoot(path: string): boolean {
  return /^environments\/[^/.][^/]*$/.test(path) && !path.endsWith('.md');
}

/**
 * Names, addresses and keys must not collide, and what production runs has run elsewhere: `environment.yaml`, the files
 * of `keys`, and `release.yaml`.
 */
function sharedFile(path: string): string | undefined {
  return /^environments\/[^/]+\/(environment\.yaml$|release\.yaml$|keys\/)/.exec(path)?.[1];
}

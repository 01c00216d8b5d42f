import { problemOf, type Problem } from '../../environments/schema/parse-yaml.ts';
import type { ListedFile } from './list-files.ts';

// What Argo CD or the loaders would come upon below environments/ and dist/, and a reviewer would not.

/** Everything below both folders that is no file. */
export function findNonFiles(listed: readonly ListedFile[]): Problem[] {
  return listed.flatMap(({ path, kind }) => (kind === 'file' ? [] : problemOf(path, REFUSALS[kind])));
}

/** Of what a change puts into dist/, the files and folders that are of none of these environments. */
export function findUnrendered(paths: readonly string[], environments: readonly string[]): Problem[] {
  const known = new Set(environments);
  const places = new Set(paths.flatMap((path) => unknownPlace(path, known)));
  return [...places].map((place) => problemOf(place, unrenderedMessage(place)));
}

const REFUSALS: Readonly<Record<Exclude<ListedFile['kind'], 'file'>, string>> = {
  link: 'links are not followed: commit the file itself',
  repository:
    'another repository stands here (a submodule), of which this one shows no file: git rm it, and commit its files',
};

/** The file, or the folder with a slash, in dist/ that no environment has. */
function unknownPlace(path: string, environments: ReadonlySet<string>): string[] {
  const [top, name = '', inner] = path.split('/');
  if (top !== 'dist' || path === 'dist/README.md') return [];
  if (inner === undefined) return [path];
  return environments.has(name) ? [] : [`dist/${name}/`];
}

function unrenderedMessage(place: string): string {
  if (!place.endsWith('/')) return 'nothing renders this file: npm run render takes it away';
  return `environments/ has no ${place.slice('dist/'.length, -1)}, so that nothing renders this folder: npm run render takes it away`;
}

import type { SourceFile } from './source-file.ts';

const ENVIRONMENT_FILES = ['environment.yaml', 'release.yaml', 'models.yaml'];
const ACTION_FILES = ['action.yml', 'index.ts', 'run.ts', 'dist/index.js'];
const ACTION_LIBRARIES = ['azure', 'github'];

/** Every folder of environments/ but the schema has the same files, and one file per team under keys/. */
export function findUnevenEnvironments(files: readonly SourceFile[]): string[] {
  const paths = files.map(({ path }) => path);
  return foldersIn('environments', paths)
    .filter((folder) => folder !== 'environments/schema')
    .flatMap((folder) => {
      const wanted = ENVIRONMENT_FILES.map((name) => `${folder}/${name}`);
      const missing = wanted.filter((path) => !paths.includes(path));
      const hasTeam = paths.some((path) => path.startsWith(`${folder}/keys/`) && path.endsWith('.yaml'));
      return hasTeam ? missing : [...missing, `${folder}/keys/<team>.yaml`];
    })
    .map((path) => `${path} is missing`);
}

/** Every action is whole: its interface, its wiring, its work and the bundle that GitHub runs. */
export function findUnevenActions(files: readonly SourceFile[]): string[] {
  const paths = files.map(({ path }) => path);
  return foldersIn('.github/actions', paths)
    .filter((folder) => !ACTION_LIBRARIES.some((library) => folder.endsWith(`/${library}`)))
    .flatMap((folder) => ACTION_FILES.map((name) => `${folder}/${name}`))
    .filter((path) => !paths.includes(path))
    .map((path) => `${path} is missing`);
}

const DEPENDENCY_FIELDS = ['dependencies', 'devDependencies', 'optionalDependencies'];

/** Dependencies of package.json that are a range, a tag or an address in place of one version. */
export function findLoosePins(files: readonly SourceFile[]): string[] {
  const text = files.find(({ path }) => path === 'package.json')?.text ?? '{}';
  const manifest = JSON.parse(text) as Record<string, Record<string, string> | undefined>;
  return DEPENDENCY_FIELDS.flatMap((field) => Object.entries(manifest[field] ?? {}))
    .filter(([, version]) => !/^\d+\.\d+\.\d+(-[0-9A-Za-z.]+)?$/.test(version))
    .map(([name, version]) => `${name} is pinned to ${version}: write one exact version`);
}

function foldersIn(parent: string, paths: readonly string[]): string[] {
  const depth = parent.split('/').length;
  const inside = paths.filter((path) => path.startsWith(`${parent}/`) && path.split('/').length > depth + 1);
  return [
    ...new Set(
      inside.map((path) =>
        path
          .split('/')
          .slice(0, depth + 1)
          .join('/'),
      ),
    ),
  ];
}

import { isHandWritten, type SourceFile } from './source-file.ts';

const BANNED = 'util helper common misc manager service core lib base impl data info'.split(' ');
// The stack that outlives a cluster: what Azure's own guidance calls it.
const NAMED_ON_PURPOSE = ['infra/core.bicep'];
const KEBAB_CASE = /^[a-z0-9]+(-[a-z0-9]+)*$/;

/** Folders and files whose name says nothing: whole words only, so `coredns` may stay. Rendered files are Kubernetes's. */
export function findBannedNames(files: readonly SourceFile[]): string[] {
  const judged = namesOf(files).filter(({ path }) => !NAMED_ON_PURPOSE.includes(path));
  return judged.flatMap(({ path, name }) =>
    wordsOf(name)
      .filter((word) => BANNED.some((banned) => word === banned || word === `${banned}s`))
      .map((word) => `${path} is named "${word}": name what it owns`),
  );
}

export function findOddNames(files: readonly SourceFile[]): string[] {
  return namesOf(files)
    .filter(({ path, isFile }) => !isFile || isHandWritten(path))
    .filter(
      ({ name }) =>
        !name
          .replace(/^\./, '')
          .split('.')
          .every((part) => KEBAB_CASE.test(part)),
    )
    .map(({ path }) => `${path} is not in kebab-case`);
}

interface Name {
  readonly path: string;
  readonly name: string;
  readonly isFile: boolean;
}

/** Every folder and file once, without what is rendered. */
function namesOf(files: readonly SourceFile[]): Name[] {
  const names = new Map<string, Name>();
  for (const { path } of files) {
    if (path.startsWith('dist/')) continue;
    const parts = path.split('/');
    for (const [index, name] of parts.entries()) {
      const prefix = parts.slice(0, index + 1).join('/');
      names.set(prefix, { path: prefix, name, isFile: index === parts.length - 1 });
    }
  }
  return [...names.values()];
}

function wordsOf(name: string): string[] {
  return name
    .replace(/([a-z0-9])([A-Z])/g, '$1-$2')
    .toLowerCase()
    .split(/[^a-z0-9]+/);
}

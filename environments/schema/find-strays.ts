import { basename, extname, join } from 'node:path';
import { nearestKey } from './known-keys.ts';
import { problemOf, type Problem } from './parse-yaml.ts';
import { shownPath } from './read-authored-file.ts';
import { fileNames, folderNames, isLink, LINK_REFUSAL } from './read-folder.ts';

// A file that nothing reads is a mistake that stays unseen for long, so each is told by name. Pages (*.md) and hidden
// files are for people and their editors.

/** What lies beside policy.yaml and the environments' folders without being read. */
export function findStraysOfRoot(root: string): Problem[] {
  const fix = 'here are policy.yaml and one folder for each environment';
  return strays(root, fileNames(root), ['policy.yaml'], () => fix);
}

/** What lies in an environment's folder without being read. */
export function findStraysOfEnvironment(folder: string): Problem[] {
  const files = ['environment.yaml', 'models.yaml', 'release.yaml'];
  const fix = `an environment has ${files.join(', ')} and keys/<team>.yaml`;
  const keysFolder = join(folder, 'keys');
  const teamFiles = fileNames(keysFolder);
  return [
    ...strays(folder, fileNames(folder), files, (name) => nearestFile(name, files) ?? fix),
    ...strays(folder, folderNames(folder), ['keys'], () => fix),
    ...strays(keysFolder, teamFiles, teamFiles.filter(isTeamFile), renameToYaml),
    ...strays(keysFolder, folderNames(keysFolder), [], () => 'keys/ has one <team>.yaml for each team'),
  ];
}

/** Whether a file in keys/ is read. */
export function isTeamFile(name: string): boolean {
  return name.endsWith('.yaml');
}

function strays(
  folder: string,
  names: readonly string[],
  known: readonly string[],
  fix: (name: string) => string,
): Problem[] {
  return names
    .filter((name) => !known.includes(name) && !name.endsWith('.md'))
    .map((name) => {
      const path = join(folder, name);
      return problemOf(shownPath(path), isLink(path) ? LINK_REFUSAL : `nothing reads this: ${fix(name)}`);
    });
}

function nearestFile(name: string, files: readonly string[]): string | undefined {
  const near = nearestKey(stem(name), files.map(stem));
  return near === undefined ? undefined : `rename it to ${near}.yaml`;
}

function renameToYaml(name: string): string {
  return /\.yml$/i.test(name) ? `rename it to ${stem(name)}.yaml` : 'keys/ has one <team>.yaml for each team';
}

function stem(name: string): string {
  return basename(name, extname(name));
}

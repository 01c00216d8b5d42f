import { basename, join, resolve } from 'node:path';
import { EnvironmentSettings } from './environment-settings.ts';
import { isTeamFile } from './find-strays.ts';
import { Models } from './model.ts';
import type { ParsedFile } from './parse-yaml.ts';
import { readAuthoredFile } from './read-authored-file.ts';
import { fileNames } from './read-folder.ts';
import { Release } from './release.ts';
import { Team } from './team.ts';

/** The files of one environment, each parsed for itself. */
export interface EnvironmentFiles {
  /** The folder's own name. */
  readonly name: string;
  readonly settings: ParsedFile<EnvironmentSettings>;
  readonly release: ParsedFile<Release>;
  readonly models: ParsedFile<Models>;
  /** In the order of the file names. */
  readonly teams: readonly ParsedFile<Team>[];
}

/** Reads the files of an environment's folder; one that is missing or broken has its problems. */
export function readEnvironmentFiles(folder: string): EnvironmentFiles {
  const keysFolder = join(folder, 'keys');
  return {
    name: basename(resolve(folder)),
    settings: readAuthoredFile(join(folder, 'environment.yaml'), EnvironmentSettings),
    release: readAuthoredFile(join(folder, 'release.yaml'), Release),
    models: readAuthoredFile(join(folder, 'models.yaml'), Models),
    teams: fileNames(keysFolder)
      .filter(isTeamFile)
      .map((name) => readAuthoredFile(join(keysFolder, name), Team)),
  };
}

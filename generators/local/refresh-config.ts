import { renameSync, writeFileSync } from 'node:fs';
import { stringify } from 'yaml';
import { loadEnvironment } from '../../environments/schema/load-environment.ts';
import { formatProblem } from '../../environments/schema/parse-yaml.ts';
import { resolveLocalConfig, type LocalConfig } from './resolve-local-config.ts';

export interface RefreshOptions {
  /** Of the environment. */
  readonly folder: string;
  readonly configFile: string;
  readonly variables: Readonly<Record<string, string | undefined>>;
  readonly demoKey: string;
  readonly now: Date;
}
export type Refreshed = LocalConfig;

const HEADER = '# Made by `npm start` out of environments/, again at every change: edit it there.\n';

/**
 * Resolves the environment into the file that the gateway watches. With an error in the folder, all of them are
 * printed, the old file stays, and the result is undefined.
 */
export function refreshConfig({ folder, configFile, ...local }: RefreshOptions): Refreshed | undefined {
  const { environment, problems } = loadEnvironment(folder, { now: local.now });
  for (const problem of problems) console.error(formatProblem(problem));
  if (environment === undefined) return undefined;

  const resolved = resolveLocalConfig(environment, local);
  if (resolved.config.model_list?.length === 0) {
    const names = [...new Set(resolved.leftOut.flatMap(({ missing }) => missing))].join(' or ');
    console.error(`no model of environments/${environment.name} can be served: set ${names}`);
    return undefined;
  }
  replaceFile(configFile, HEADER + stringify(resolved.config, { aliasDuplicateObjects: false }));
  return resolved;
}

/** The gateway never sees half a file. */
function replaceFile(file: string, text: string): void {
  const unfinished = `${file}.new`;
  writeFileSync(unfinished, text, { mode: 0o600 });
  renameSync(unfinished, file);
}

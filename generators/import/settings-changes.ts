import { isDeepStrictEqual } from 'node:util';
import { parse } from 'yaml';
import { valueAt } from '../../environments/schema/value-at.ts';
import { setValue } from '../edit-yaml/set-value.ts';
import type { GatewayPart } from './translate-settings.ts';

/** A key of environment.yaml that gets another value. None of these values is a secret. */
export interface SettingsChange {
  readonly path: readonly string[];
  readonly before: unknown;
  readonly after: unknown;
}

/** What environment.yaml has to say differently for the gateway to run as LiteLLM did. */
export function settingsChanges(text: string, { master_key, database, cache }: GatewayPart): SettingsChange[] {
  const input: unknown = parse(text);
  const wanted: [path: string[], after: unknown][] = [
    [['gateway', 'master_key'], master_key],
    ...Object.entries(database).map(([key, value]): [string[], unknown] => [['gateway', 'database', key], value]),
    [['gateway', 'cache'], cache],
  ];
  return wanted
    .map(([path, after]) => ({ path, before: valueAt(input, path), after }))
    .filter(({ before, after }) => after !== undefined && !isDeepStrictEqual(before, after));
}

/** The text with these values, and every other line as it was. */
export function editSettingsText(text: string, changes: readonly SettingsChange[]): string {
  return changes.reduce((edited, { path, after }) => setValue(edited, path, after), text);
}

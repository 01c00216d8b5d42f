import { Refusal } from './refusal.ts';

const NO_VALUE = /^Option '(?:-\w, )?(?<name>--[^']+)' argument is ambiguous/;

/** What `parseArgs` of Node has against a command line, in one line. */
export function mistakeOf(error: unknown): Refusal {
  const message = String(error instanceof Error ? error.message : error);
  const name = NO_VALUE.exec(message)?.groups?.['name'];
  const [reason] = message.split(/\. |\.?\n/);
  const line = name === undefined ? reason : `${name} has no value: one that begins with a dash is ${name}=-VALUE`;
  return new Refusal(`${line}; see --help`, { cause: error });
}

import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';
import { findSecrets } from '../../environments/schema/find-secrets.ts';
import { mistakeOf } from './mistake-of.ts';
import { Refusal } from './refusal.ts';

export type Options = Readonly<Record<string, string | boolean | (string | boolean)[] | undefined>>;

/** The options of one verb. Undefined after it has printed the help that was asked for. Throws a Refusal. */
export function readOptions(args: string[], config: ParseArgsOptionsConfig, help: string): Options | undefined {
  if (findSecrets(args.join('\n')).length > 0)
    throw new Refusal('a key on the command line stays in the history of the shell: rotate this key now');
  try {
    const { values } = parseArgs({ args, options: { ...config, help: { type: 'boolean', short: 'h' } }, strict: true });
    if (values['help'] !== true) return values;
  } catch (error) {
    throw mistakeOf(error);
  }
  console.log(help);
  return undefined;
}

/** The text of an option that must be there. */
export function requireOption(options: Options, name: string): string {
  const value = options[name];
  if (typeof value === 'string' && value !== '') return value;
  throw new Refusal(`--${name} is missing; see --help`);
}

/** The number of an option, or undefined where it was not given. */
export function numberOption(options: Options, name: string): number | undefined {
  const value = options[name];
  if (value === undefined) return undefined;
  if (typeof value === 'string' && /^\d+(\.\d+)?$/.test(value)) return Number(value);
  throw new Refusal(`--${name} is ${JSON.stringify(value)}: write a number`);
}

/** The names of an option such as `--models a,b`, or undefined where it was not given. */
export function listOption(options: Options, name: string): string[] | undefined {
  const value = options[name];
  if (typeof value !== 'string') return undefined;
  const names = value.split(',').map((each) => each.trim());
  return names.filter((each) => each !== '');
}

import { parseArgs } from 'node:util';
import { VARIANTS, type Variant } from './variants.ts';

export const HELP = `Measures the gateway beside a bare node:http + undici pass-through and nginx, on one mock upstream.

  npm run bench
  npm run bench -- --rounds 5 --seconds 3 --variants bare,nginx,tollgate

  --rounds N       measured rounds, after one for warming up (5)
  --seconds N      length of one measurement (3)
  --connections N  requests in flight (64)
  --variants LIST  of ${VARIANTS.join(', ')} (bare,nginx,tollgate)
  --stream         answers of 30 server-sent events in place of one JSON body
  --json           the figures as JSON, without the table
  --help           this text

Each gateway has core 0 to itself; upstream, load generator and Postgres share core 1. Linux with two cores,
taskset, wrk, nginx and, for the gateway's spend, PostgreSQL.`;

export interface BenchOptions {
  readonly rounds: number;
  readonly seconds: number;
  readonly connections: number;
  readonly variants: readonly Variant[];
  readonly isStream: boolean;
  readonly isJson: boolean;
  readonly wantsHelp: boolean;
}

/**
 * The command line as values.
 * @throws Error with one line for an unknown flag, variant or number
 */
export function parseOptions(args: readonly string[]): BenchOptions {
  const { values } = parseArgs({
    args: [...args],
    options: {
      rounds: { type: 'string', default: '5' },
      seconds: { type: 'string', default: '3' },
      connections: { type: 'string', default: '64' },
      variants: { type: 'string', default: 'bare,nginx,tollgate' },
      stream: { type: 'boolean', default: false },
      json: { type: 'boolean', default: false },
      help: { type: 'boolean', short: 'h', default: false },
    },
  });
  return {
    rounds: wholeNumber('--rounds', values.rounds, 50),
    seconds: wholeNumber('--seconds', values.seconds, 600),
    connections: wholeNumber('--connections', values.connections, 10_000),
    variants: values.variants.split(',').map(toVariant),
    isStream: values.stream,
    isJson: values.json,
    wantsHelp: values.help,
  };
}

function wholeNumber(flag: string, text: string, most: number): number {
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= most) return value;
  throw new Error(`${flag} is ${text}: use a whole number from 1 to ${most}`);
}

function toVariant(name: string): Variant {
  const variant = VARIANTS.find((known) => known === name);
  if (variant === undefined) throw new Error(`--variants has ${name}: use ${VARIANTS.join(', ')}`);
  return variant;
}

import { parseArgs } from 'node:util';
import { mistakeOf } from '../command-line/mistake-of.ts';
import { refuseEmpty } from '../command-line/refuse-empty.ts';

const HELP = `Checks environments/, and that dist/ and the editors' JSON Schemas are in step with it.
Prints every problem with its file, line and column; exits 1 on an error. Warnings do not fail.

  npm run check:environments
  npm run check:environments -- --env dev        the problems of one environment alone
  npm run check:environments -- --base main --labels budget-raise

  --base <commit>   also hold what changed since then to the rules about a change, and look for
                    credentials in every line that it adds
  --labels a,b      the labels of the pull request; --labels= for none

In a workflow both come from the event, unless they are given.`;

export interface CheckOptions {
  readonly env: string | undefined;
  readonly base: string | undefined;
  readonly labels: readonly string[] | undefined;
}

/** Reads the command line; undefined once it has shown the help. Throws a Refusal. */
export function readCheckOptions(args: string[]): CheckOptions | undefined {
  const values = parse(args);
  const { env, base, labels } = values;
  if (values.help === true) {
    console.log(HELP);
    return undefined;
  }
  refuseEmpty(values, ['labels']);
  return {
    env,
    base,
    labels: labels
      ?.split(',')
      .map((label) => label.trim())
      .filter((label) => label !== ''),
  };
}

function parse(args: string[]) {
  const text = { type: 'string' } as const;
  const options = { env: text, base: text, labels: text, help: { type: 'boolean', short: 'h' } } as const;
  try {
    return parseArgs({ args, options }).values;
  } catch (error) {
    throw mistakeOf(error);
  }
}

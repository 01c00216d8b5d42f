import { parseArgs } from 'node:util';
import { mistakeOf } from '../command-line/mistake-of.ts';
import { Refusal } from '../command-line/refusal.ts';
import { refuseEmpty } from '../command-line/refuse-empty.ts';

const HELP = `Says in plain words what a change does before it is merged: for people, models and money, and for the cluster.
Prints Markdown, the same that a pull request gets as a comment. Changes nothing.

  npm run plan                              the work tree against where it left main
  npm run plan -- --base v1.2 --head HEAD   between two commits

  --base <commit>        what to compare with; default: origin/main, or main where there is no origin
  --head <commit>        what to look at; default: the files as they lie here, new ones too
  --labels a,b           labels of the pull request: some rules of policy.yaml yield to one
  --spend-url <address>  a gateway's Postgres: what its last 30 days would have cost, and what would be refused
  --spend-of <name>      the environment that this database belongs to, where more than one changes
  --charts               expand changed charts of others with helm, which asks their registries
  --output <file>        write it there instead
  --json                 the plan as JSON instead of Markdown`;

export interface PlanOptions {
  readonly base: string | undefined;
  readonly head: string | undefined;
  readonly labels: readonly string[] | undefined;
  readonly spendUrl: string | undefined;
  readonly spendOf: string | undefined;
  readonly charts: boolean;
  readonly output: string | undefined;
  readonly json: boolean;
}

const TEXT = { type: 'string' } as const;
const FLAG = { type: 'boolean', default: false } as const;
const OPTIONS = {
  base: TEXT,
  head: TEXT,
  labels: TEXT,
  'spend-url': TEXT,
  'spend-of': TEXT,
  output: TEXT,
  charts: FLAG,
  json: FLAG,
  help: { type: 'boolean', short: 'h', default: false },
} as const;

/** Reads the command line of `npm run plan`; undefined after --help, which it prints. Throws Refusal on a mistake. */
export function readPlanOptions(args: readonly string[]): PlanOptions | undefined {
  const values = parse(args);
  if (values.help) {
    console.log(HELP);
    return undefined;
  }
  refuseEmpty(values, ['labels']);
  if (values['spend-of'] !== undefined && values['spend-url'] === undefined)
    throw new Refusal('--spend-of goes with --spend-url, the address of the database');
  return {
    base: values.base,
    head: values.head,
    labels: values.labels
      ?.split(',')
      .map((label) => label.trim())
      .filter((label) => label !== ''),
    spendUrl: values['spend-url'],
    spendOf: values['spend-of'],
    charts: values.charts,
    output: values.output,
    json: values.json,
  };
}

function parse(args: readonly string[]) {
  try {
    return parseArgs({ args: [...args], options: OPTIONS }).values;
  } catch (error) {
    throw mistakeOf(error);
  }
}

import { parse } from 'yaml';

const COMMENT_LINES = { least: 3, most: 6 };
const PINNED = /^[^@\s]+@[0-9a-f]{40}\s+# v\d+\.\d+\.\d+$/;
/** Not base.sha, which stays what it was when the pull request was last pushed to. */
const BASE_BRANCH = '${{ github.event.pull_request.base.ref }}';
const STRANGERS_EVENTS = ['pull_request_target', 'workflow_run'];
/** Whatever else of Git brings other files into a job. */
const FETCHES_CODE =
  /\bgit\b[^\n;&|]*\s(checkout|switch|restore|reset|fetch|pull|merge|clone|worktree|read-tree|archive)\b|\bgh\b[^\n;&|]*\s(checkout|clone)\b/;

interface Step {
  readonly uses?: string;
  readonly run?: string;
  readonly with?: Readonly<Record<string, unknown>>;
}

interface Job {
  readonly permissions?: Readonly<Record<string, string>> | string;
  readonly 'timeout-minutes'?: number;
  readonly environment?: unknown;
  readonly steps?: readonly Step[];
}

interface Workflow {
  readonly permissions?: unknown;
  readonly concurrency?: unknown;
  readonly jobs?: Readonly<Record<string, Job>>;
  readonly on?: unknown;
}

/** What a workflow breaks of the house's rules, beyond what actionlint and zizmor look at. */
export function findWorkflowFaults(text: string): string[] {
  const workflow = parse(text) as Workflow;
  const runsOnPullRequests = eventsOf(workflow).includes('pull_request');
  const jobs = Object.entries(workflow.jobs ?? {});
  return [
    ...findLineFaults(text.split('\n')),
    ...findOpenDoors(workflow),
    ...jobs.flatMap(([name, job]) =>
      [...findJobFaults(job), ...findSecretFaults(job), ...(runsOnPullRequests ? findBorrowedRights(job) : [])].map(
        (fault) => `job ${name} ${fault}`,
      ),
    ),
  ];
}

function findLineFaults(lines: readonly string[]): string[] {
  const faults: string[] = [];
  const comments = lines.findIndex((line) => !line.startsWith('#'));
  if (comments < COMMENT_LINES.least || comments > COMMENT_LINES.most)
    faults.push(`opens with ${comments} lines of comment: say in 3 to 6 when it runs and what it may write`);
  for (const line of lines) {
    const used = /^\s*(?:- )?uses:\s*(.+)$/.exec(line)?.[1];
    if (used !== undefined && !used.startsWith('./') && !PINNED.test(used))
      faults.push(`uses ${used}: pin the commit and name its version, as in owner/name@<40 hex> # v1.2.3`);
    const right = /^\s*(?<right>[a-z-]+: write)\s*$/.exec(line)?.groups?.['right'];
    if (right !== undefined && !line.includes('permission-')) faults.push(`grants ${right}: say behind it what for`);
  }
  return faults;
}

function findOpenDoors({ permissions, on, concurrency }: Workflow): string[] {
  const faults: string[] = [];
  if (JSON.stringify(permissions) !== '{}') faults.push('grants rights to every job: write permissions: {}');
  for (const event of STRANGERS_EVENTS)
    if (eventsOf({ on }).includes(event)) faults.push(`runs on ${event}: strangers would get its rights`);
  if (missesNewBases(on))
    faults.push('does not run when a pull request changes its base to one of its branches: add the type edited');
  if (concurrency === undefined) faults.push("has no concurrency: two runs would get in each other's way");
  return faults;
}

function eventsOf({ on }: Workflow): string[] {
  if (typeof on === 'string') return [on];
  return Array.isArray(on) ? on.map(String) : Object.keys(on ?? {});
}

function missesNewBases(on: unknown): boolean {
  const { pull_request: filter } = (on ?? {}) as { pull_request?: { branches?: unknown; types?: readonly string[] } };
  return filter?.branches !== undefined && filter.types?.includes('edited') !== true;
}

function findJobFaults(job: Job): string[] {
  const faults: string[] = [];
  if (job.permissions === undefined) faults.push('does not say its permissions');
  if (typeof job.permissions === 'string')
    faults.push(`says its permissions in one word, ${job.permissions}: name each right`);
  if (job['timeout-minutes'] === undefined) faults.push('has no timeout-minutes');
  for (const { uses = '', run = '', with: inputs = {} } of job.steps ?? []) {
    const script = `${run}${uses.startsWith('actions/github-script@') ? String(inputs['script']) : ''}`;
    if (script.includes('${{')) faults.push('puts an expression into a script: pass it in a variable');
    if (uses.startsWith('actions/checkout@') && inputs['persist-credentials'] !== false)
      faults.push('leaves its token in the checkout: write persist-credentials: false');
    if (
      uses.startsWith('actions/create-github-app-token@') &&
      !Object.keys(inputs).some((name) => name.startsWith('permission-'))
    )
      faults.push("takes all of the app's rights: write permission-<name> for those that it needs");
  }
  return faults;
}

/** A secret belongs to an environment, and no package that was installed may run beside it. */
function findSecretFaults(job: Job): string[] {
  if (!/\bsecrets\./.test(JSON.stringify(job))) return [];
  const faults: string[] = [];
  if (job.environment === undefined) faults.push('uses a secret outside of an environment');
  if (job.steps?.some(({ run = '' }) => /\bn(pm|px|ode)\b/.test(run))) faults.push('runs packages beside a secret');
  return faults;
}

/** On a pull request whoever holds a secret or may write takes nothing but the base branch. */
function findBorrowedRights(job: Job): string[] {
  if (!mayWrite(job) && !/\bsecrets\./.test(JSON.stringify(job))) return [];
  const steps = job.steps ?? [];
  const faults: string[] = [];
  const checkouts = steps.filter(({ uses = '' }) => uses.startsWith('actions/checkout@'));
  if (!checkouts.every((step) => step.with?.['ref'] === BASE_BRANCH))
    faults.push('holds a secret or may write, and checks out the code of a pull request');
  if (steps.some(({ run = '' }) => FETCHES_CODE.test(run)))
    faults.push('holds a secret or may write, and fetches code in a script: check out the base branch by the action');
  return faults;
}

function mayWrite({ permissions = {} }: Job): boolean {
  if (typeof permissions === 'string') return permissions === 'write-all';
  return Object.values(permissions).includes('write');
}

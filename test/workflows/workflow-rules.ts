import { parse } from 'yaml';

const COMMENT_LINES = { least: 3, most: 6 };
const PINNED = /^[^@\s]+@[0-9a-f]{40}\s+# v\d+\.\d+\.\d+$/;
const BASE_COMMIT = '${{ github.event.pull_request.base.sha }}';

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
  const runsOnPullRequests = JSON.stringify(workflow.on ?? '').includes('"pull_request"');
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
  if (JSON.stringify(on ?? '').includes('pull_request_target'))
    faults.push('runs on pull_request_target: strangers would get its rights');
  if (concurrency === undefined) faults.push("has no concurrency: two runs would get in each other's way");
  return faults;
}

function findJobFaults(job: Job): string[] {
  const faults: string[] = [];
  if (job.permissions === undefined) faults.push('does not say its permissions');
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

/** On a pull request whoever holds a secret or may write takes nothing but the base commit. */
function findBorrowedRights(job: Job): string[] {
  const mayWrite = Object.values(job.permissions ?? {}).includes('write');
  if (!mayWrite && !/\bsecrets\./.test(JSON.stringify(job))) return [];
  const checkouts = (job.steps ?? []).filter(({ uses = '' }) => uses.startsWith('actions/checkout@'));
  return checkouts.every((step) => step.with?.['ref'] === BASE_COMMIT)
    ? []
    : ['holds a secret or may write, and checks out the code of a pull request'];
}

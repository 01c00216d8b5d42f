import { parse } from 'yaml';

const COMMENT_LINES = { least: 3, most: 6 };
const PINNED = /^[^@\s]+@[0-9a-f]{40}\s+# v\d+\.\d+\.\d+$/;

interface Workflow {
  readonly permissions?: unknown;
  readonly jobs?: Readonly<Record<string, { readonly permissions?: unknown; readonly 'timeout-minutes'?: number }>>;
  readonly on?: unknown;
}

/** What a workflow breaks of the house's rules, beyond what actionlint and zizmor look at. */
export function findWorkflowFaults(text: string): string[] {
  const lines = text.split('\n');
  const workflow = parse(text) as Workflow;
  const faults: string[] = [];

  const comments = lines.findIndex((line) => !line.startsWith('#'));
  if (comments < COMMENT_LINES.least || comments > COMMENT_LINES.most)
    faults.push(`opens with ${comments} lines of comment: say in 3 to 6 when it runs and what it may write`);

  for (const line of lines) {
    const used = /^\s*(?:- )?uses:\s*(.+)$/.exec(line)?.[1];
    if (used !== undefined && !used.startsWith('./') && !PINNED.test(used))
      faults.push(`uses ${used}: pin the commit and name its version, as in owner/name@<40 hex> # v1.2.3`);
  }

  if (JSON.stringify(workflow.permissions) !== '{}') faults.push('grants rights to every job: write permissions: {}');
  if (JSON.stringify(workflow.on ?? '').includes('pull_request_target'))
    faults.push('runs on pull_request_target: strangers would get its rights');
  for (const [name, job] of Object.entries(workflow.jobs ?? {})) {
    if (job.permissions === undefined) faults.push(`job ${name} does not say its permissions`);
    if (job['timeout-minutes'] === undefined) faults.push(`job ${name} has no timeout-minutes`);
  }
  return faults;
}

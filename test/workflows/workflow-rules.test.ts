import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findWorkflowFaults } from './workflow-rules.ts';

const folder = join(import.meta.dirname, '..', '..', '.github', 'workflows');
const workflows = readdirSync(folder).filter((name) => /\.ya?ml$/.test(name));

const CHECKOUT = 'actions/checkout@3d3c42e5aac5ba805825da76410c181273ba90b1 # v7.0.1';
const APP_TOKEN = 'actions/create-github-app-token@bcd2ba49218906704ab6c1aa796996da409d3eb1 # v3.2.0';

describe('findWorkflowFaults', () => {
  it.each(workflows)('finds nothing in %s', (name) => {
    expect(findWorkflowFaults(readFileSync(join(folder, name), 'utf8'))).toEqual([]);
  });

  it('finds everything that is wrong in a careless workflow', () => {
    const careless = `# Runs.
on: [pull_request_target]
jobs:
  build:
    runs-on: ubuntu-24.04
    steps:
      - uses: actions/checkout@v6
      - uses: ./.github/actions/plan
      - run: echo "\${{ github.event.pull_request.title }}"
`;
    expect(findWorkflowFaults(careless)).toEqual([
      'opens with 1 lines of comment: say in 3 to 6 when it runs and what it may write',
      'uses actions/checkout@v6: pin the commit and name its version, as in owner/name@<40 hex> # v1.2.3',
      'grants rights to every job: write permissions: {}',
      'runs on pull_request_target: strangers would get its rights',
      "has no concurrency: two runs would get in each other's way",
      'job build does not say its permissions',
      'job build has no timeout-minutes',
      'job build leaves its token in the checkout: write persist-credentials: false',
      'job build puts an expression into a script: pass it in a variable',
    ]);
  });

  it('finds rights and secrets that code of a pull request could take', () => {
    const generous = `# Runs on pull requests.
# Writes comments.
# And more.
on: { pull_request: {} }
permissions: {}
concurrency: generous
jobs:
  comment:
    timeout-minutes: 5
    permissions:
      pull-requests: write
    steps:
      - uses: ${CHECKOUT}
        with: { persist-credentials: false }
  commit:
    timeout-minutes: 5
    permissions: {}
    steps:
      - uses: ${APP_TOKEN}
        with: { client-id: x, private-key: '\${{ secrets.KEY }}' }
      - uses: ${CHECKOUT}
        with: { persist-credentials: false, ref: '\${{ github.event.pull_request.head.sha }}' }
      - run: npm ci
`;
    expect(findWorkflowFaults(generous)).toEqual([
      'grants pull-requests: write: say behind it what for',
      'job comment holds a secret or may write, and checks out the code of a pull request',
      "job commit takes all of the app's rights: write permission-<name> for those that it needs",
      'job commit uses a secret outside of an environment',
      'job commit runs packages beside a secret',
      'job commit holds a secret or may write, and checks out the code of a pull request',
    ]);
  });

  it('takes no checkout but that of the base branch as it is now, and no rights in one word', () => {
    expect(findWorkflowFaults(onPullRequests('permissions: write-all', checkoutOf('base.sha')))).toEqual([
      'job plan says its permissions in one word, write-all: name each right',
      'job plan holds a secret or may write, and checks out the code of a pull request',
    ]);
    expect(findWorkflowFaults(onPullRequests('permissions: {}', checkoutOf('base.sha')))).toEqual([]);
    expect(findWorkflowFaults(onPullRequests(WRITES, checkoutOf('base.ref')))).toEqual([]);
  });

  it.each([
    'git fetch origin "$HEAD" && git checkout FETCH_HEAD',
    'git -C . -c core.quotePath=false switch --detach "$HEAD"',
    'gh pr checkout "$NUMBER"',
  ])('sees that a script beside a token takes the code of a pull request: %s', (script) => {
    const careless = onPullRequests(WRITES, `- run: ${script}`);
    expect(findWorkflowFaults(careless)).toEqual([
      'job plan holds a secret or may write, and fetches code in a script: check out the base branch by the action',
    ]);
    expect(findWorkflowFaults(onPullRequests('permissions: {}', `- run: ${script}`))).toEqual([]);
  });

  it('lets nothing run after the workflow of a stranger', () => {
    const chained = onPullRequests('permissions: {}', '- run: echo').replace(/^on: .*$/m, 'on: { workflow_run: {} }');
    expect(findWorkflowFaults(chained)).toEqual(['runs on workflow_run: strangers would get its rights']);
  });

  it('sees that a pull request which changes its base would not be checked', () => {
    const once = onPullRequests('permissions: {}', '- run: echo');
    expect(findWorkflowFaults(once.replace('edited', 'labeled'))).toEqual([
      'does not run when a pull request changes its base to one of its branches: add the type edited',
    ]);
  });
});

const WRITES = 'permissions: { pull-requests: write }';

function checkoutOf(ref: string): string {
  return `- uses: ${CHECKOUT}
        with: { persist-credentials: false, ref: '\${{ github.event.pull_request.${ref} }}' }`;
}

function onPullRequests(permissions: string, step: string): string {
  return `# Runs on pull requests.
# Writes comments.
# And more.
on: { pull_request: { branches: [main], types: [opened, synchronize, reopened, edited] } }
permissions: {}
concurrency: one
jobs:
  plan:
    timeout-minutes: 5
    ${permissions}
    steps:
      ${step}
`;
}

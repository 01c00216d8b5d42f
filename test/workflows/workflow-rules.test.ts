import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { findWorkflowFaults } from './workflow-rules.ts';

const folder = join(import.meta.dirname, '..', '..', '.github', 'workflows');
const workflows = readdirSync(folder).filter((name) => /\.ya?ml$/.test(name));

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
`;
    expect(findWorkflowFaults(careless)).toEqual([
      'opens with 1 lines of comment: say in 3 to 6 when it runs and what it may write',
      'uses actions/checkout@v6: pin the commit and name its version, as in owner/name@<40 hex> # v1.2.3',
      'grants rights to every job: write permissions: {}',
      'runs on pull_request_target: strangers would get its rights',
      'job build does not say its permissions',
      'job build has no timeout-minutes',
    ]);
  });
});

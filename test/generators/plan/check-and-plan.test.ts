import { appendFileSync, mkdirSync, readdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { loadEnvironments } from '../../../environments/schema/load-environments.ts';
import { formatProblem, type Problem } from '../../../environments/schema/parse-yaml.ts';
import { makePlan } from '../../../generators/plan/make-plan.ts';
import { FIXTURES, layOver, TODAY } from '../../environments/schema/scratch-environments.ts';
import { planRepository } from './plan-repository.ts';

const BROKEN = join(FIXTURES, 'broken');
const KEY = `sk-proj-${'Ab3dEf6hIj9k'.repeat(6)}T3BlbkFJ${'Ab3dEf6hIj9k'.repeat(6)}`;

/** What the examples in broken/ do not show: edits of sound environments, by what is wrong then. */
const EDITS: Readonly<Record<string, (folder: string) => void>> = {
  'production names an environment that is unknown': (folder) => appendPolicy(folder, 'production: [dev, prdo]'),
  'an environment of production is deleted': (folder) => {
    appendPolicy(folder, 'production: [dev]');
    rmSync(join(folder, 'dev'), { recursive: true });
  },
  'an environment is a link to another': (folder) => symlinkSync('dev', join(folder, 'staging')),
  'an environment has nothing but a page': (folder) => {
    mkdirSync(join(folder, 'staging'));
    writeFileSync(join(folder, 'staging/README.md'), 'soon\n');
  },
  'a file beside policy.yaml is read by nobody': (folder) => writeFileSync(join(folder, 'polcy.yaml'), 'a: 1\n'),
  'a key stands in policy.yaml': (folder) => appendPolicy(folder, `# ${KEY}`),
};

describe('a plan', () => {
  it.each(readdirSync(BROKEN))('says all that the check says of %s', (name) => {
    const { checked, planned } = problemsAfter((folder) => layOver(folder, join(BROKEN, name)));

    expect(checked).not.toEqual([]);
    expect(planned).toEqual(expect.arrayContaining(checked));
  });

  it.each(Object.entries(EDITS))('says all that the check says where %s', (_, edit) => {
    const { checked, planned } = problemsAfter(edit);

    expect(checked).not.toEqual([]);
    expect(planned).toEqual(expect.arrayContaining(checked));
  });
});

function problemsAfter(edit: (folder: string) => void): { checked: string[]; planned: string[] } {
  const { root } = planRepository();
  const folder = join(root, 'environments');
  edit(folder);
  return {
    checked: printed(loadEnvironments(folder, { now: TODAY }).problems, root),
    planned: printed(makePlan(root, { base: 'start', now: TODAY }).problems, root),
  };
}

function printed(problems: readonly Problem[], root: string): string[] {
  return problems.map((problem) => formatProblem(problem).replaceAll(`${root}/`, ''));
}

function appendPolicy(folder: string, line: string): void {
  appendFileSync(join(folder, 'policy.yaml'), `${line}\n`);
}

import { mkdirSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { makePlan } from '../../../generators/plan/make-plan.ts';
import { printPlan } from '../../../generators/plan/print-plan.ts';
import { sectionsText } from '../../../generators/plan/print-section.ts';
import { planRepository, runGit, type PlanRepository } from './plan-repository.ts';

const LINK = 'links are not followed: commit the file itself';
const REPOSITORY =
  'another repository stands here (a submodule), of which this one shows no file: git rm it, and commit its files';

describe('what is no file below environments/ or dist/', () => {
  it.each(['dist/dev/gateway/more', 'dist/more', 'environments/dev/keys/more', 'environments/more'])(
    'is an error of the plan and of the check where a submodule is put at %s',
    (path) => {
      const repository = planRepository();
      repository.put('dist/dev/gateway/Service.gateway.yaml', 'kind: Service\n');
      const base = repository.commit();
      putSubmodule(repository, path);
      const committed = runGit(repository.root, ['rev-parse', 'HEAD']).trim();

      for (const head of [undefined, committed])
        expect(problemsOf(repository, base, head)).toContain(`${path}: ${REPOSITORY}`);
      const { code, stderr } = repository.run('check/main.ts', []);
      expect([code, stderr]).toEqual([1, expect.stringContaining(`${path}:1:1: error: ${REPOSITORY}`)]);
    },
  );

  it('is an error where a submodule that stood there moves to another commit', () => {
    const repository = planRepository();
    putSubmodule(repository, 'dist/dev/more');
    const base = runGit(repository.root, ['rev-parse', 'HEAD']).trim();
    putSubmodule(repository, 'dist/dev/more', '2'.repeat(40));

    const plan = makePlan(repository.root, { base, head: 'HEAD', now: new Date() });

    expect(plan.problems.map(({ file }) => file)).toEqual(['dist/dev/more']);
  });

  it.each(['dist/dev/more.yaml', 'dist/more', 'environments/more'])('is an error where a link is put at %s', (path) => {
    const repository = planRepository();
    repository.put('dist/dev/gateway/Service.gateway.yaml', 'kind: Service\n');
    symlinkSync('/etc', join(repository.root, path));
    const committed = repository.commit();

    for (const head of [undefined, committed])
      expect(problemsOf(repository, 'start', head)).toContain(`${path}: ${LINK}`);
    expect(repository.run('check/main.ts', []).stderr).toContain(`${path}:1:1: error: ${LINK}`);
  });
});

describe('what lies in dist/ and is of no environment', () => {
  it('is one error for a file, and one for a folder', () => {
    const repository = planRepository();
    for (const path of ['README.md', 'notes.yaml', 'staging/a.yaml', 'staging/b/c.yaml', 'dev/d.yaml'])
      repository.put(`dist/${path}`, 'kind: Service\n');
    const committed = repository.commit();

    for (const head of [undefined, committed])
      expect(problemsOf(repository, 'start', head)).toEqual([
        'dist/notes.yaml: nothing renders this file: npm run render takes it away',
        'dist/staging/: environments/ has no staging, so that nothing renders this folder: npm run render takes it away',
      ]);
  });
});

describe('a folder of dist/ that no environment has', () => {
  it('is not planned as if it ran', () => {
    const repository = planRepository();
    repository.put('dist/staging/gateway/Deployment.gateway.yaml', 'kind: Deployment\nmetadata: { name: gateway }\n');
    repository.put('dist/staging/infra/resources.json', '[]\n');
    repository.put('dist/notes.yaml', 'kind: Service\n');

    const plan = makePlan(repository.root, { base: 'start', now: new Date() });

    expect(plan).toMatchObject({ environments: [], manifests: [], azure: [], risks: [] });
    expect(plan.problems.map(({ file, level }) => `${level} ${file}`)).toEqual([
      'error dist/notes.yaml',
      'error dist/staging/',
    ]);
    const text = sectionsText(printPlan(plan).sections);
    expect(text).toContain('nothing changes in any environment; 2 errors must be fixed first');
    expect(text).toContain('**2 things must be fixed before the merge:**');
  });

  it('is told of where it goes, since a cluster may still follow it', () => {
    const repository = planRepository();
    repository.put('dist/staging/gateway/Service.gateway.yaml', 'kind: Service\n');
    const base = repository.commit();
    repository.remove('dist/staging');

    const plan = makePlan(repository.root, { base, now: new Date() });

    expect(plan.manifests.map(({ environment }) => environment)).toEqual(['staging']);
    expect(plan.problems).toEqual([]);
  });

  it('is out of step for the check, as a file beside the folders is', () => {
    const repository = planRepository();
    repository.run('main.ts', []);
    repository.put('dist/staging/gateway/Service.gateway.yaml', 'kind: Service\n');
    repository.put('dist/notes.yaml', 'kind: Service\n');

    const { code, stderr } = repository.run('check/main.ts', []);

    expect(code).toBe(1);
    expect(stderr).toMatch(/dist\/notes\.yaml/);
    expect(stderr).toMatch(/dist\/staging\//);
  });
});

function problemsOf(repository: PlanRepository, base: string, head: string | undefined): string[] {
  const plan = makePlan(repository.root, { base, now: new Date(), ...(head !== undefined && { head }) });
  return plan.problems.map(({ file, message }) => `${file}: ${message}`);
}

/** As it is after `git clone` without its submodules: an empty folder. */
function putSubmodule({ root, git }: PlanRepository, path: string, commit = '1'.repeat(40)): void {
  mkdirSync(join(root, path), { recursive: true });
  git('update-index', '--add', '--cacheinfo', `160000,${commit},${path}`);
  git('commit', '--quiet', '-m', 'another repository');
}

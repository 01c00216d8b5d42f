import { execFileSync } from 'node:child_process';
import { symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { readSides } from '../../../generators/plan/read-side.ts';
import { tempFolder } from '../../support/temp-folder.ts';
import { giveOwnKeys } from '../second-environment.ts';
import { planRepository, runGit, type PlanRepository } from './plan-repository.ts';

const SEARCH = 'environments/dev/keys/search.yaml';
const now = new Date();

describe('the sides of a change', () => {
  it('are both loaded, with the paths of the repository in what is wrong', () => {
    const repository = planRepository();
    repository.edit(SEARCH, 'models: [azure-gpt-4o, gpt-4o-mini]', 'models: [azure-gpt-4o, gpt-5o]');
    const head = repository.commit();

    const sides = readSides(repository.root, { base: 'start', head, now });

    expect(sides.changes).toEqual([{ path: SEARCH, kind: 'changed' }]);
    expect(sides.head.commit).toBe(head);
    expect(modelsOf(sides.base)).toEqual(['azure-gpt-4o', 'gpt-4o-mini']);
    expect(modelsOf(sides.head)).toEqual(['azure-gpt-4o', 'gpt-5o']);
    const problem = sides.head.environments.get('dev')?.problems.find(({ level }) => level === 'error');
    expect(problem).toMatchObject({ file: SEARCH, line: 3 });
    expect(searchTeam(sides.head)?.locate(['models', 1], 'here').file).toBe(SEARCH);
  });

  it('leave out the environments that are the same, and their manifests', () => {
    const repository = planRepository();
    copyDevToProd(repository);
    const base = repository.commit();
    repository.edit(SEARCH, 'max_budget: 1500', 'max_budget: 1600');
    repository.put('dist/dev/gateway/Service.gateway.yaml', 'kind: Service\nname: other\n');

    const { head } = readSides(repository.root, { base, head: repository.commit(), now });

    expect([...head.environments.keys()]).toEqual(['dev']);
    expect([...head.manifests]).toEqual([['dev/gateway/Service.gateway.yaml', 'kind: Service\nname: other\n']]);
  });

  it('hold every environment where policy.yaml changes', () => {
    const repository = planRepository();
    copyDevToProd(repository);
    const base = repository.commit();
    repository.edit('environments/policy.yaml', 'level: deny', 'level: warn');

    const { head } = readSides(repository.root, { base, head: repository.commit(), now });

    expect([...head.environments.keys()]).toEqual(['dev', 'prod']);
    expect(head.policy?.value?.team_budget?.level).toBe('warn');
  });

  it('are the work tree where no head is given, with what was added and removed there', () => {
    const repository = planRepository();
    repository.edit(SEARCH, 'max_budget: 1500', 'max_budget: 1600');
    repository.remove('environments/dev/keys/ml.yaml');
    repository.put('dist/dev/gateway/ConfigMap.gateway.yaml', 'kind: ConfigMap\n');

    const sides = readSides(repository.root, { base: 'start', now });

    expect(sides.head.commit).toBe('work tree');
    expect(sides.changes).toEqual([
      { path: 'dist/dev/gateway/ConfigMap.gateway.yaml', kind: 'added' },
      { path: 'environments/dev/keys/ml.yaml', kind: 'removed' },
      { path: SEARCH, kind: 'changed' },
    ]);
    expect([...sides.head.manifests.keys()]).toContain('dev/gateway/ConfigMap.gateway.yaml');
    expect(sides.head.environments.get('dev')?.files.teams).toHaveLength(1);
    expect(sides.base.environments.get('dev')?.files.teams).toHaveLength(2);
  });

  it('begin where the head left the base, so that nothing merged since looks taken back', () => {
    const repository = planRepository();
    repository.git('checkout', '--quiet', '-b', 'change');
    repository.edit(SEARCH, 'max_budget: 1500', 'max_budget: 1600');
    repository.commit();
    repository.git('checkout', '--quiet', 'main');
    repository.edit('environments/dev/keys/ml.yaml', 'max_budget: 200', 'max_budget: 900');
    repository.commit();

    const { base, changes } = readSides(repository.root, { base: 'main', head: 'change', now });

    expect(changes.map(({ path }) => path)).toEqual([SEARCH]);
    expect(base.commit).toBe(repository.git('rev-parse', 'start').trim());
  });

  it('tell what collides with an environment that did not change', () => {
    const repository = planRepository();
    copyDevToProd(repository);
    const base = repository.commit();
    repository.edit('environments/prod/environment.yaml', 'llm.prod.example.com', 'llm.dev.example.com');

    const { head } = readSides(repository.root, { base, head: repository.commit(), now });

    expect(head.problems.map(({ file, message }) => `${file}: ${message}`)).toEqual([
      'environments/prod/environment.yaml: host name llm.dev.example.com is taken by environments/dev/environment.yaml:2: choose another',
      expect.stringContaining('prod shares its subscription with dev'),
    ]);
  });

  it('tell that a key is that of an environment that did not change', () => {
    const repository = planRepository();
    copyDevToProd(repository);
    const base = repository.commit();
    repository.edit('environments/prod/keys/search.yaml', 'sha256:0e0e', 'sha256:dd89');

    const { head } = readSides(repository.root, { base, head: repository.commit(), now });

    expect(head.problems.map(({ file, message }) => `${file}: ${message}`)).toEqual([
      expect.stringMatching(
        /^environments\/prod\/keys\/search\.yaml: this hash is taken by environments\/dev\/keys\/search\.yaml:\d+, of another/,
      ),
    ]);
  });

  it('follow no link and read nothing outside of the repository', () => {
    const repository = planRepository();
    symlinkSync('/etc/passwd', join(repository.root, 'environments/dev/keys/linked.yaml'));
    const committed = repository.commit();

    for (const head of [undefined, committed]) {
      const sides = readSides(repository.root, { base: 'start', ...(head !== undefined && { head }), now });

      expect(sides.head.problems).toMatchObject([
        { file: 'environments/dev/keys/linked.yaml', message: 'links are not followed: commit the file itself' },
      ]);
      expect(sides.head.environments.get('dev')?.files.teams).toHaveLength(2);
    }
  });

  it('refuse a path that leads out of the folder', () => {
    const repository = planRepository();
    let id = repository.git('hash-object', '-w', SEARCH).trim();
    for (const name of ['evil.yaml', '..', '..', 'dev', 'environments'])
      id = makeTree(repository, { mode: name === 'evil.yaml' ? '100644' : '40000', id, name });
    const head = repository.git('commit-tree', id, '-p', 'start', '-m', 'evil').trim();

    const sides = readSides(repository.root, { base: 'start', head, now });

    expect(sides.head.problems).toMatchObject([
      { file: 'environments/dev/../../evil.yaml', message: 'the path is not read: rename the file' },
      { file: 'environments/policy.yaml', message: 'the file is missing: write it' },
    ]);
  });
});

describe('there are no sides', () => {
  it('without a repository', () => {
    const folder = tempFolder();

    expect(() => readSides(folder, { base: 'main', now })).toThrow(
      `${folder} is not a Git repository: run this in a clone of yours`,
    );
  });

  it('below the top of a repository', () => {
    const { root } = planRepository();

    expect(() => readSides(join(root, 'environments'), { base: 'main', now })).toThrow('run this in its top folder');
  });

  it('for a commit that is not there, nor for an option in place of one', () => {
    const { root } = planRepository();

    expect(() => readSides(root, { base: '--all', now })).toThrow('there is no commit --all');
    expect(() => readSides(root, { base: 'start', head: '0123456789abcdef0123456789abcdef01234567', now })).toThrow(
      'fetch it: git fetch origin 0123456789abcdef0123456789abcdef01234567',
    );
  });

  it('in a shallow clone without the base', () => {
    const origin = planRepository();
    const base = origin.git('rev-parse', 'start').trim();
    origin.edit(SEARCH, 'max_budget: 1500', 'max_budget: 1600');
    origin.commit();
    const clone = join(tempFolder(), 'clone');
    runGit(origin.root, ['clone', '--quiet', '--depth=1', '--no-tags', `file://${origin.root}`, clone]);

    expect(() => readSides(clone, { base, now })).toThrow(
      `there is no commit ${base}: this clone is shallow, fetch it: git fetch origin ${base}`,
    );
    runGit(clone, ['fetch', '--quiet', '--depth=1', 'origin', base]);
    expect(() => readSides(clone, { base, now })).toThrow('fetch the rest: git fetch --unshallow origin');
  });
});

function copyDevToProd(repository: PlanRepository): void {
  for (const name of ['environment.yaml', 'models.yaml', 'release.yaml', 'keys/ml.yaml', 'keys/search.yaml'])
    repository.put(`environments/prod/${name}`, repository.read(`environments/dev/${name}`));
  giveOwnKeys(join(repository.root, 'environments/prod'));
  const settings = repository.read('environments/prod/environment.yaml');
  const renamed = settings.replaceAll('dev.example.com', 'prod.example.com').replace('name: dev', 'name: prod');
  const apart = renamed.replace('name_suffix: k7m2', 'name_suffix: p7m2');
  repository.put('environments/prod/environment.yaml', `${apart}network: { address_space: 10.90.0.0/16 }\n`);
}

/** Writes a tree that git itself would refuse to make. */
function makeTree(repository: PlanRepository, entry: { mode: string; id: string; name: string }): string {
  const content = Buffer.concat([Buffer.from(`${entry.mode} ${entry.name}\0`), Buffer.from(entry.id, 'hex')]);
  const args = ['-C', repository.root, 'hash-object', '-t', 'tree', '-w', '--stdin', '--literally'];
  return execFileSync('git', args, { input: content, encoding: 'utf8' }).trim();
}

function searchTeam(side: ReturnType<typeof readSides>['head']) {
  return side.environments.get('dev')?.files.teams.find(({ file }) => file === SEARCH);
}

function modelsOf(side: ReturnType<typeof readSides>['head']): readonly string[] | undefined {
  return searchTeam(side)?.value?.models;
}

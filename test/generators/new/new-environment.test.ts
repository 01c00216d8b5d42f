import { spawnSync } from 'node:child_process';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { render } from '../../../generators/render.ts';
import { writeDist } from '../../../generators/write-dist.ts';
import { scratchRepository, type ScratchRepository } from '../scratch-repository.ts';
import { addEnvironment } from '../second-environment.ts';
import { copyOfOurs, filesOf, make } from './run-new.ts';

const DEV = 'environments/dev';
const DEMO = ['environment', 'demo', '--from', 'dev'];

/** Writes dist/ and gives its paths. */
function renderThere({ root }: ScratchRepository): string[] {
  const { files } = render(root, new Date());
  writeDist(join(root, 'dist'), files);
  return [...files.keys()];
}

function commitAll({ root }: ScratchRepository): void {
  const author = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false'];
  for (const args of [
    ['init', '-q'],
    ['add', '-A'],
    ['commit', '-q', '-m', 'begin'],
  ])
    expect(spawnSync('git', [...author, ...args], { cwd: root }).status).toBe(0);
}

describe('npm run new -- environment', { timeout: 60_000 }, () => {
  test('makes an environment that renders, passes the check beside the others, and is what the plan describes', () => {
    // A name that nobody's repository has: this one may have gained a demo meanwhile.
    const name = 'never-seen';
    const repository = copyOfOurs();
    const folder = join(repository.root, 'environments');
    const there = readdirSync(folder).filter((each) => existsSync(join(folder, each, 'environment.yaml'))).length;
    const before = filesOf(repository);
    renderThere(repository);
    commitAll(repository);

    const { code, stdout } = make(repository, 'environment', name, '--from', 'dev');

    expect(code).toBe(0);
    expect(stdout).toMatch(
      /^environments\/never-seen is made from dev:\n {2}environment\.yaml {2}network 10\.\d+\.0\.0\/16, name_suffix /,
    );
    expect(filesOf(repository)).toMatchObject(before);
    expect(renderThere(repository)).toContain(`${name}/gateway/Deployment.gateway.yaml`);

    const checked = repository.run('check/main.ts', []);
    expect([checked.stderr.replaceAll(/.*: warning: .*\n/g, ''), checked.code, checked.stdout]).toEqual([
      '',
      0,
      expect.stringMatching(`^${there + 1} environments: 0 errors, `),
    ]);
    const plan = repository.run('plan/main.ts', ['--base', 'HEAD']);
    expect([plan.stderr, plan.code, plan.stdout]).toEqual([
      '',
      0,
      expect.stringContaining(`${name} is a new environment`),
    ]);
  });

  test('takes the next address space for the next one, and leaves nothing beside them', () => {
    const repository = scratchRepository();
    addEnvironment(repository, 'prod', '10.31.0.0/16');

    make(repository, ...DEMO, '--location', '', '--domain', '', '--size', '');
    make(repository, 'environment', 'trial', '--from', 'demo');

    expect(repository.read('environments/demo/environment.yaml')).toContain('address_space: 10.32.0.0/16');
    expect(repository.read('environments/trial/environment.yaml')).toContain('address_space: 10.33.0.0/16');
    expect(readdirSync(join(repository.root, 'environments')).toSorted()).toEqual([
      'demo',
      'dev',
      'policy.yaml',
      'prod',
      'trial',
    ]);
  });

  test('takes region, domain and size from the command line', () => {
    const repository = scratchRepository();

    const options = ['--location', 'westeurope', '--domain', 'example.org', '--size', 'production'];

    const { code } = make(repository, ...DEMO, ...options);

    expect(code).toBe(0);
    expect(parse(repository.read('environments/demo/environment.yaml'))).toMatchObject({
      location: 'westeurope',
      host_names: ['llm.demo.example.org'],
      dns: { zone: 'demo.example.org' },
      cluster: { zones: [1, 2, 3] },
      postgres: { high_availability: 'zone_redundant' },
      redis: { sku: 'Balanced_B10', high_availability: true },
    });
  });

  test('refuses a host name that another environment has', () => {
    const repository = scratchRepository();
    addEnvironment(repository, 'prod', '10.40.0.0/16');
    const file = 'environments/prod/environment.yaml';
    repository.write(file, repository.read(file).replaceAll('prod.example.com', 'demo.example.com'));

    const { code, stdout, stderr } = make(repository, ...DEMO);

    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain('host name llm.demo.example.com is taken by environments/prod/environment.yaml:2');
    expect(existsSync(join(repository.root, 'environments/demo'))).toBe(false);
  });

  test('refuses to copy what is not sound, with the place', () => {
    const repository = scratchRepository();
    repository.write(`${DEV}/models.yaml`, 'model_list: []\n');

    const { code, stderr } = make(repository, ...DEMO);

    expect(code).toBe(1);
    expect(stderr).toBe(
      'mend the file first:\nenvironments/dev/models.yaml:1:1: error: model_list: list at least one model\n',
    );
  });

  test('shows with --dry-run the files that it would write, and writes nothing', () => {
    const repository = scratchRepository();

    const { code, stdout } = make(repository, ...DEMO, '--dry-run');

    expect(code).toBe(0);
    expect(stdout).toContain('+name: demo\n');
    expect(existsSync(join(repository.root, 'environments/demo'))).toBe(false);
  });
});

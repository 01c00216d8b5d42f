import { spawnSync } from 'node:child_process';
import {
  appendFileSync,
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';

// The commands as people run them, in a copy of the repository: one environment, without keys, since those end some day.

const REPOSITORY = join(import.meta.dirname, '../..');
const CONFIG_MAP = 'dist/dev/gateway/ConfigMap.gateway-config.yaml';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'tollgate-render-'));
  const copied = [
    'package.json',
    'generators',
    'infra',
    'environments/schema',
    'environments/policy.yaml',
    'environments/dev',
  ];
  for (const path of copied) cpSync(join(REPOSITORY, path), join(root, path), { recursive: true });
  rmSync(join(root, 'environments/dev/keys'), { recursive: true });
  const policy = join(root, 'environments/policy.yaml');
  writeFileSync(policy, readFileSync(policy, 'utf8').replace(/^production: .*$/m, 'production: []'));
  symlinkSync(join(REPOSITORY, 'node_modules'), join(root, 'node_modules'));
});

afterEach(() => rmSync(root, { recursive: true, force: true }));

describe('npm run render', { timeout: 60_000 }, () => {
  it('renders, after which there is no difference until something changes', () => {
    expect(run('main.ts')).toMatchObject({ status: 0, stdout: 'dist/ is rendered\n' });
    expect(run('diff/main.ts').status).toBe(0);

    const credential = `sk-${'a1'.repeat(12)}`;
    appendFileSync(join(root, CONFIG_MAP), `# by hand\n# ${credential}\n`);
    const diff = run('diff/main.ts');

    expect(diff.status).toBe(1);
    expect(diff.stdout).toContain('-# by hand\n-# (a secret)\n');
    expect(diff.stdout).not.toContain(credential);
    expect(diff.stderr).toContain(`changed  ${CONFIG_MAP}\nrun: npm run render`);
    expect(run('diff/main.ts', '--quiet')).toMatchObject({ status: 1, stdout: '' });
  });

  it('says what is wrong and where, and leaves dist/ as it was', () => {
    run('main.ts');
    const before = readFileSync(join(root, CONFIG_MAP), 'utf8');
    appendFileSync(join(root, 'environments/dev/models.yaml'), '\nroute_settings: {}\n');

    const result = run('main.ts');

    expect(result.status).toBe(1);
    expect(result.stderr).toMatch(/^environments\/dev\/models\.yaml:\d+:1: error: .*router_settings/m);
    expect(readFileSync(join(root, CONFIG_MAP), 'utf8')).toBe(before);
  });

  it('renders one environment alone', () => {
    expect(run('main.ts', '--env', 'dev').status).toBe(0);

    expect(existsSync(join(root, CONFIG_MAP))).toBe(true);
    expect(existsSync(join(root, 'dist/README.md'))).toBe(false);
  });

  it('leaves resources.json as it is without Bicep and says so, but never where nobody reads that', () => {
    const path = join(root, 'dist/dev/infra/resources.json');
    mkdirSync(dirname(path), { recursive: true });
    writeFileSync(path, 'as committed');

    const result = run('main.ts');

    expect(result.stderr).toContain('infra:1:1: warning: not evaluated, and resources.json of dist/ left as it is: ');
    expect(result.status).toBe(0);
    expect(readFileSync(path, 'utf8')).toBe('as committed');
    expect(runWith({ CI: 'true' }, 'main.ts')).toMatchObject({ status: 1, stdout: '' });
  });

  it.each(['local', 'nowhere'])('refuses to render the environment %s', (name) => {
    const result = run('main.ts', '--env', name);

    expect(result.status).toBe(1);
    expect(result.stderr).toBe(`--env ${name}: only dev can be rendered\n`);
  });

  it.each(['main.ts', 'diff/main.ts'])(
    'generators/%s explains itself, and refuses an option that it does not have',
    (file) => {
      const help = run(file, '--help');
      const mistake = run(file, '--everything');

      expect(help).toMatchObject({ status: 0, stderr: '' });
      expect(help.stdout).toContain('npm run ');
      expect(mistake.status).toBe(1);
      expect(mistake.stderr).toContain(`'--everything'`);
      expect(mistake.stderr).toContain(help.stdout.trim());
    },
  );
});

function run(file: string, ...args: string[]) {
  return runWith({ CI: undefined }, file, ...args);
}

/** Without Bicep: what that makes of infra/ is tested where the compiler runs. */
function runWith(variables: NodeJS.ProcessEnv, file: string, ...args: string[]) {
  const env = { ...process.env, BICEP_PATH: '/nowhere/bicep', ...variables };
  return spawnSync(process.execPath, [join('generators', file), ...args], { cwd: root, env, encoding: 'utf8' });
}

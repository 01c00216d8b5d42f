import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeWithPrograms } from '../support/real-program.ts';
import { tempFolder } from '../support/temp-folder.ts';

const root = join(import.meta.dirname, '..', '..');
const BROKEN = `name: broken
on: pull_request
jobs:
  build:
    needs: nothing
    runs-on: ubuntu-24.04
    steps:
      - run: echo "\${{ github.event.pull_request.title }}"
`;

describeWithPrograms(['actionlint'], 'actionlint', () => {
  it('passes over the workflows', async () => {
    expect(await run('actionlint', ['-no-color'], root)).toEqual({ exitCode: 0, output: '' });
  });

  it('sees a workflow that cannot work', async () => {
    const { exitCode, output } = await run('actionlint', ['-no-color', brokenWorkflow()], root);
    expect(exitCode).toBe(1);
    expect(output).toContain('needs job "nothing" which does not exist');
  });
});

describeWithPrograms(['zizmor'], 'zizmor', () => {
  it('finds nothing in workflows, actions and dependabot.yml', async () => {
    const { exitCode, output } = await run('zizmor', ['--offline', '--no-progress', '--format', 'plain', '.'], root);
    expect(output).toContain('No findings to report');
    expect(exitCode).toBe(0);
  });

  it('sees a title of a stranger that becomes a command', async () => {
    const { exitCode, output } = await run(
      'zizmor',
      ['--offline', '--no-progress', '--format', 'plain', brokenWorkflow()],
      root,
    );
    expect(exitCode).toBeGreaterThan(10);
    expect(output).toContain('template-injection');
  });
});

function brokenWorkflow(): string {
  const folder = join(tempFolder(), '.github', 'workflows');
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, 'broken.yaml'), BROKEN);
  return join(folder, 'broken.yaml');
}

function run(program: string, args: readonly string[], cwd: string): Promise<{ exitCode: number; output: string }> {
  return new Promise((resolve) => {
    execFile(program, args, { cwd, timeout: 60_000 }, (error, stdout, stderr) => {
      resolve({ exitCode: error === null ? 0 : Number(error.code ?? 1), output: stdout + stderr });
    });
  });
}

import { execFileSync } from 'node:child_process';
import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { scratchRepository, type ScratchRepository } from '../scratch-repository.ts';

const TEAM = 'environments/dev/keys/search.yaml';

describe('npm run plan', { timeout: 60_000 }, () => {
  it('compares the work tree with main, and prints Markdown', () => {
    const repository = committed();
    expect(repository.run('plan/main.ts', [])).toEqual({
      code: 0,
      stdout: expect.stringMatching(
        /^### What this changes\n\nNothing changes in any environment\.\n\nCompared: `[0-9a-f]{10}` \(before\) with `work tree` \(after\)\.\n$/,
      ) as string,
      stderr: '',
    });
    repository.write(TEAM, repository.read(TEAM).replace(/max_budget: \d+/, 'max_budget: 1600'));
    const { code, stdout } = repository.run('plan/main.ts', []);
    expect(code).toBe(0);
    expect(stdout).toContain('$1,600.00');
    expect(stdout).toContain('run npm run render');
  });

  it('compares two commits, as JSON, into a file', () => {
    const repository = committed();
    repository.write(TEAM, repository.read(TEAM).replace(/max_budget: \d+/, 'max_budget: 1600'));
    git(repository, ['commit', '--all', '--quiet', '--message', 'more']);
    const args = [
      '--base',
      'HEAD~1',
      '--head',
      'HEAD',
      '--labels',
      'budget-raise, policy',
      '--json',
      '--output',
      'plan.json',
    ];
    expect(repository.run('plan/main.ts', args)).toEqual({ code: 0, stdout: '', stderr: '' });
    expect(JSON.parse(repository.read('plan.json'))).toMatchObject({
      environments: [{ name: 'dev', kind: 'changed' }],
    });
  });

  it('never prints a secret that a change holds', () => {
    const repository = committed();
    const secret = `gsk_${'a1B2'.repeat(10)}`;
    repository.write(
      'environments/dev/models.yaml',
      `${repository.read('environments/dev/models.yaml')}\n# ${secret}\n`,
    );
    repository.write(TEAM, repository.read(TEAM).replace(/key_alias: .*/, `key_alias: ${secret}`));
    for (const args of [[], ['--json']]) expect(repository.run('plan/main.ts', args).stdout).not.toContain(secret);
  });

  it('says what to do without a main branch, and outside of a repository', () => {
    const repository = committed();
    git(repository, ['branch', '--move', 'trunk']);
    expect(repository.run('plan/main.ts', []).stderr).toMatch(
      /^there is neither origin\/main nor main here: say with --base/,
    );
    rmSync(join(repository.root, '.git'), { recursive: true });
    expect(repository.run('plan/main.ts', []).stderr).toMatch(/is not a Git repository/);
  });
});

function committed(): ScratchRepository {
  const repository = scratchRepository();
  git(repository, ['init', '--quiet', '--initial-branch', 'main']);
  git(repository, ['add', '--all']);
  git(repository, ['commit', '--quiet', '--message', 'first']);
  return repository;
}

function git({ root }: ScratchRepository, args: readonly string[]): void {
  const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false'];
  execFileSync('git', ['-C', root, ...identity, ...args]);
}

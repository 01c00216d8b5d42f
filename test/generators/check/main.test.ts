import { cpSync, mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { render } from '../../../generators/render.ts';
import { makeKey } from '../../../environments/schema/key-format.ts';
import { writeFiles } from '../../../generators/write-dist.ts';
import { renderJsonSchemas } from '../../../generators/write-json-schemas.ts';
import { runGit } from '../plan/plan-repository.ts';
import { scratchRepository, type ScratchRepository } from '../scratch-repository.ts';

const SEARCH = 'environments/dev/keys/search.yaml';

/** A repository whose dist/ and JSON Schemas are in step. */
function rendered(): ScratchRepository {
  const repository = scratchRepository();
  writeFiles(join(repository.root, 'environments/schema'), renderJsonSchemas());
  writeFiles(join(repository.root, 'dist'), render(repository.root, new Date()).files);
  return repository;
}

/** The same, committed with a rule about budgets; then a budget rises, and a new file holds a key. */
function changed(): ScratchRepository & { commit: string } {
  const repository = rendered();
  const policy = 'environments/policy.yaml';
  repository.write(policy, `${repository.read(policy)}budget_raise: { level: deny, percent: 50 }\n`);
  runGit(repository.root, ['init', '--quiet']);
  runGit(repository.root, ['add', '--all']);
  runGit(repository.root, ['commit', '--quiet', '-m', 'start']);
  const commit = runGit(repository.root, ['rev-parse', 'HEAD']).trim();
  repository.write(SEARCH, repository.read(SEARCH).replace('max_budget: 1500', 'max_budget: 9000'));
  mkdirSync(join(repository.root, 'notes'));
  repository.write('notes/setup.md', `# Setup\nexport ${makeKey()}\n`);
  writeFiles(join(repository.root, 'dist'), render(repository.root, new Date()).files);
  return { ...repository, commit };
}

// Each test starts the command up to three times.
describe('npm run check:environments', { timeout: 60_000 }, () => {
  test('passes where all is sound and in step', () => {
    expect(rendered().run('check/main.ts', [])).toEqual({
      code: 0,
      stdout: '1 environment: 0 errors, 0 warnings\n',
      stderr: '',
    });
  });

  test('prints every problem with its place, counts them, and fails on an error', () => {
    const repository = rendered();
    repository.write(
      SEARCH,
      repository.read(SEARCH).replace('max_budget: 500', 'max_budget: 5000').replace('owners', 'owner'),
    );

    const { code, stdout, stderr } = repository.run('check/main.ts', []);

    expect([code, stdout]).toEqual([1, '1 environment: 1 error, 0 warnings\n']);
    expect(stderr).toBe(`${SEARCH}:2:1: error: unknown key owner: did you mean owners?\n`);
  });

  test('does not fail on a warning, and says what is out of step with the files', () => {
    const repository = rendered();
    repository.write(SEARCH, repository.read(SEARCH).replace('max_budget: 500', 'max_budget: 5000'));
    repository.write('environments/schema/team.json', '{}\n');

    const { code, stdout, stderr } = repository.run('check/main.ts', []);

    expect([code, stdout]).toEqual([1, '1 environment: 0 errors, 1 warning\n']);
    expect(stderr).toContain('warning: max_budget 5000 is never reached');
    expect(stderr).toContain('environments/schema/team.json\nrun: npm run schema\n');
    expect(stderr).toContain('  changed  dist/dev/gateway/ConfigMap.gateway-config.yaml\n');
    expect(stderr).toContain('run: npm run render\n');
  });

  test('looks at one environment alone when asked to', () => {
    const repository = scratchRepository();
    cpSync(join(repository.root, 'environments/dev'), join(repository.root, 'environments/prod'), { recursive: true });

    expect(repository.run('check/main.ts', ['--env', 'dev'])).toEqual({
      code: 0,
      stdout: 'dev: 0 errors, 0 warnings\n',
      stderr: '',
    });
    expect(repository.run('check/main.ts', ['--env', 'prod']).code).toBe(1);
  });

  test('names the environments that there are', () => {
    expect(scratchRepository().run('check/main.ts', ['--env', 'qa']).stderr).toBe('--env qa: environments/ has dev\n');
  });

  test('explains itself', () => {
    expect(scratchRepository().run('check/main.ts', ['--help']).stdout).toContain('npm run check:environments');
    expect(scratchRepository().run('check/main.ts', ['--colour']).code).toBe(1);
  });

  test('holds a change to the rules about it, and finds a credential in any file that it adds to', () => {
    const repository = changed();

    const { code, stdout, stderr } = repository.run('check/main.ts', ['--base', 'HEAD']);

    expect([code, stdout]).toEqual([
      1,
      '1 environment: 1 error, 0 warnings\n' +
        '1 rule not evaluated (budget_raise): the labels of the pull request are not known: give --labels a,b\n',
    ]);
    expect(stderr).toBe(
      'notes/setup.md:2:8: error: a virtual key of this gateway stands here: rotate this key now, and keep its successor out of the file\n',
    );
  });

  test('takes base and labels from the event, and the command line before it', () => {
    const repository = changed();
    const event = { pull_request: { base: { sha: repository.commit }, labels: [{ name: 'budget-raise' }] } };
    const path = join(repository.root, 'notes/event.json');
    repository.write('notes/event.json', JSON.stringify(event));
    const judge = (args: string[]) => repository.run('check/main.ts', args, '', { GITHUB_EVENT_PATH: path });

    expect(judge([]).stdout).toBe('1 environment: 1 error, 0 warnings\n');
    const { stdout, stderr } = judge(['--labels=']);
    expect(stdout).toBe('1 environment: 2 errors, 0 warnings\n');
    expect(stderr).toContain(
      `${SEARCH}:4:1: error: max_budget: the budget of team search rises from 1500 USD in 30 days to 9000 USD in 30 days, by more than 50 %; where it is meant, add the label budget-raise (policy budget_raise)\n`,
    );
  });

  test('says in one line what it cannot compare with', () => {
    const repository = changed();

    expect(repository.run('check/main.ts', ['--base', 'v9']).stderr).toBe(
      'there is no commit v9: this clone does not have it, fetch it: git fetch origin v9\n',
    );
  });
});

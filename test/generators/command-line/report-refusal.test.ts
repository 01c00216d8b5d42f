import { describe, expect, it } from 'vitest';
import { Refusal } from '../../../generators/command-line/refusal.ts';
import { scratchRepository } from '../scratch-repository.ts';

const ON_GITHUB = { GITHUB_ACTIONS: 'true' };

describe('a refusal', { timeout: 60_000 }, () => {
  it('is what it says on a terminal', () => {
    expect(scratchRepository().run('new/main.ts', ['budget'])).toEqual({
      code: 1,
      stdout: '',
      stderr: 'nothing is made of budget: use one of environment, model, team\n',
    });
  });

  it("stands on the run's page on GitHub, with every line of it", () => {
    const repository = scratchRepository();
    expect(repository.run('new/main.ts', ['environment', 'dev'], '', ON_GITHUB).stderr).toBe(
      '::error::environments/dev exists already: choose another name\n',
    );
    expect(repository.run('plan/main.ts', ['--100%'], '', ON_GITHUB).stderr).toBe(
      "::error::Unknown option '--100%25'; see --help\n",
    );
  });

  it('marks the lines of the files that are to blame', () => {
    const repository = scratchRepository();
    const args = ['model', '--env', 'dev', '--name', 'gpt-4o-mini', '--model', 'openai/gpt-4o-mini'];
    const { code, stderr } = repository.run('new/main.ts', args, '', ON_GITHUB);
    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^model gpt-4o-mini exists already \([^)]*\): choose [^\n]*\n::error file=environments\/dev\/models\.yaml,line=\d+,col=\d+::model gpt-4o-mini exists already\n$/,
    );
  });

  it('marks what must be mended first, and no more lines than GitHub shows', () => {
    const repository = scratchRepository();
    const path = 'environments/dev/models.yaml';
    const odd = Array.from({ length: 12 }, (_, index) => `odd_${index}: 1`);
    repository.write(path, `${repository.read(path)}\n${odd.join('\n')}\n`);
    const args = ['model', '--env', 'dev', '--name', 'other', '--model', 'openai/gpt-4o-mini'];
    const lines = repository.run('new/main.ts', args, '', ON_GITHUB).stderr.split('\n');
    expect(lines.filter((line) => line.startsWith(`${path}:`))).toHaveLength(12);
    expect(lines.filter((line) => line.startsWith(`::error file=${path},line=`))).toHaveLength(9);
  });

  it('has no problems unless it is given some', () => {
    expect(new Refusal('no').problems).toEqual([]);
  });
});

import { cpSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { render } from '../../generators/render.ts';
import { writeFiles } from '../../generators/write-dist.ts';
import { renderJsonSchemas } from '../../generators/write-json-schemas.ts';
import { scratchRepository, type ScratchRepository } from './scratch-repository.ts';

const SEARCH = 'environments/dev/keys/search.yaml';

/** A repository whose dist/ and JSON Schemas are in step. */
function rendered(): ScratchRepository {
  const repository = scratchRepository();
  writeFiles(join(repository.root, 'environments/schema'), renderJsonSchemas());
  writeFiles(join(repository.root, 'dist'), render(repository.root, new Date()).files);
  return repository;
}

describe('npm run check:environments', () => {
  test('passes where all is sound and in step', () => {
    expect(rendered().run('check.ts', [])).toEqual({
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

    const { code, stdout, stderr } = repository.run('check.ts', []);

    expect([code, stdout]).toEqual([1, '1 environment: 1 error, 0 warnings\n']);
    expect(stderr).toBe(`${SEARCH}:2:1: error: unknown key owner: did you mean owners?\n`);
  });

  test('does not fail on a warning, and says what is out of step with the files', () => {
    const repository = rendered();
    repository.write(SEARCH, repository.read(SEARCH).replace('max_budget: 500', 'max_budget: 5000'));
    repository.write('environments/schema/team.json', '{}\n');

    const { code, stdout, stderr } = repository.run('check.ts', []);

    expect([code, stdout]).toEqual([1, '1 environment: 0 errors, 1 warning\n']);
    expect(stderr).toContain('warning: max_budget 5000 is never reached');
    expect(stderr).toContain('environments/schema/team.json\nrun: npm run schema\n');
    expect(stderr).toContain('  changed  dist/dev/gateway/ConfigMap.gateway-config.yaml\n');
    expect(stderr).toContain('run: npm run render\n');
  });

  test('looks at one environment alone when asked to', () => {
    const repository = scratchRepository();
    cpSync(join(repository.root, 'environments/dev'), join(repository.root, 'environments/prod'), { recursive: true });

    expect(repository.run('check.ts', ['--env', 'dev'])).toEqual({
      code: 0,
      stdout: 'dev: 0 errors, 0 warnings\n',
      stderr: '',
    });
    expect(repository.run('check.ts', ['--env', 'prod']).code).toBe(1);
    expect(repository.run('check.ts', ['--env', 'qa']).stderr).toBe('--env qa: environments/ has dev, prod\n');
  });

  test('explains itself', () => {
    expect(scratchRepository().run('check.ts', ['--help']).stdout).toContain('npm run check:environments');
    expect(scratchRepository().run('check.ts', ['--colour']).code).toBe(1);
  });
});

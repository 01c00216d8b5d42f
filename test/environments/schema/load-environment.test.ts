import { cpSync, mkdirSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { environmentNames, loadEnvironment } from '../../../environments/schema/load-environment.ts';
import { scratchEnvironments, TODAY } from './scratch-environments.ts';

describe('loadEnvironment', () => {
  test('gives the whole environment, with defaults for what is left out', () => {
    const root = scratchEnvironments();

    const { environment, problems } = loadEnvironment(join(root, 'dev'), { now: TODAY });

    expect(problems).toEqual([]);
    expect(environment?.name).toBe('dev');
    expect(environment?.settings.engine).toBe('tollgate');
    expect(environment?.settings.gateway.database).toEqual({
      url: 'os.environ/DATABASE_URL',
      pool_limit: 10,
      batch_write_at: 60,
      allow_requests_on_db_unavailable: true,
    });
    expect(environment?.models.model_list.map((model) => model.model_name)).toEqual(['azure-gpt-4o', 'gpt-4o-mini']);
    expect(environment?.teams.map((team) => team.team_alias)).toEqual(['ml', 'search']);
  });

  test('a key that ends later today is still good, and one that ends now is not', () => {
    const folder = join(scratchEnvironments(), 'dev');
    const end = Date.parse('2027-01-31T12:00:00Z');

    expect(loadEnvironment(folder, { now: new Date(end - 1) }).problems).toEqual([]);
    expect(loadEnvironment(folder, { now: new Date(end) }).problems).toHaveLength(1);
  });

  test('local may run on one machine, without registry, master key and database of its own', () => {
    const root = scratchEnvironments();
    renameSync(join(root, 'dev'), join(root, 'local'));
    const settings = 'name: local\ngateway: { database: { url: embedded }, cache: { type: local } }\n';
    writeFileSync(join(root, 'local/environment.yaml'), settings);

    expect(loadEnvironment(join(root, 'local'), { now: TODAY }).problems).toEqual([]);
  });

  test('an environment may have no keys, and pages and hidden files beside its own', () => {
    const folder = join(scratchEnvironments(), 'dev');
    rmSync(join(folder, 'keys'), { recursive: true });
    writeFileSync(join(folder, 'NOTES.md'), '# why\n');
    writeFileSync(join(folder, '.models.yaml.swp'), 'x');

    expect(loadEnvironment(folder, { now: TODAY }).environment?.teams).toEqual([]);
  });

  test('a folder that does not exist is told with those that do', () => {
    const root = scratchEnvironments();

    const { environment, problems } = loadEnvironment(join(root, 'prod'), { now: TODAY });

    expect(environment).toBeUndefined();
    expect(problems.map(({ message }) => message)).toEqual([`no such environment; ${root} has dev`]);
  });

  test('a file that is a folder is told as one that cannot be read', () => {
    const folder = join(scratchEnvironments(), 'dev');
    rmSync(join(folder, 'release.yaml'));
    mkdirSync(join(folder, 'release.yaml'));

    const { problems } = loadEnvironment(folder, { now: TODAY });

    expect(problems.map(({ message }) => message)).toContain('the file cannot be read (EISDIR)');
  });

  test('a file of more than a quarter of a megabyte is not read at all', () => {
    const folder = join(scratchEnvironments(), 'dev');
    writeFileSync(join(folder, 'models.yaml'), `model_list: []\n${'# \n'.repeat(100_000)}`);

    const { problems } = loadEnvironment(folder, { now: TODAY });

    expect(problems.map(({ message }) => message)).toEqual(['the file is larger than 262144 bytes: split it']);
  });
});

describe('environmentNames', () => {
  test('are the folders but schema and hidden ones, in order', () => {
    const root = scratchEnvironments();
    for (const name of ['prod', 'schema', '.cache']) cpSync(join(root, 'dev'), join(root, name), { recursive: true });

    expect(environmentNames(root)).toEqual(['dev', 'prod']);
    expect(environmentNames(join(root, 'nowhere'))).toEqual([]);
  });
});

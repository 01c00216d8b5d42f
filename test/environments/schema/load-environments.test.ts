import { cpSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadEnvironments } from '../../../environments/schema/load-environments.ts';
import { problemsOf, scratchEnvironments, TODAY } from './scratch-environments.ts';

const OURS = join(import.meta.dirname, '../../../environments');

describe('loadEnvironments', () => {
  test('gives those without an error, and the problems of all', () => {
    const root = scratchEnvironments();
    cpSync(join(root, 'dev'), join(root, 'prod'), { recursive: true });

    const { environments, problems } = loadEnvironments(root, { now: TODAY });

    expect(environments.map(({ name }) => name)).toEqual(['dev']);
    expect(problems.map(({ message }) => message)).toEqual(['name is dev, but the folder is called prod: write prod']);
  });

  test('a policy of warnings holds nothing up, and one that is off says nothing', () => {
    const root = scratchEnvironments();
    const file = join(root, 'dev/keys/ml.yaml');
    writeFileSync(
      file,
      readFileSync(file, 'utf8')
        .replace(/max_budget.*\n/, '')
        .replace(/budget_duration.*\n/, ''),
    );
    const writePolicy = (level: string) =>
      writeFileSync(
        join(root, 'policy.yaml'),
        `team_budget: { level: ${level} }\nkey_expiry: { level: off, within_days: 1 }\nimage_digest: { level: off }\n`,
      );

    writePolicy('warn');
    expect(problemsOf(root)).toEqual([expect.stringContaining('dev/keys/ml.yaml:1:1: warning: team ml has no budget')]);
    expect(loadEnvironments(root, { now: TODAY }).environments).toHaveLength(1);
    writePolicy('off');
    expect(problemsOf(root)).toEqual([]);
  });

  test('a root that does not exist is a problem', () => {
    expect(problemsOf(join(scratchEnvironments(), 'nowhere'))).toHaveLength(1);
  });
});

describe('the environments of this repository', () => {
  test('have no error on the day that they were written', () => {
    const { environments, problems } = loadEnvironments(OURS, { now: TODAY });

    expect(problems.filter(({ level }) => level === 'error')).toEqual([]);
    expect(environments.map(({ name }) => name)).toContain('dev');
    expect(environments.map(({ name }) => name)).toContain('local');
  });

  test('name their JSON Schema in every file that people write', () => {
    const files = readdirSync(OURS, { recursive: true, encoding: 'utf8' }).filter((path) => path.endsWith('.yaml'));
    const folders = ['policy.yaml', 'local/models.yaml', 'dev/keys/search.yaml'];
    expect(files).toEqual(expect.arrayContaining(folders));
    for (const file of files) {
      const modeline = /^# yaml-language-server: \$schema=(\S+)\n/.exec(readFileSync(join(OURS, file), 'utf8'));
      const schema = join(OURS, file, '..', modeline?.[1] ?? 'none');

      expect(JSON.parse(readFileSync(schema, 'utf8'))).toHaveProperty('$schema');
    }
  });
});

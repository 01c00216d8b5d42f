import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { renderJsonSchemas, staleJsonSchemas } from '../../generators/write-json-schemas.ts';
import { scratchRepository } from './scratch-repository.ts';

const ROOT = join(import.meta.dirname, '../..');

describe('renderJsonSchemas', () => {
  test('gives the same bytes twice, one schema for each kind of file', () => {
    expect([...renderJsonSchemas()]).toEqual([...renderJsonSchemas()]);
    expect([...renderJsonSchemas().keys()].toSorted()).toEqual(
      ['environment', 'gateway-config', 'models', 'policy', 'release', 'team'].map((name) => `${name}.json`),
    );
  });

  test('lets an editor refuse unknown keys and leave out what has a default', () => {
    const schema = JSON.parse(renderJsonSchemas().get('environment.json') ?? '') as Record<string, unknown>;

    expect(schema).toMatchObject({ additionalProperties: false, required: ['name', 'gateway'] });
  });
});

describe('the JSON Schemas of this repository', () => {
  test('are in step with the zod schemas (else: npm run schema)', () => {
    expect(staleJsonSchemas(ROOT)).toEqual([]);
  });
});

describe('npm run schema', () => {
  test('explains itself, and checks without writing', () => {
    const { run } = scratchRepository();

    expect(run('write-json-schemas.ts', ['--help']).stdout).toContain('npm run schema');
    expect(run('write-json-schemas.ts', ['--check'])).toMatchObject({ code: 0, stderr: '' });
  });
});

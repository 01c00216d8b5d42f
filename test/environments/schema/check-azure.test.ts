import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { problemsOf, scratchEnvironments } from './scratch-environments.ts';

describe('names in Azure', () => {
  test('are refused where a dash too many makes them none', () => {
    const root = scratchEnvironments();
    cpSync(join(root, 'dev'), join(root, 'dev--eu'), { recursive: true });
    rmSync(join(root, 'dev'), { recursive: true });
    const file = join(root, 'dev--eu/environment.yaml');
    writeFileSync(file, readFileSync(file, 'utf8').replace('name: dev', 'name: dev--eu'));

    expect(problemsOf(root)).toEqual([
      'dev--eu/environment.yaml:1:1: error: name: Redis would be called redis-tollgate-dev--eu-k7m2, and Azure allows letters, digits and single dashes: write another name',
      'dev--eu/environment.yaml:1:1: error: name: the key vault would be called kv-dev--eu-k7m2, and Azure allows letters, digits and single dashes: write another name',
    ]);
  });
});

import { cpSync, renameSync, symlinkSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadEnvironment } from '../../../environments/schema/load-environment.ts';
import { problemsOf, scratchEnvironments, TODAY } from './scratch-environments.ts';

/** Sound environments of which one path is a link to what stood there, as far as anybody who follows it can tell. */
function withLinkAt(path: string): string {
  const root = scratchEnvironments();
  const elsewhere = join(scratchEnvironments(), 'moved');
  renameSync(join(root, path), elsewhere);
  symlinkSync(elsewhere, join(root, path));
  return root;
}

describe('a link below environments/', () => {
  test.each(['policy.yaml', 'dev/environment.yaml', 'dev/models.yaml', 'dev/keys/search.yaml'])(
    'is not followed in place of the file %s',
    (path) => {
      expect(problemsOf(withLinkAt(path))).toContain(
        `${path}:1:1: error: links are not followed: commit the file itself`,
      );
    },
  );

  test.each(['dev', 'dev/keys'])('is not followed in place of the folder %s', (path) => {
    expect(problemsOf(withLinkAt(path))).toContain(
      `${path}:1:1: error: links are not followed: commit the file itself`,
    );
  });

  test('is told where it would be one more environment', () => {
    const root = scratchEnvironments();
    const elsewhere = scratchEnvironments();
    cpSync(join(root, 'dev'), join(elsewhere, 'zz'), { recursive: true });
    symlinkSync(join(elsewhere, 'zz'), join(root, 'zz'));

    expect(problemsOf(root)).toEqual(['zz:1:1: error: links are not followed: commit the file itself']);
    expect(loadEnvironment(join(root, 'zz'), { now: TODAY }).problems.map(({ message }) => message)).toEqual([
      'links are not followed: commit the file itself',
    ]);
  });
});

import { execFile } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { describeWithPrograms } from '../support/real-program.ts';
import { removeFolder } from '../support/temp-folder.ts';
import { copyOfInfra, ROOT, templatesBelow } from './infra-copy.ts';

const run = promisify(execFile);
const TIMEOUT_MS = 60_000;

/** Where a template stands that nobody calls: main.bicep calls all stacks, and types.bicep is imported. */
const CALLED_BY_NOBODY = ['main.bicep'];

describeWithPrograms(['bicep'], 'the text of the templates', () => {
  it(
    'is as bicep format writes it',
    async () => {
      const root = copyOfInfra();
      await run('bicep', ['format', '--pattern', `${root}/infra/**/*.bicep`]);
      const formatted = templatesBelow(root);
      removeFolder(root);
      expect(formatted).toEqual(templatesBelow(ROOT));
    },
    TIMEOUT_MS,
  );

  it(
    'passes bicep lint without a diagnostic, whatever its level',
    async () => {
      const { stdout, stderr } = await run('bicep', ['lint', '--pattern', join(ROOT, 'infra/**/*.bicep')]);
      expect(stdout + stderr).toBe('');
    },
    TIMEOUT_MS,
  );

  it(
    'builds without a diagnostic, each template for itself',
    async () => {
      const root = copyOfInfra();
      const { stdout, stderr } = await run('bicep', ['build', '--pattern', `${root}/infra/**/*.bicep`]);
      const built = readdirSync(join(root, 'infra'), { recursive: true, encoding: 'utf8' });
      removeFolder(root);
      expect(stdout + stderr).toBe('');
      const wanted = [...templatesBelow(ROOT).keys()].map((path) => path.replace(/bicep$/, 'json'));
      expect(wanted.filter((path) => !built.includes(path))).toEqual([]);
    },
    TIMEOUT_MS,
  );
});

it('has no template that nobody calls', () => {
  const templates = templatesBelow(ROOT);
  const text = [...templates.values()].join('\n');
  const orphans = [...templates.keys()].filter((path) => !text.includes(`${path.slice(path.lastIndexOf('/') + 1)}'`));
  expect(orphans).toEqual(CALLED_BY_NOBODY);
});

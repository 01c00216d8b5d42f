import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { BicepProcess } from '../../generators/infrastructure/bicep-process.ts';
import { describeWithPrograms } from '../support/real-program.ts';
import { removeFolder } from '../support/temp-folder.ts';
import { copyOfInfra, evaluate, infrastructureNamed, ROOT, templatesBelow, type Evaluated } from './infra-copy.ts';
import { isMadeIn, quoted } from './readme-tables.ts';
import { EVERY_RULE } from './rules/all-rules.ts';

const readme = readFileSync(join(ROOT, 'infra/README.md'), 'utf8');

/** Rows of the table of resources: what, its types, its files. */
const rows = [...readme.matchAll(/^\| ([^|]+) \| ((?:`Microsoft\.[^|]+)) \| ([^|]+) \|$/gm)].map(
  ([, what = '', types = '', files = '']) => ({ what: what.trim(), types: quoted(types), files: quoted(files) }),
);

it.each(rows)('$what stands where infra/README.md says', ({ types, files }) => {
  const templates = templatesBelow(ROOT);
  const missing = types.filter((type) => !files.some((file) => isMadeIn(type, templates.get(file) ?? '')));
  expect(missing).toEqual([]);
});

it('gives every rule with its reason, in the words that tests use', () => {
  const missing = EVERY_RULE.map(({ title, reason }) => `| ${title} | ${reason} |`).filter(
    (row) => !readme.replace(/ +\|/g, ' |').includes(row),
  );
  expect(missing).toEqual([]);
});

describeWithPrograms(['bicep'], 'the table of infra/README.md', () => {
  let evaluated: Evaluated = { resources: [], problems: [] };

  beforeAll(async () => {
    const root = copyOfInfra();
    const bicep = await BicepProcess.start('bicep', process.env);
    evaluated = await evaluate(bicep, root, infrastructureNamed('dev'));
    await bicep.stop();
    removeFolder(root);
  }, 60_000);
  afterAll(() => {
    evaluated = { resources: [], problems: [] };
  });

  it('names every type that an environment is made of, and no other', () => {
    const made = new Set(evaluated.resources.map(({ type }) => type));
    const named = new Set(rows.flatMap(({ types }) => types));
    // Only an environment whose Postgres takes tokens names who administers it.
    made.add('Microsoft.DBforPostgreSQL/flexibleServers/administrators');
    expect([...named].toSorted()).toEqual([...made].toSorted());
  });
});

import { afterAll, beforeAll, expect, it } from 'vitest';
import { BicepProcess } from '../../generators/infrastructure/bicep-process.ts';
import { removeFolder } from '../support/temp-folder.ts';
import { describeWithPrograms } from '../support/real-program.ts';
import { copyOfInfra, evaluate, infrastructureNamed, ROOT, templatesBelow, type Evaluated } from './infra-copy.ts';
import { RESOURCE_RULES } from './rules/all-rules.ts';
import { TEMPLATE_RULES } from './rules/template-rules.ts';

const ENVIRONMENTS = ['dev', 'prod'];

describeWithPrograms(['bicep'], 'what the templates create', () => {
  const evaluated = new Map<string, Evaluated>();

  beforeAll(async () => {
    const root = copyOfInfra();
    const bicep = await BicepProcess.start('bicep');
    try {
      for (const name of ENVIRONMENTS) evaluated.set(name, await evaluate(bicep, root, infrastructureNamed(name)));
    } finally {
      await bicep.stop();
      removeFolder(root);
    }
  }, 60_000);

  afterAll(() => evaluated.clear());

  it.each(ENVIRONMENTS)('has no diagnostic in %s', (name) => {
    expect(evaluated.get(name)?.problems).toEqual([]);
    expect(evaluated.get(name)?.resources.length).toBeGreaterThan(100);
  });

  it.each(ENVIRONMENTS.flatMap((name) => RESOURCE_RULES.map((rule) => ({ name, ...rule }))))(
    '$title, in $name',
    ({ name, find }) => {
      expect(find(evaluated.get(name)?.resources ?? [])).toEqual([]);
    },
  );
});

it.each(TEMPLATE_RULES)('$title', ({ find }) => {
  expect(find(templatesBelow(ROOT))).toEqual([]);
});

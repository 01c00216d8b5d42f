import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { BicepProcess } from '../../generators/infrastructure/bicep-process.ts';
import { describeWithPrograms } from '../support/real-program.ts';
import { removeFolder } from '../support/temp-folder.ts';
import {
  compileMain,
  copyOfInfra,
  evaluate,
  infrastructureNamed,
  templatesBelow,
  type Evaluated,
} from './infra-copy.ts';
import { COMPILER_MISTAKES, TEMPLATE_MISTAKES, type Mistake } from './mistakes.ts';
import { COMPILED_MISTAKES } from './compiled-mistakes.ts';
import { RESOURCE_MISTAKES } from './resource-mistakes.ts';
import { COMPILED_RULES, EVERY_RULE, RESOURCE_RULES } from './rules/all-rules.ts';
import type { CompiledTemplate } from './rules/compiled-steps.ts';
import { TEMPLATE_RULES } from './rules/template-rules.ts';

/** A busy machine takes several seconds for each of a dozen evaluations. */
const TIMEOUT_MS = 120_000;

describeWithPrograms(['bicep'], 'mistakes in the templates', () => {
  const found = new Map<Mistake, Evaluated>();
  const compiled = new Map<Mistake, CompiledTemplate>();

  beforeAll(async () => {
    const dev = infrastructureNamed('dev');
    const bicep = await BicepProcess.start('bicep', process.env);
    try {
      for (const batch of [...batchesOf(COMPILER_MISTAKES), ...batchesOf(Object.values(RESOURCE_MISTAKES).flat())]) {
        const root = copyWith(batch);
        const evaluated = await evaluate(bicep, root, dev);
        removeFolder(root);
        for (const mistake of batch) found.set(mistake, evaluated);
      }
      for (const batch of batchesOf(Object.values(COMPILED_MISTAKES).flat())) {
        const root = copyWith(batch);
        const main = await compileMain(bicep, root);
        removeFolder(root);
        for (const mistake of batch) compiled.set(mistake, main);
      }
    } finally {
      await bicep.stop();
    }
  }, TIMEOUT_MS);
  afterAll(() => {
    found.clear();
    compiled.clear();
  });

  it.each(titled(COMPILER_MISTAKES))('the compiler finds $title', ({ mistake }) => {
    expect(found.get(mistake)?.problems).toContainEqual(expect.stringMatching(mistake.says));
  });

  it.each(
    RESOURCE_RULES.flatMap((rule) => titled(RESOURCE_MISTAKES[rule.title] ?? []).map((each) => ({ rule, ...each }))),
  )('$rule.title: finds $title', ({ rule, mistake }) => {
    const { resources, problems } = found.get(mistake) ?? { resources: [], problems: ['not evaluated'] };
    expect(problems).toEqual([]);
    expect(rule.find(resources)).toContainEqual(expect.stringMatching(mistake.says));
  });

  it.each(
    COMPILED_RULES.flatMap((rule) => titled(COMPILED_MISTAKES[rule.title] ?? []).map((each) => ({ rule, ...each }))),
  )('$rule.title: finds $title', ({ rule, mistake }) => {
    const main = compiled.get(mistake) ?? { resources: {} };
    expect(rule.find(main)).toContainEqual(expect.stringMatching(mistake.says));
  });
});

it.each(
  TEMPLATE_RULES.flatMap((rule) => titled(TEMPLATE_MISTAKES[rule.title] ?? []).map((each) => ({ rule, ...each }))),
)('$rule.title: finds $title', ({ rule, mistake }) => {
  const root = copyWith([mistake]);
  expect(rule.find(templatesBelow(root))).toContainEqual(expect.stringMatching(mistake.says));
  removeFolder(root);
});

it('has a mistake for every rule', () => {
  const rules = EVERY_RULE.map(({ title }) => title);
  expect(Object.keys({ ...RESOURCE_MISTAKES, ...COMPILED_MISTAKES, ...TEMPLATE_MISTAKES }).toSorted()).toEqual(
    rules.toSorted(),
  );
});

function titled(mistakes: readonly Mistake[]) {
  return mistakes.map((mistake) => ({ title: mistake.title, mistake }));
}

/** At most one mistake in a file, so that each is evaluated as it stands, in a fraction of the time. */
function batchesOf(mistakes: readonly Mistake[]): Mistake[][] {
  const batches: Mistake[][] = [];
  for (const mistake of mistakes) {
    const free = batches.find((batch) => !batch.some(({ file }) => file === mistake.file));
    if (free === undefined) batches.push([mistake]);
    else free.push(mistake);
  }
  return batches;
}

/** A copy of infra/ with mistakes in it. */
function copyWith(mistakes: readonly Mistake[]): string {
  const root = copyOfInfra();
  for (const { file, from, to } of mistakes) {
    const path = join(root, 'infra', file);
    const text = readFileSync(path, 'utf8');
    if (!text.includes(from)) throw new Error(`${file} does not say ${from}`);
    writeFileSync(
      path,
      text.replace(from, () => to),
    );
  }
  return root;
}

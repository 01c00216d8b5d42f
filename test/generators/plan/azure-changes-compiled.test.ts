import { expect, it, onTestFinished } from 'vitest';
import { evaluateInfrastructure } from '../../../generators/infrastructure/evaluate-infrastructure.ts';
import type { Infrastructure } from '../../../generators/infrastructure/infra-parameters.ts';
import type { PredictedResource } from '../../../generators/infrastructure/predicted-resources.ts';
import { describeWithPrograms } from '../../support/real-program.ts';
import { makeTempFolder, removeFolder } from '../../support/temp-folder.ts';
import {
  azureChanges,
  committedResources,
  copyEnvironments,
  readCase,
  renderBelow,
  ROOT,
  writeSettings,
} from './azure-change.ts';
import { editResources } from './edit-resources.ts';

/** The compiler takes 2 s to start, and longer beside others. */
const SLOW_MS = 120_000;
/** Names of rights and roles are what `guid(...)` makes of other names, which no edit of a fixture works out. */
const GUID = /[0-9a-f]{8}-([0-9a-f]{4}-){3}[0-9a-f]{12}/g;

const cases = azureChanges()
  .map((name) => ({ name, change: readCase(name) }))
  .filter(({ change }) => change.settings !== undefined);

/** What the templates of a case are given, under the name of the case. */
function infrastructureOf({ name, change }: (typeof cases)[number]): Infrastructure {
  const root = makeTempFolder();
  onTestFinished(() => removeFolder(root));
  copyEnvironments(root);
  writeSettings(root, change);
  const found = renderBelow(root).infrastructure.find(({ environment }) => environment === change.environment);
  if (found === undefined) throw new Error(`${name} renders no ${change.environment}`);
  return { ...found, environment: name };
}

function comparable(text: string): string[] {
  const resources = JSON.parse(text.replace(GUID, '<guid>')) as PredictedResource[];
  return resources.map((resource) => JSON.stringify(resource)).toSorted();
}

describeWithPrograms(['bicep'], 'the recorded changes of Azure', () => {
  it('are what the compiler makes of the recorded settings', { timeout: SLOW_MS }, async () => {
    const { files, problems } = await evaluateInfrastructure({
      root: ROOT,
      infrastructure: cases.map(infrastructureOf),
      variables: process.env,
    });

    expect(problems).toEqual([]);
    const recorded = cases.map(({ name, change }) => [
      `${name}/infra/resources.json`,
      comparable(editResources(committedResources(change.environment), change.resources ?? [])),
    ]);
    const compiled = [...files].map(([path, text]) => [path, comparable(text)]);
    expect(Object.fromEntries(compiled)).toEqual(Object.fromEntries(recorded));
  });
});

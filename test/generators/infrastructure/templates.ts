import { onTestFinished } from 'vitest';
import { writeFiles } from '../../../generators/write-dist.ts';
import { infrastructureOf, type Infrastructure } from '../../../generators/infrastructure/infra-parameters.ts';
import { renderContext } from '../../../generators/render-context.ts';
import { makeTempFolder, removeFolder } from '../../support/temp-folder.ts';
import { exampleEnvironment, exampleSettings } from '../example-environment.ts';

/** A template for each stack: a group of resources, with what others say after it. */
export function smallTemplates(more: Readonly<Record<string, string>> = {}): Record<string, string> {
  const stacks = ['core', 'cluster', 'github'].map((name): [string, string] => [`${name}.bicep`, smallTemplate(name)]);
  return { ...Object.fromEntries(stacks), ...more };
}

/** Made from the parameter `name` alone. */
export function smallTemplate(name: string): string {
  return `targetScope = 'subscription'
param ${name} object
resource group 'Microsoft.Resources/resourceGroups@2025-04-01' = {
  name: '\${${name}.names.resourceGroup}-${name}'
  location: ${name}.location
  tags: ${name}.tags
}
`;
}

/** A repository with nothing but these files of infra/ and dist/, gone when the test is over. */
export function repositoryWith(templates: Readonly<Record<string, string>>, dist: Record<string, string> = {}): string {
  const root = makeTempFolder();
  onTestFinished(() => removeFolder(root));
  const below = (folder: string, files: Readonly<Record<string, string>>) =>
    Object.entries(files).map(([path, text]): [string, string] => [`${folder}/${path}`, text]);
  writeFiles(root, new Map([...below('infra', templates), ...below('dist', dist)]));
  return root;
}

/** The example environment under other names. */
export function infrastructureNamed(...names: string[]): Infrastructure[] {
  return names.map((name) =>
    infrastructureOf(renderContext(exampleEnvironment({ settings: { ...exampleSettings, name } }))),
  );
}

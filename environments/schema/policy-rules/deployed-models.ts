import type { EnvironmentFiles } from '../environment-files.ts';

export interface Deployed {
  readonly name: string;
  /** What it serves, such as `azure/gpt-5.1`. */
  readonly model: string;
  /** In `openai.deployments`. */
  readonly at: number;
}

/**
 * What the environment's own account serves, by what `models.yaml` calls it. Behind `azure/` stands the name of a
 * deployment, which says nothing of the model in it.
 */
export function deployedModels({ settings }: Pick<EnvironmentFiles, 'settings'>): Map<string, Deployed> {
  const deployments = settings.value?.openai.deployments ?? [];
  return new Map(deployments.map(({ name, model }, at) => [`azure/${name}`, { name, model: `azure/${model}`, at }]));
}

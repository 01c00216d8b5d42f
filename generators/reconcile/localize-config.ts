import { parse } from 'yaml';
import { hashKey } from '../../environments/schema/key-format.ts';
import { addDemoKey } from '../local/add-demo-key.ts';
import { leaveOutModels, type LeftOutModel } from '../local/leave-out-models.ts';
import { useLocalServers } from '../local/use-local-servers.ts';
import type { RenderedConfig } from '../resolve-gateway-config.ts';

export interface LocalizedConfig {
  readonly config: RenderedConfig;
  /** Models that a simulation answers for. */
  readonly simulated: readonly LeftOutModel[];
}

/**
 * The config.yaml of the cluster as this machine can serve it: local servers for the private ones, a simulation for a
 * model whose variables are not set, and the demo key. Its revision stays that of the cluster.
 */
export function localizeConfig(
  text: string,
  { variables, demoKey }: { variables: Readonly<Record<string, string | undefined>>; demoKey: string },
): LocalizedConfig {
  const rendered = parse(text) as RenderedConfig;
  const models = rendered.model_list ?? [];
  const { served, leftOut } = leaveOutModels(models, variables);
  const model_list = models.map((model) => (served.includes(model) ? model : simulated(model)));
  const local = addDemoKey(useLocalServers({ ...rendered, model_list }, variables), hashKey(demoKey));
  return { config: local, simulated: leftOut };
}

type Model = NonNullable<RenderedConfig['model_list']>[number];

function simulated({ litellm_params: { model }, ...named }: Model): Model {
  const upstream = model.slice(model.indexOf('/') + 1);
  return { ...named, litellm_params: { model: `simulator/${upstream}` } };
}

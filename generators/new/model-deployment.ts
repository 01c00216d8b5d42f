import type { EnvironmentFiles } from '../../environments/schema/environment-files.ts';
import { EnvironmentSettings } from '../../environments/schema/environment-settings.ts';
import type { Model } from '../../environments/schema/model.ts';
import { splitProvider } from '../../environments/schema/providers.ts';
import { appendItem } from '../edit-yaml/edit-list.ts';
import { flowText } from '../edit-yaml/flow-text.ts';
import { setValue } from '../edit-yaml/set-value.ts';
import { Refusal } from '../command-line/refusal.ts';

type Deployment = EnvironmentSettings['openai']['deployments'][number];

/** What the environment's own Azure OpenAI account is to serve. */
export interface DeploymentRequest {
  /** Thousands of tokens a minute. */
  readonly capacity: number;
  readonly version?: string | undefined;
}

/**
 * The text of environment.yaml with a deployment for the entry in `openai.deployments`. A version that is left out is the
 * one that another environment deploys. Throws a Refusal.
 */
export function addDeployment(
  { settings }: EnvironmentFiles,
  entry: Model,
  { capacity, version }: DeploymentRequest,
  known: readonly Deployment[],
): string {
  const { provider, upstreamModel: name } = splitProvider(entry.litellm_params.model);
  if (provider !== 'azure')
    throw new Refusal(
      `--deployment-capacity is for a model of Azure OpenAI, and ${entry.litellm_params.model} is none: leave it out`,
    );
  const present = settings.value?.openai.deployments ?? [];
  const index = present.findIndex((each) => each.name.toLowerCase() === name.toLowerCase());
  if (index >= 0) {
    const problem = settings.locate(['openai', 'deployments', index], `${name} is deployed already`);
    const place = `${problem.file}:${problem.line}`;
    throw new Refusal(`${name} is deployed already (${place}): leave --deployment-capacity out`, {
      problems: [problem],
    });
  }
  const model = entry.model_info?.base_model ?? name;
  const found = version ?? known.find((each) => each.model === model)?.version;
  if (found === undefined)
    throw new Refusal(
      `--deployment-version is missing: no environment deploys ${model} yet, so nothing tells its version`,
    );
  const deployment = { name, model, version: found, ...sharedSku(present), capacity };
  const path = ['openai', 'deployments'];
  if (present.length === 0) return setValue(settings.text, path, [deployment], Object.keys(EnvironmentSettings.shape));
  return appendItem(settings.text, path, deployment, `- ${flowText(deployment)}\n`);
}

/** Where data may be processed is a decision of the environment: what all of its deployments have, a new one has too. */
function sharedSku(present: readonly Deployment[]): { sku?: Deployment['sku'] } {
  const [sku, ...others] = new Set(present.map((each) => each.sku));
  return sku === undefined || others.length > 0 || sku === 'GlobalStandard' ? {} : { sku };
}

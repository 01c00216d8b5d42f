import type { EnvironmentSettings } from '../../environments/schema/environment-settings.ts';
import { byName, pairByName } from './pair-by-name.ts';
import type { AzureDeploymentChange } from './plan.ts';

type AzureDeployment = EnvironmentSettings['openai']['deployments'][number];

/** What the Azure OpenAI account of an environment serves more, less or otherwise than before, by name. */
export function compareAzureDeployments(
  before: readonly AzureDeployment[],
  after: readonly AzureDeployment[],
): AzureDeploymentChange[] {
  const nameOf = ({ name }: AzureDeployment) => name;
  return pairByName(byName(before, nameOf), byName(after, nameOf))
    .map((pair) => ({
      name: pair.name,
      model: { before: shownModel(pair.before), after: shownModel(pair.after) },
      capacity: { before: pair.before?.capacity, after: pair.after?.capacity },
    }))
    .filter(({ model, capacity }) => model.before !== model.after || capacity.before !== capacity.after);
}

function shownModel(deployment: AzureDeployment | undefined): string | undefined {
  return deployment && `${deployment.model} ${deployment.version}, ${deployment.sku}`;
}

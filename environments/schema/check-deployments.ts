import { LOCAL_ENVIRONMENT } from './check-settings.ts';
import type { EnvironmentFiles } from './environment-files.ts';
import type { Model } from './model.ts';
import type { Problem } from './parse-yaml.ts';
import { PROVIDERS, splitProvider } from './providers.ts';

/** The model deployments of an environment can be told apart, and their pods get the credentials that they need. */
export function checkDeployments(files: EnvironmentFiles): Problem[] {
  return [...checkRepeats(files), ...checkApiKeys(files)];
}

/** An id is made from the entry's content: of two that are alike, logs and metrics could not say which one answered. */
function checkRepeats({ models }: EnvironmentFiles): Problem[] {
  const first = new Map<string, number>();
  return (models.value?.model_list ?? []).flatMap((model, index) => {
    if (model.model_info?.id !== undefined) return [];
    const content = contentOf(model);
    const earlier = first.get(content);
    if (earlier === undefined) {
      first.set(content, index);
      return [];
    }
    const { line } = models.locate(['model_list', earlier], '');
    const message = `this deployment of ${model.model_name} stands on line ${line} already: remove one, or give it a model_info id`;
    return [models.locate(['model_list', index], message)];
  });
}

/** Keys come in the schema's order, so the same content is the same text. */
function contentOf({ model_name, litellm_params }: Model): string {
  return JSON.stringify([model_name, litellm_params]);
}

/** On one machine a provider's key may be a variable of the shell; pods get only what the files name. */
function checkApiKeys({ name, models }: EnvironmentFiles): Problem[] {
  if (name === LOCAL_ENVIRONMENT) return [];
  return (models.value?.model_list ?? []).flatMap(({ litellm_params: params }, index) => {
    const { provider } = splitProvider(params.model);
    const variable = PROVIDERS[provider]?.keyVariable;
    if (variable === undefined || params.api_key !== undefined) return [];
    const message = `api_key is missing: ${provider} needs a key, and pods get no variable that no file names: write api_key: os.environ/${variable}`;
    return [models.locate(['model_list', index, 'litellm_params'], message)];
  });
}

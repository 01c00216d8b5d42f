import { findSecrets } from '../../environments/schema/find-secrets.ts';
import { referencedVariable } from '../../environments/schema/identifiers.ts';
import type { Model, Models } from '../../environments/schema/model.ts';
import { PROVIDERS, splitProvider } from '../../environments/schema/providers.ts';
import type { LitellmConfig, PlacedModel } from './read-config.ts';
import { variableName, type Refer } from './refer-to-secrets.ts';

/** What models.yaml holds. Time-outs and retries of litellm_settings count where router_settings says nothing. */
export function translateModels({ models, settings, placeOf }: LitellmConfig, refer: Refer): Models {
  const { num_retries, request_timeout } = settings.litellm_settings ?? {};
  const router = {
    ...(num_retries !== undefined && { num_retries }),
    ...(request_timeout !== undefined && { timeout: request_timeout }),
    ...settings.router_settings,
  };
  const model_list = models.map((placed) => withReferences(placed, placeOf, refer));
  return Object.keys(router).length === 0 ? { model_list } : { model_list, router_settings: router };
}

function withReferences({ model, index }: PlacedModel, placeOf: LitellmConfig['placeOf'], refer: Refer): Model {
  const params: Record<string, unknown> = { ...model.litellm_params };
  for (const [field, value] of Object.entries(params)) {
    if (typeof value !== 'string') continue;
    const isReference = referencedVariable(value) !== undefined;
    const isSecret = field === 'api_key' || (field === 'api_base' && holdsCredential(value));
    if (!isReference && !isSecret) continue;
    const place = placeOf(['model_list', index, 'litellm_params', field]);
    params[field] = refer(value, variableFor(model, field), place);
  }
  const { model_info, ...rest } = model;
  const isDescribed = model_info !== undefined && Object.keys(model_info).length > 0;
  return { ...rest, litellm_params: params as Model['litellm_params'], ...(isDescribed && { model_info }) };
}

/** The variable that LiteLLM itself would read for a provider's own address, else one named after the model. */
function variableFor({ model_name, litellm_params }: Model, field: string): string {
  const usual = PROVIDERS[splitProvider(litellm_params.model).provider]?.keyVariable;
  if (field === 'api_key' && usual !== undefined && litellm_params.api_base === undefined) return usual;
  return `${variableName(model_name)}_${field.toUpperCase()}`;
}

/** Addresses carry credentials as a user or as a query, such as `?key=...`. */
function holdsCredential(address: string): boolean {
  if (findSecrets(address).length > 0) return true;
  const url = URL.parse(address);
  return url !== null && (url.username !== '' || url.search !== '');
}

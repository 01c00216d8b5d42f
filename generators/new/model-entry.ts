import { describeIssues } from '../../environments/schema/describe-issue.ts';
import { referencedVariable } from '../../environments/schema/identifiers.ts';
import { Model, type Models } from '../../environments/schema/model.ts';
import { PROVIDERS, splitProvider } from '../../environments/schema/providers.ts';
import { flowText } from '../edit-yaml/flow-text.ts';
import { Refusal } from '../command-line/refusal.ts';

/** A model as the command line describes it; what is left out is filled in where the provider has a custom. */
export interface ModelRequest {
  readonly name: string;
  /** `provider/what the upstream calls it`. */
  readonly model: string;
  readonly apiBase?: string | undefined;
  readonly apiKey?: string | undefined;
  readonly apiVersion?: string | undefined;
  /** USD per million tokens. */
  readonly inputPrice?: number | undefined;
  readonly outputPrice?: number | undefined;
  readonly mode?: string | undefined;
  readonly baseModel?: string | undefined;
}

/** The account of an environment without a model of Azure's, by the variables that its pods have. */
const AZURE_ACCOUNT = {
  api_base: 'os.environ/AZURE_OPENAI_ENDPOINT',
  api_key: 'os.environ/AZURE_OPENAI_KEY',
  api_version: '2024-10-21',
};

/** The entry of model_list that a request is for. Throws a Refusal. */
export function modelEntry(request: ModelRequest, models: Models): Model {
  if (request.apiKey !== undefined && referencedVariable(request.apiKey) === undefined)
    throw new Refusal(
      '--api-key is no reference: write os.environ/NAME, so that the value stays out of Git; if it was a key, rotate this key now',
    );
  const params = {
    model: request.model,
    ...defaultParams(request.model, models),
    ...given({ api_base: request.apiBase, api_key: request.apiKey, api_version: request.apiVersion }),
  };
  const info = given({
    mode: request.mode,
    base_model: request.baseModel,
    input_cost_per_token: perToken(request.inputPrice),
    output_cost_per_token: perToken(request.outputPrice),
  });
  const written = {
    model_name: request.name,
    litellm_params: params,
    ...(Object.keys(info).length > 0 && { model_info: info }),
  };
  const result = Model.safeParse(written);
  if (result.success) return result.data;
  const findings = describeIssues(result.error.issues, written, Model);
  throw new Refusal(findings.map(({ message }) => message).join('\n'));
}

/** The entry as models.yaml shows it: a line for each parameter, and prices on one. */
export function modelLines({ model_name: name, litellm_params: params, model_info: info }: Model): string {
  return [
    `- model_name: ${flowText(name)}`,
    '  litellm_params:',
    ...inOrder(params).map(([key, value]) => `    ${key}: ${flowText(value)}`),
    ...(info === undefined ? [] : [`  model_info: ${flowText(info)}${isPriced(info) ? '   # USD' : ''}`]),
    '',
  ].join('\n');
}

/** Azure's models share the account of the others; elsewhere a key has the name that the provider's own clients read. */
function defaultParams(model: string, { model_list: others }: Models): Readonly<Record<string, string>> {
  const { provider } = splitProvider(model);
  if (provider !== 'azure') {
    const variable = PROVIDERS[provider]?.keyVariable;
    return variable === undefined ? {} : { api_key: `os.environ/${variable}` };
  }
  const sibling = others.find(({ litellm_params: { model: other } }) => splitProvider(other).provider === 'azure');
  if (sibling === undefined) return AZURE_ACCOUNT;
  const { api_base, api_key, api_version } = sibling.litellm_params;
  return given({ api_base, api_key, api_version });
}

/** As the other entries have them: where it is, then how to get in. */
function inOrder(params: Model['litellm_params']): [string, unknown][] {
  const { model, api_base, api_key, api_version, ...others } = params;
  return Object.entries(given<unknown>({ model, api_base, api_key, api_version, ...others }));
}

/** By way of text, since a division would leave a price such as 1.4999999999999998e-7. */
function perToken(usdPerMillion: number | undefined): number | undefined {
  return usdPerMillion === undefined ? undefined : Number(`${usdPerMillion}e-6`);
}

function isPriced(info: NonNullable<Model['model_info']>): boolean {
  return info.input_cost_per_token !== undefined || info.output_cost_per_token !== undefined;
}

function given<T>(fields: Readonly<Record<string, T | undefined>>): Record<string, T> {
  return Object.fromEntries(Object.entries(fields).filter((field): field is [string, T] => field[1] !== undefined));
}

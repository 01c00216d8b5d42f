import type { Model } from '../../environments/schema/model.ts';
import { PROVIDERS, splitProvider } from '../../environments/schema/providers.ts';
import type { EndpointName } from '../endpoints/endpoint-name.ts';

type Params = Model['litellm_params'];

/** Where requests go and what goes with each of them. */
export interface DeploymentAddress {
  /** Scheme, host and port. */
  readonly origin: string;
  readonly paths: Readonly<Record<EndpointName, string>>;
  /** Names and values in turn; holds the upstream's credential. */
  readonly headers: readonly string[];
}

/** Azure's first GA data-plane version that the article uses. */
const DEFAULT_AZURE_API_VERSION = '2024-10-21';

/**
 * Where a deployment's requests go and how they are authorised.
 * @throws TypeError where api_base is no address
 */
export function addressDeployment(params: Params, simulatorApiBase: string | undefined): DeploymentAddress {
  const { provider, upstreamModel } = splitProvider(params.model);
  const family = PROVIDERS[provider];
  if (family?.protocol === 'azure') return addressAzure(params, upstreamModel);
  const apiBase = params.api_base ?? (family?.protocol === 'simulator' ? simulatorApiBase : family?.defaultApiBase);
  return addressOpenAi(params, apiBase ?? '');
}

function addressOpenAi(params: Params, apiBase: string): DeploymentAddress {
  const url = new URL(apiBase);
  const prefix = url.pathname.replace(/\/$/, '');
  const headers = ['content-type', 'application/json'];
  if (params.api_key !== undefined) headers.push('authorization', `Bearer ${params.api_key}`);
  if (params.organization !== undefined) headers.push('openai-organization', params.organization);
  return {
    origin: url.origin,
    paths: {
      chat_completions: `${prefix}/chat/completions${url.search}`,
      embeddings: `${prefix}/embeddings${url.search}`,
    },
    headers,
  };
}

/** https://learn.microsoft.com/azure/ai-services/openai/reference: the deployment stands in the path. */
function addressAzure(params: Params, deployment: string): DeploymentAddress {
  const url = new URL(params.api_base ?? '');
  const prefix = `${url.pathname.replace(/\/$/, '')}/openai/deployments/${encodeURIComponent(deployment)}`;
  const query = `?api-version=${encodeURIComponent(params.api_version ?? DEFAULT_AZURE_API_VERSION)}`;
  const headers = ['content-type', 'application/json'];
  if (params.api_key !== undefined) headers.push('api-key', params.api_key);
  return {
    origin: url.origin,
    paths: { chat_completions: `${prefix}/chat/completions${query}`, embeddings: `${prefix}/embeddings${query}` },
    headers,
  };
}

import { createHash } from 'node:crypto';
import type { GatewayConfig } from '../../environments/schema/gateway-config.ts';
import type { Model } from '../../environments/schema/model.ts';
import { splitProvider } from '../../environments/schema/providers.ts';
import { addressDeployment, type DeploymentAddress } from '../upstreams/address-deployment.ts';
import type { TokenPrices } from '../spend/spend-log.ts';
import { findPrices } from '../usage/find-prices.ts';

/** One concrete target of a model, with everything that an attempt needs worked out beforehand. */
export interface ModelDeployment extends DeploymentAddress {
  readonly id: string;
  readonly provider: string;
  readonly upstreamModel: string;
  /** `upstreamModel` as JSON, ready to be spliced into a body. */
  readonly upstreamModelJson: Buffer;
  readonly weight: number;
  readonly timeoutMs: number;
  readonly streamTimeoutMs: number;
  readonly supportsStreamUsage: boolean;
  readonly maxInputTokens: number | undefined;
  readonly maxOutputTokens: number | undefined;
  /** Undefined: nobody knows the price, and costs are told as unknown. */
  readonly prices: TokenPrices | undefined;
}

/** A public name and the deployments behind it. */
export interface ModelRoute {
  readonly name: string;
  readonly deployments: readonly ModelDeployment[];
}

const DEFAULT_TIMEOUT_SECONDS = 600;
const ID_DIGITS = 16;

/** Groups the entries of model_list by their public name. */
export function buildModelRoutes(
  config: GatewayConfig,
  simulatorApiBase: string | undefined,
): ReadonlyMap<string, ModelRoute> {
  const byName = Map.groupBy(config.model_list, (entry) => entry.model_name);
  const routes = [...byName].map(([name, entries]): [string, ModelRoute] => {
    const deployments = entries.map((entry) => buildDeployment(entry, config, simulatorApiBase));
    return [name, Object.freeze({ name, deployments })];
  });
  return new Map(routes);
}

function buildDeployment(entry: Model, config: GatewayConfig, simulatorApiBase: string | undefined): ModelDeployment {
  const { litellm_params: params, model_info: about, model_name: name } = entry;
  const { provider, upstreamModel } = splitProvider(params.model);
  const router = config.router_settings;
  const timeout =
    params.timeout ?? router?.timeout ?? config.litellm_settings?.request_timeout ?? DEFAULT_TIMEOUT_SECONDS;
  const streamTimeout = params.stream_timeout ?? router?.stream_timeout ?? timeout;
  return Object.freeze({
    id: about?.id ?? deploymentId(name, params),
    provider,
    upstreamModel,
    upstreamModelJson: Buffer.from(JSON.stringify(upstreamModel)),
    ...addressDeployment(params, simulatorApiBase),
    weight: params.weight ?? params.rpm ?? params.tpm ?? 1,
    timeoutMs: timeout * 1_000,
    streamTimeoutMs: streamTimeout * 1_000,
    supportsStreamUsage: about?.supports_stream_usage ?? true,
    maxInputTokens: about?.max_input_tokens,
    maxOutputTokens: about?.max_output_tokens ?? about?.max_tokens,
    prices: findPrices(entry),
  });
}

/** Stable across pods and restarts: it depends on the entry without its credential alone. */
function deploymentId(name: string, params: Model['litellm_params']): string {
  const { api_key: _credential, ...rest } = params;
  return createHash('sha256')
    .update(JSON.stringify([name, rest]))
    .digest('hex')
    .slice(0, ID_DIGITS);
}

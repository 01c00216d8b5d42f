import { azureNames, registryOf, type AzureNames } from '../environments/schema/azure-names.ts';
import type { Environment } from '../environments/schema/environment.ts';
import { subnetsOf, type Subnets } from '../environments/schema/subnets.ts';
import { resolveGatewayConfig, type RenderedConfig } from './resolve-gateway-config.ts';

/** What every component is rendered from: one environment, and what follows from it. */
export interface RenderContext {
  readonly environment: Environment;
  readonly azure: AzureNames;
  readonly subnets: Subnets;
  /** Where images are pulled from. */
  readonly registry: string;
  /** The config.yaml that the gateway reads. */
  readonly config: RenderedConfig;
}

/** Derives the context of an environment. The same environment gives the same context. */
export function renderContext(environment: Environment): RenderContext {
  const { settings } = environment;
  return {
    environment,
    azure: azureNames(settings),
    subnets: subnetsOf(settings),
    registry: registryOf(settings),
    config: resolveGatewayConfig(environment),
  };
}

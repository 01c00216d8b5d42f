import type { Environment } from '../../environments/schema/environment.ts';
import { hashKey } from '../../environments/schema/key-format.ts';
import { contentHash } from '../content-hash.ts';
import { resolveGatewayConfig, type RenderedConfig } from '../resolve-gateway-config.ts';
import { addDemoKey } from './add-demo-key.ts';
import { leaveOutModels, type LeftOutModel } from './leave-out-models.ts';
import { useLocalServers } from './use-local-servers.ts';

export interface LocalConfig {
  readonly config: RenderedConfig;
  readonly leftOut: readonly LeftOutModel[];
}

/** The environment as this machine can run it: what it lacks is replaced or left out, and the demo key joins. */
export function resolveLocalConfig(
  environment: Environment,
  { variables, demoKey }: { variables: Readonly<Record<string, string | undefined>>; demoKey: string },
): LocalConfig {
  const settings = { ...environment.settings, engine: 'tollgate' as const };
  const { revision: _revision, ...resolved } = resolveGatewayConfig({ ...environment, settings });
  const { served, leftOut } = leaveOutModels(resolved.model_list ?? [], variables);
  const config = addDemoKey(useLocalServers({ ...resolved, model_list: served }, variables), hashKey(demoKey));
  return { config: { revision: contentHash(config).slice(0, 12), ...config }, leftOut };
}

import type { EnvironmentSettings } from './environment-settings.ts';

/** The names of an environment's resources in Azure. Manifests, infrastructure and workflows agree on them here. */
export interface AzureNames {
  readonly resourceGroup: string;
  readonly nodeResourceGroup: string;
  readonly virtualNetwork: string;
  readonly cluster: string;
  /** Of the ingress, in `resourceGroup`, so that it outlives the cluster. */
  readonly ingressPublicIp: string;
  /** Unique in all of Azure. */
  readonly registry: string;
  readonly keyVault: string;
  readonly postgres: string;
  readonly redis: string;
  readonly openAi: string;
}

/** Subnets are named alike in every environment. */
export const SUBNET_NAMES = {
  aks: 'snet-aks',
  private_endpoints: 'snet-pe',
  ingress: 'snet-ingress',
  api_server: 'snet-apiserver',
} as const;

/** Derives every name from the environment's own and its suffix. Throws without a suffix: a check asks for one first. */
export function azureNames({ name, name_suffix: suffix }: EnvironmentSettings): AzureNames {
  if (suffix === undefined) throw new Error(`environment ${name} has no name_suffix`);
  return {
    resourceGroup: `rg-tollgate-${name}`,
    nodeResourceGroup: `rg-tollgate-${name}-nodes`,
    virtualNetwork: `vnet-tollgate-${name}`,
    cluster: `aks-tollgate-${name}`,
    ingressPublicIp: `pip-tollgate-${name}-ingress`,
    registry: `crtollgate${name.replaceAll('-', '')}${suffix}`,
    keyVault: `kv-${name}-${suffix}`,
    postgres: `psql-tollgate-${name}-${suffix}`,
    redis: `redis-tollgate-${name}-${suffix}`,
    openAi: `oai-tollgate-${name}-${suffix}`,
  };
}

/** Where images come from: as written, or the environment's own registry. */
export function registryOf(settings: EnvironmentSettings): string {
  return settings.registry ?? `${azureNames(settings).registry}.azurecr.io`;
}

/** The name in Key Vault of a value that the configuration calls `os.environ/NAME`: vault names know no underscore. */
export function vaultSecretName(variable: string): string {
  return variable.toLowerCase().replaceAll('_', '-');
}

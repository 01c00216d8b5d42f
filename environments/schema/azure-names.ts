import type { EnvironmentSettings } from './environment-settings.ts';

/** The names of an environment's resources in Azure. Manifests, infrastructure and workflows agree on them here. */
export interface AzureNames {
  readonly resourceGroup: string;
  readonly nodeResourceGroup: string;
  readonly virtualNetwork: string;
  readonly cluster: string;
  /** Of the identities that deploy: they outlive the environment, since one of them removes it. */
  readonly githubResourceGroup: string;
  readonly natGateway: string;
  readonly natPublicIp: string;
  /** Of the ingress, in `resourceGroup`, so that it outlives the cluster. */
  readonly ingressPublicIp: string;
  /** Unique in all of Azure. */
  readonly registry: string;
  readonly keyVault: string;
  readonly postgres: string;
  readonly redis: string;
  readonly openAi: string;
  /** Log Analytics. */
  readonly workspace: string;
  /** Where Managed Prometheus keeps its metrics. */
  readonly monitorAccount: string;
  readonly grafana: string;
  readonly actionGroup: string;
}

/** Managed identities. `plan`, `deploy` and `ops` are those of GitHub, the others those of the cluster and its pods. */
export interface IdentityNames {
  readonly controlPlane: string;
  readonly kubelet: string;
  readonly gateway: string;
  readonly certManager: string;
  readonly argocd: string;
  readonly plan: string;
  readonly deploy: string;
  readonly ops: string;
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
    githubResourceGroup: `rg-tollgate-${name}-github`,
    natGateway: `ng-tollgate-${name}`,
    natPublicIp: `pip-tollgate-${name}-nat`,
    ingressPublicIp: `pip-tollgate-${name}-ingress`,
    registry: `crtollgate${name.replaceAll('-', '')}${suffix}`,
    keyVault: `kv-${name}-${suffix}`,
    postgres: `psql-tollgate-${name}-${suffix}`,
    redis: `redis-tollgate-${name}-${suffix}`,
    openAi: `oai-tollgate-${name}-${suffix}`,
    workspace: `log-tollgate-${name}`,
    monitorAccount: `amw-tollgate-${name}`,
    // At most 30 characters, which is why it says less than the others.
    grafana: `grafana-${name}-${suffix}`,
    actionGroup: `ag-tollgate-${name}`,
  };
}

/** The names of an environment's managed identities. */
export function identityNames({ name }: Pick<EnvironmentSettings, 'name'>): IdentityNames {
  const named = (purpose: string): string => `id-tollgate-${name}-${purpose}`;
  return {
    controlPlane: named('control-plane'),
    kubelet: named('kubelet'),
    gateway: named('gateway'),
    certManager: named('cert-manager'),
    argocd: named('argocd'),
    plan: named('plan'),
    deploy: named('deploy'),
    ops: named('ops'),
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

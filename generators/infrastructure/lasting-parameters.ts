import { ingressAddressOf } from '../../environments/schema/subnets.ts';
import { splitProvider } from '../../environments/schema/providers.ts';
import type { EnvironmentSettings } from '../../environments/schema/environment-settings.ts';
import type { RenderContext } from '../render-context.ts';
import { spansZones } from '../../environments/schema/spans-zones.ts';
import { dnsParameters, idOrNil, placementParameters } from './placement-parameters.ts';

const HIGH_AVAILABILITY = {
  disabled: 'Disabled',
  same_zone: 'SameZone',
  zone_redundant: 'ZoneRedundant',
} as const;

const CLUSTERING = { none: 'NoCluster', enterprise: 'EnterpriseCluster' } as const;

/** The parameters of core.bicep: network, data and whatever else outlives a cluster. */
export function lastingParameters(context: RenderContext) {
  const { settings } = context.environment;
  const dns = dnsParameters(context);
  return {
    ...placementParameters(context),
    tenantId: idOrNil(settings.tenant_id),
    spansZones: spansZones(settings),
    network: networkParameters(context),
    ingress: ingressParameters(settings),
    ...(dns !== undefined && { dns }),
    postgres: postgresParameters(settings),
    redis: redisParameters(settings),
    keyVault: {
      purgeProtection: settings.key_vault.purge_protection,
      retentionDays: settings.key_vault.retention_days,
    },
    openAi: openAiParameters(context),
    monitoring: {
      prometheus: settings.monitoring,
      keda: settings.gateway.autoscaling === 'keda',
      emails: settings.alerts.emails,
    },
  };
}

function networkParameters({ environment: { settings }, subnets }: RenderContext) {
  return {
    addressSpace: settings.network.address_space,
    subnets: {
      aks: subnets.aks,
      privateEndpoints: subnets.private_endpoints,
      ingress: subnets.ingress,
      apiServer: subnets.api_server,
    },
  };
}

function ingressParameters(settings: EnvironmentSettings) {
  const { exposure } = settings.ingress;
  return exposure === 'public' ? { exposure } : { exposure, address: ingressAddressOf(settings) };
}

function postgresParameters({ postgres }: EnvironmentSettings) {
  return {
    sku: postgres.sku,
    tier: tierOf(postgres.sku),
    version: postgres.version,
    storageGb: postgres.storage_gb,
    highAvailability: HIGH_AVAILABILITY[postgres.high_availability],
    backupDays: postgres.backup_days,
    geoRedundantBackup: postgres.geo_redundant_backup,
    signIn: postgres.sign_in,
    // Of an identity that core.bicep makes the id is known afterwards: the next deployment lets it in.
    administrators: postgres.administrators
      .filter(({ object_id }) => object_id !== 'unset')
      .map(({ object_id, name, type }) => ({ objectId: object_id, name, type })),
  };
}

/** The schema lets no other letter through. */
function tierOf(sku: string): 'Burstable' | 'GeneralPurpose' | 'MemoryOptimized' {
  if (sku.startsWith('Standard_B')) return 'Burstable';
  return sku.startsWith('Standard_D') ? 'GeneralPurpose' : 'MemoryOptimized';
}

function redisParameters({ redis, gateway }: EnvironmentSettings) {
  return {
    sku: redis.sku,
    clusteringPolicy: CLUSTERING[redis.clustering],
    highAvailability: redis.high_availability,
    accessKeys: gateway.cache?.type === 'redis' && gateway.cache.password !== undefined,
  };
}

function openAiParameters({ environment: { settings, models } }: RenderContext) {
  const azureModels = models.model_list.filter(
    ({ litellm_params }) => splitProvider(litellm_params.model).provider === 'azure',
  );
  return {
    deployments: settings.openai.deployments.map(({ name, model, version, sku, capacity }) => ({
      name,
      model,
      version,
      sku,
      capacity,
    })),
    accountKeys: azureModels.some(({ litellm_params }) => litellm_params.api_key !== undefined),
  };
}

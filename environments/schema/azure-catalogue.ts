// What Azure offers, as far as an environment may choose it. A list here is what a typing mistake is held against; Azure
// itself has the last word at deployment time, by subscription and region.

/** Regions by their ARM name. */
export const REGIONS = [
  'australiaeast',
  'brazilsouth',
  'canadacentral',
  'canadaeast',
  'centralindia',
  'centralus',
  'eastasia',
  'eastus',
  'eastus2',
  'francecentral',
  'germanywestcentral',
  'israelcentral',
  'italynorth',
  'japaneast',
  'japanwest',
  'koreacentral',
  'mexicocentral',
  'newzealandnorth',
  'northcentralus',
  'northeurope',
  'norwayeast',
  'polandcentral',
  'southafricanorth',
  'southcentralus',
  'southeastasia',
  'southindia',
  'spaincentral',
  'swedencentral',
  'switzerlandnorth',
  'uaenorth',
  'uksouth',
  'ukwest',
  'westcentralus',
  'westeurope',
  'westus',
  'westus2',
  'westus3',
] as const;

/** Regions that are one zone each. https://learn.microsoft.com/azure/reliability/regions-list */
export const REGIONS_WITHOUT_ZONES: readonly (typeof REGIONS)[number][] = [
  'canadaeast',
  'northcentralus',
  'southindia',
  'ukwest',
  'westcentralus',
  'westus',
];

/** Regions without a second one that Azure copies backups to. https://learn.microsoft.com/azure/reliability/regions-list */
export const REGIONS_WITHOUT_PAIR: readonly (typeof REGIONS)[number][] = [
  'israelcentral',
  'italynorth',
  'mexicocentral',
  'newzealandnorth',
  'polandcentral',
  'spaincentral',
];

/** Sizes of Azure Managed Redis. B0 and B1 are for trials. */
export const REDIS_SKUS = [
  'Balanced_B0',
  'Balanced_B1',
  'Balanced_B3',
  'Balanced_B5',
  'Balanced_B10',
  'Balanced_B20',
  'Balanced_B50',
  'Balanced_B100',
  'MemoryOptimized_M10',
  'MemoryOptimized_M20',
  'MemoryOptimized_M50',
  'ComputeOptimized_X3',
  'ComputeOptimized_X5',
  'ComputeOptimized_X10',
  'ComputeOptimized_X20',
  'ComputeOptimized_X50',
] as const;

/** Sizes beyond the 25 GB that one shard may hold. https://learn.microsoft.com/azure/redis/architecture */
export const REDIS_SKUS_OF_SHARDS: readonly (typeof REDIS_SKUS)[number][] = [
  'Balanced_B50',
  'Balanced_B100',
  'MemoryOptimized_M50',
  'ComputeOptimized_X50',
];

/** Ways that Azure OpenAI sells a model deployment. */
export const MODEL_SKUS = [
  'GlobalStandard',
  'DataZoneStandard',
  'Standard',
  'GlobalProvisionedManaged',
  'DataZoneProvisionedManaged',
  'ProvisionedManaged',
] as const;

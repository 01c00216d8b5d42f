import { stepsOf } from './compiled-steps.ts';
import type { CompiledRule } from './rule.ts';

const IF_AZURE_WATCHES = `"condition":"[equals(parameters('cluster').monitoring.prometheus, 'azure')]"`;

/** By symbols of a resource, what the compiler writes of it where environment.yaml decides. */
const DECISIONS: Readonly<Record<string, readonly string[]>> = {
  'coreStack/egress/gateway': [`"sku":{"name":"[if(parameters('core').spansZones, 'StandardV2', 'Standard')]"}`],
  'coreStack/ingressAddress/address': [
    `"zones":"[if(parameters('core').spansZones, createArray('1', '2', '3'), createArray())]"`,
  ],
  'coreStack/registry/registry': [`"zoneRedundancy":"[if(parameters('core').spansZones, 'Enabled', 'Disabled')]"`],
  'coreStack/keyVault/vault': [
    "'softDeleteRetentionInDays', parameters('core').keyVault.retentionDays",
    "if(parameters('core').keyVault.purgeProtection, createObject('enablePurgeProtection', true()), createObject())",
  ],
  'coreStack/monitoring/people': [
    `"count":"[length(parameters('core').monitoring.emails)]"`,
    `"emailAddress":"[parameters('core').monitoring.emails[copyIndex('emailReceivers')]]"`,
  ],
  'coreStack/monitoring/grafana': [`"zoneRedundancy":"[if(parameters('core').spansZones, 'Enabled', 'Disabled')]"`],
  'coreStack/openAi/account': [`"disableLocalAuth":"[not(parameters('core').openAi.accountKeys)]"`],
  'coreStack/openAi/deployments': [
    `"name":"[parameters('core').openAi.deployments[copyIndex()].model]"`,
    `"version":"[parameters('core').openAi.deployments[copyIndex()].version]"`,
    `"sku":{"name":"[parameters('core').openAi.deployments[copyIndex()].sku]","capacity":"[parameters('core').openAi.deployments[copyIndex()].capacity]"}`,
  ],
  'coreStack/postgres/server': [
    `"sku":{"name":"[parameters('core').postgres.sku]","tier":"[parameters('core').postgres.tier]"}`,
    "createObject('mode', parameters('core').postgres.highAvailability)",
    "'storageSizeGB', parameters('core').postgres.storageGb",
    "'backupRetentionDays', parameters('core').postgres.backupDays",
    "'geoRedundantBackup', if(parameters('core').postgres.geoRedundantBackup, 'Enabled', 'Disabled')",
    "'passwordAuth', if(equals(parameters('core').postgres.signIn, 'password'), 'Enabled', 'Disabled')",
    "not(equals(parameters('postgresPassword'), null()))), createObject('administratorLoginPassword', parameters('postgresPassword')), createObject())",
  ],
  'coreStack/redis/redis': [
    `"sku":{"name":"[parameters('core').redis.sku]"}`,
    `"highAvailability":"[if(parameters('core').redis.highAvailability, 'Enabled', 'Disabled')]"`,
  ],
  'coreStack/redis/database': [
    `"clusteringPolicy":"[parameters('core').redis.clusteringPolicy]"`,
    `"accessKeysAuthentication":"[if(parameters('core').redis.accessKeys, 'Enabled', 'Disabled')]"`,
  ],
  'clusterStack/prometheus': [IF_AZURE_WATCHES],
  'clusterStack/dashboards': [IF_AZURE_WATCHES],
  'clusterStack/aks/aks': [
    `"tier":"[parameters('cluster').tier]"`,
    "'kubernetesVersion', parameters('cluster').kubernetesVersion",
    "'networkDataplane', parameters('cluster').networkPolicy, 'networkPolicy', parameters('cluster').networkPolicy",
    "'keda', createObject('enabled', parameters('cluster').keda)",
    "'metrics', createObject('enabled', equals(parameters('cluster').monitoring.prometheus, 'azure'))",
    `"availabilityZones":"[parameters('cluster').zones]"`,
    ...['systemPool', 'userPool'].map(
      (pool) =>
        `'count', parameters('cluster').${pool}.min, 'minCount', parameters('cluster').${pool}.min, 'maxCount', parameters('cluster').${pool}.max`,
    ),
  ],
};

export const DECISION_RULES: readonly CompiledRule[] = [
  {
    title: 'what environment.yaml decides arrives as it is',
    reason: 'A value that the templates forget looks right wherever it happens to be the default.',
    find: (main) => {
      const texts = new Map(stepsOf(main).map(({ path, text }) => [path, text]));
      return Object.entries(DECISIONS).flatMap(([path, says]) =>
        says.filter((text) => !texts.get(path)?.includes(text)).map((text) => `${path} does not say ${text}`),
      );
    },
  },
];

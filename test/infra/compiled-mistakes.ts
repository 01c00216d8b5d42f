import type { Mistake } from './mistakes.ts';

/** What runs too early, beside what it must not, or in spite of what was decided: found in what the compiler writes, by rule. */
export const COMPILED_MISTAKES: Readonly<Record<string, readonly Mistake[]>> = {
  'whatever is pointed at is made before, in every environment': [
    {
      title: 'a network beside its security groups',
      file: 'core.bicep',
      from: 'dependsOn: [egress, networkRules]',
      to: 'dependsOn: [egress]',
      says: /^coreStack\/network\/network does not wait for \S+\/networkSecurityGroups \.names\.subnets\.privateEndpoints/,
    },
    {
      title: 'a cluster before what outlives it',
      file: 'main.bicep',
      from: "module clusterStack 'cluster.bicep' = {\n  params: { cluster: cluster }\n  dependsOn: [coreStack]",
      to: "module clusterStack 'cluster.bicep' = {\n  params: { cluster: cluster }",
      says: /^clusterStack\/aks\/aks does not wait for \S+\/userAssignedIdentities \.names\.identities\.kubelet/,
    },
    {
      title: 'credentials that wait by way of what is not in every environment',
      file: 'cluster.bicep',
      from: 'workloads: cluster.workloads }\n  dependsOn: [aks]',
      to: 'workloads: cluster.workloads }\n  dependsOn: [prometheus]',
      says: /^clusterStack\/workloadIdentities\/credentials does not wait for \S+\/managedClusters \.names\.cluster/,
    },
    {
      title: 'rights of an identity that is not there yet',
      file: 'modules/github-identities.bicep',
      from: 'dependsOn: [plan, deploy, ops]',
      to: 'dependsOn: [plan, ops]',
      says: /^githubAccess\/identities\/trusts does not wait for \S+ \.names\.identities\.deploy/,
    },
  ],
  'what Azure takes one at a time is written in series': [
    {
      title: 'models all at once',
      file: 'modules/open-ai.bicep',
      from: '@batchSize(1)\n',
      to: '',
      says: /^coreStack\/openAi\/deployments needs @batchSize\(1\)/,
    },
    {
      title: 'credentials all at once',
      file: 'modules/workload-identities.bicep',
      from: '@batchSize(1)\n',
      to: '@batchSize(5)\n',
      says: /^clusterStack\/workloadIdentities\/credentials needs @batchSize\(1\)/,
    },
    {
      title: 'a database beside the settings of its server',
      file: 'modules/postgres.bicep',
      from: '    dependsOn: [database]\n',
      to: '',
      says: /^coreStack\/postgres\/database is written beside coreStack\/postgres\/configurations/,
    },
  ],
  'endpoints wait for all that is written to their service': [
    {
      title: 'an endpoint beside the models',
      file: 'modules/open-ai.bicep',
      from: 'dependsOn: [deployments]',
      to: 'dependsOn: [logs]',
      says: /^coreStack\/openAi\/endpoint does not wait for coreStack\/openAi\/deployments/,
    },
  ],
  'what environment.yaml decides arrives as it is': [
    {
      title: 'alerts that nobody is told of',
      file: 'modules/monitoring.bicep',
      from: 'for email in settings.emails:',
      to: 'for email in take(settings.emails, 0):',
      says: /^coreStack\/monitoring\/people does not say "count":"\[length\(\S+\.emails\)\]"/,
    },
    {
      title: 'alert rules where Azure does not watch, and none where it does',
      file: 'cluster.bicep',
      from: "module prometheus 'modules/prometheus.bicep' = if (cluster.monitoring.prometheus == 'azure')",
      to: "module prometheus 'modules/prometheus.bicep' = if (cluster.monitoring.prometheus != 'azure')",
      says: /^clusterStack\/prometheus does not say "condition"/,
    },
    {
      title: 'keys of Azure OpenAI where nobody asks for one',
      file: 'modules/open-ai.bicep',
      from: 'disableLocalAuth: !settings.accountKeys',
      to: 'disableLocalAuth: settings.accountKeys',
      says: /^coreStack\/openAi\/account does not say "disableLocalAuth"/,
    },
  ],
};

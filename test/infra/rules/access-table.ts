import type { AccessFacts } from './access-facts.ts';

/** Who needs which role where, and only in environments of which `when` holds. */
export interface Right {
  readonly who: string;
  /** A key of `infra/roles.json`, or `own <key of infra/custom-roles.json>`. */
  readonly role: string;
  readonly where: string;
  readonly when?: (facts: AccessFacts) => boolean;
}

/** What core.bicep and cluster.bicep grant: whoever deploys those may hand out these roles, and no other. */
export const PROGRAM_RIGHTS: readonly Right[] = [
  { who: 'control-plane', role: 'networkContributor', where: 'the group' },
  { who: 'control-plane', role: 'managedIdentityOperator', where: 'kubelet' },
  { who: 'control-plane', role: 'privateDnsZoneContributor', where: 'zone azmk8s' },
  { who: 'kubelet', role: 'acrPull', where: 'ContainerRegistry/registries' },
  { who: 'argocd', role: 'acrPull', where: 'ContainerRegistry/registries' },
  { who: 'gateway', role: 'keyVaultSecretsUser', where: 'KeyVault/vaults' },
  { who: 'gateway', role: 'openAiUser', where: 'CognitiveServices/accounts' },
  {
    who: 'gateway',
    role: 'monitoringDataReader',
    where: 'Monitor/accounts',
    when: ({ hasGrafana, hasKeda }) => hasGrafana && hasKeda,
  },
  {
    who: 'Dashboard/grafana',
    role: 'monitoringDataReader',
    where: 'Monitor/accounts',
    when: ({ hasGrafana }) => hasGrafana,
  },
  {
    who: 'cert-manager',
    role: 'dnsZoneContributor',
    where: 'Network/dnsZones',
    when: ({ provesNames }) => provesNames,
  },
];

/** What github.bicep grants. */
export const JOB_RIGHTS: readonly Right[] = [
  { who: 'plan', role: 'reader', where: 'the group' },
  { who: 'plan', role: 'own plan', where: 'the subscription' },
  { who: 'deploy', role: 'own contribute', where: 'the group' },
  { who: 'deploy', role: 'rbacAdministrator', where: 'the group' },
  { who: 'deploy', role: 'deploymentStackOwner', where: 'the subscription' },
  { who: 'deploy', role: 'own deploy', where: 'the subscription' },
  { who: 'ops', role: 'own ops', where: 'the group' },
  { who: 'ops', role: 'aksRbacClusterAdmin', where: 'the group' },
  ...[
    { who: 'plan', role: 'reader' },
    { who: 'deploy', role: 'rbacAdministrator' },
    { who: 'deploy', role: 'dnsZoneContributor' },
  ].map((right) => ({
    ...right,
    where: 'the group of the zone',
    when: ({ hasForeignZone }: AccessFacts) => hasForeignZone,
  })),
];

/** What whoever may change everything in the group may not: what Azure takes from its Contributor, and the group itself. */
export const TAKEN_FROM_EVERYTHING = [
  'Microsoft.Authorization/*/delete',
  'Microsoft.Authorization/*/write',
  'Microsoft.Authorization/elevateAccess/action',
  'Microsoft.Blueprint/blueprintAssignments/delete',
  'Microsoft.Blueprint/blueprintAssignments/write',
  'Microsoft.Compute/galleries/share/action',
  'Microsoft.Purview/consents/delete',
  'Microsoft.Purview/consents/write',
  'Microsoft.Resources/deploymentStacks/manageDenySetting/action',
  'Microsoft.Resources/subscriptions/resourceGroups/delete',
];

/** Where people are named who look after an environment. */
export const PEOPLE = 'people: grafanaAdmin on the group';

const OF_GITHUB = 'https://token.actions.githubusercontent.com';
const OF_POD = 'the cluster system:serviceaccount:';

/** Whose tokens are trusted as whom: issuer and subject, with `<env>` and `<branch>` for what an environment calls them. */
export const TRUST = [
  `plan: ${OF_GITHUB} pull_request`,
  `plan: ${OF_GITHUB} ref:refs/heads/<branch>`,
  `deploy: ${OF_GITHUB} environment:<env>`,
  `ops: ${OF_GITHUB} environment:<env>-ops`,
  `gateway: ${OF_POD}tollgate:gateway`,
];
/** Of pods that not every environment has, and whether this one has them is the cluster's parameters to say. */
export const OPTIONAL_TRUST = [
  `gateway: ${OF_POD}kube-system:keda-operator`,
  `cert-manager: ${OF_POD}cert-manager:cert-manager`,
  `argocd: ${OF_POD}argocd:argocd-repo-server`,
];

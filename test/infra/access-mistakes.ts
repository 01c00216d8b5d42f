import type { Mistake } from './mistakes.ts';

/** Who may too much, or too little: found in what the templates create in dev, by rule. */
export const ACCESS_MISTAKES: Readonly<Record<string, readonly Mistake[]>> = {
  'everyone has the roles that he needs, where he needs them, and no other': [
    {
      title: 'nodes that may not pull',
      file: 'modules/registry.bicep',
      from: '[place.names.identities.kubelet, place.names.identities.argocd]',
      to: '[place.names.identities.argocd]',
      says: /^kubelet: acrPull on ContainerRegistry\/registries: is missing/,
    },
    {
      title: 'a vault that others read',
      file: 'modules/key-vault.bicep',
      from: 'name: place.names.identities.gateway',
      to: 'name: place.names.identities.kubelet',
      says: /^kubelet: keyVaultSecretsUser on KeyVault\/vaults: is not asked for/,
    },
    {
      title: 'more than reading on the vault',
      file: 'modules/key-vault.bicep',
      from: "roleDefinitions', roles.keyVaultSecretsUser)",
      to: "roleDefinitions', roles.rbacAdministrator)",
      says: /^gateway: rbacAdministrator on KeyVault\/vaults: is not asked for/,
    },
    {
      title: 'a subscription that the pipeline owns',
      file: 'modules/github-roles.bicep',
      from: 'role: roles.deploymentStackOwner',
      to: 'role: roles.rbacAdministrator',
      says: /^deploy: rbacAdministrator on the subscription: is not asked for/,
    },
    {
      title: 'an identity that nobody makes',
      file: 'modules/monitoring.bicep',
      from: 'grafana!.identity.principalId',
      to: "'18d7d88d-d35e-4fb5-a5c3-7773c20a72d9'",
      says: /^people: monitoringDataReader on Monitor\/accounts: is not asked for/,
    },
  ],
  'assignments are to identities of this environment, or to the group that looks after it': [
    {
      title: 'an assignment without principalType',
      file: 'modules/open-ai.bicep',
      from: "    principalType: 'ServicePrincipal'\n",
      to: '',
      says: /accounts\/oai-tollgate-dev-\S+ has no principalType/,
    },
    {
      title: 'the id of a client, which is nobody to Azure',
      file: 'modules/cluster-roles.bicep',
      from: 'principalId: controlPlane.properties.principalId',
      to: 'principalId: controlPlane.properties.clientId',
      says: /roleAssignments\/\S+ is for \[reference\(.*-control-plane'.*\.clientId\]/,
    },
  ],
  'whoever grants roles may grant those that the templates grant, to identities, and no other': [
    {
      title: 'rights to grant rights, without a condition',
      file: 'modules/github-rights.bicep',
      from: 'right.role == roles.rbacAdministrator ?',
      to: 'right.role == roles.reader ?',
      says: /^deploy: rbacAdministrator on the group: the condition is not as it has to be/,
    },
    {
      title: 'conditions of which one is enough',
      file: 'modules/github-rights.bicep',
      from: "join(limits, ' AND ')",
      to: "join(limits, ' OR ')",
      says: /^deploy: rbacAdministrator on the group: the condition is not as it has to be/,
    },
    {
      title: 'rights to grant rights among what may be granted',
      file: 'modules/github-rights.bicep',
      from: '      roles.acrPull\n',
      to: '      roles.acrPull\n      roles.rbacAdministrator\n',
      says: /the condition: f58310d9-\S+ is not asked for/,
    },
    {
      title: 'a role that is granted and may not be',
      file: 'modules/github-rights.bicep',
      from: '      roles.openAiUser\n',
      to: '',
      says: /the condition: 5e0bd9bd-\S+ is missing/,
    },
  ],
  'roles of our own say every action, or all that is taken from everything: rights, and the group itself': [
    {
      title: 'a job that may delete the group, and what a stack guards in it',
      file: 'custom-roles.json',
      from: '"Microsoft.Resources/subscriptions/resourceGroups/delete"',
      to: '"Microsoft.Resources/subscriptions/resourceGroups/moveResources/action"',
      says: /^Tollgate contribute \(\S+ \S+\) but Microsoft\.Resources\/subscriptions\/resourceGroups\/delete: is missing/,
    },
    {
      title: 'every action of a provider',
      file: 'custom-roles.json',
      from: 'Microsoft.Resources/deployments/validate/action',
      to: 'Microsoft.Resources/*',
      says: /^Tollgate plan \(\S+ \S+\) may Microsoft\.Resources\/\*/,
    },
  ],
  'tokens are trusted by exact subject, each by the identity that it is for': [
    {
      title: 'a subject for any ServiceAccount',
      file: 'modules/workload-identities.bicep',
      from: ':${workload.serviceAccount}',
      to: ':*',
      says: /^gateway: the cluster system:serviceaccount:tollgate:\*: is not asked for/,
    },
    {
      title: 'pull requests that deploy',
      file: 'modules/github-identities.bicep',
      from: "identity: names.deploy, name: 'environment', subject: 'environment:${github.deployEnvironment}'",
      to: "identity: names.deploy, name: 'pull-request', subject: 'pull_request'",
      says: /^deploy: \S+ pull_request: is not asked for/,
    },
  ],
};

/** A mistake in one file of infra/, and the check that has to find it. */
export interface Mistake {
  readonly title: string;
  /** Below infra/. */
  readonly file: string;
  readonly from: string;
  readonly to: string;
  /** What the finding says: file and line, or the resource. */
  readonly says: RegExp;
}

/** Found by the real compiler, most of them as mere warnings. */
export const COMPILER_MISTAKES: readonly Mistake[] = [
  {
    title: 'a misspelt property',
    file: 'modules/registry.bicep',
    from: 'anonymousPullEnabled',
    to: 'anonymusPullEnabled',
    says: /modules\/registry\.bicep:\d+:\d+.*anonymusPullEnabled.*BCP089/,
  },
  {
    title: 'a property that no such resource has',
    file: 'modules/ingress-address.bicep',
    from: "publicIPAllocationMethod: 'Static'",
    to: "publicIPAllocationMethod: 'Static'\n    colour: 'red'",
    says: /modules\/ingress-address\.bicep:\d+:\d+.*"colour".*BCP037/,
  },
  {
    title: 'a type of resource that does not exist',
    file: 'modules/identities.bicep',
    from: 'Microsoft.ManagedIdentity/userAssignedIdentities@',
    to: 'Microsoft.ManagedIdentity/userAssignedIdentitys@',
    says: /modules\/identities\.bicep:\d+:\d+.*userAssignedIdentitys.*BCP081/,
  },
  {
    title: 'a name that depends on what only Azure knows',
    file: 'modules/open-ai.bicep',
    from: 'serviceName: account.name',
    to: 'serviceName: account.properties.endpoint',
    says: /modules\/open-ai\.bicep:\d+:\d+.*what-if-short-circuiting/,
  },
  {
    title: 'a wrong type',
    file: 'modules/redis.bicep',
    from: 'port: 10000',
    to: "port: '10000'",
    says: /modules\/redis\.bicep:\d+:\d+.*BCP036/,
  },
  {
    title: 'a value that does not exist',
    file: 'modules/registry.bicep',
    from: "service: 'registry'",
    to: "service: 'registri'",
    says: /modules\/registry\.bicep:\d+:\d+.*registri/,
  },
  {
    title: 'an api version that does not exist',
    file: 'modules/key-vault.bicep',
    from: 'vaults@2026-02-01',
    to: 'vaults@2026-02-02',
    says: /modules\/key-vault\.bicep:\d+:\d+.*BCP081/,
  },
  {
    title: 'a property that has to be said',
    file: 'modules/redis.bicep',
    from: "    publicNetworkAccess: 'Disabled'\n",
    to: '',
    says: /modules\/redis\.bicep:\d+:\d+.*publicNetworkAccess.*BCP035/,
  },
  {
    title: 'a parameter that nobody reads',
    file: 'modules/egress.bicep',
    from: 'param place placement\n',
    to: "param place placement\n@description('Of the nodes.')\nparam size string\n",
    says: /modules\/egress\.bicep:\d+:\d+.*size.*no-unused-params/,
  },
  {
    title: 'an output with a secret',
    file: 'modules/redis.bicep',
    from: 'resource access ',
    to: "@description('Of Redis.')\noutput key string = database.listKeys().primaryKey\n\nresource access ",
    says: /modules\/redis\.bicep:\d+:\d+.*outputs-should-not-contain-secrets/,
  },
  {
    title: 'a password with a default',
    file: 'core.bicep',
    from: 'param postgresPassword string?',
    to: "param postgresPassword string = 'tollgate'",
    says: /core\.bicep:\d+:\d+.*secure-parameter-default/,
  },
  {
    title: 'an assignment named after a principal that is not known yet',
    file: 'modules/key-vault.bicep',
    from: 'guid(vault.id, gateway.id, ',
    to: 'guid(vault.id, gateway.properties.principalId, ',
    says: /modules\/key-vault\.bicep:\d+:\d+.*BCP120/,
  },
  {
    title: 'a location that is written out',
    file: 'modules/key-vault.bicep',
    from: 'location: place.location',
    to: "location: 'westeurope'",
    says: /modules\/key-vault\.bicep:\d+:\d+.*no-hardcoded-location/,
  },
];

/** Found by reading the templates. */
export const TEMPLATE_MISTAKES: Readonly<Record<string, readonly Mistake[]>> = {
  'templates use the api versions of the table': [
    {
      title: 'an older api version',
      file: 'modules/open-ai.bicep',
      from: 'accounts/deployments@2025-06-01',
      to: 'accounts/deployments@2024-10-01',
      says: /modules\/open-ai\.bicep:\d+: .*2024-10-01/,
    },
  ],
  'role ids and private zones stand in tables alone': [
    {
      title: 'a role by its id',
      file: 'modules/registry.bicep',
      from: 'identities[index].id, roles.acrPull',
      to: "identities[index].id, '7f951dda-4ed3-4680-a7ca-43fe172d538d'",
      says: /modules\/registry\.bicep:\d+: 7f951dda/,
    },
    {
      title: 'a private zone by its name',
      file: 'modules/private-endpoint.bicep',
      from: 'name: zone\n',
      to: "name: 'privatelink.azurecr.io'\n",
      says: /modules\/private-endpoint\.bicep:\d+: /,
    },
  ],
  'main.bicep calls and does nothing else, and files stay short': [
    {
      title: 'a resource in main.bicep',
      file: 'main.bicep',
      from: 'module clusterStack',
      to: "resource group 'Microsoft.Resources/resourceGroups@2025-04-01' existing = {\n  name: 'a'\n}\n\nmodule clusterStack",
      says: /main\.bicep:\d+: a resource/,
    },
  ],
};

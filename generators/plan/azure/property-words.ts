// What people call the settings that change most, and what a change of one does beside changing it.

export interface PropertyWords {
  /** Left out: of every type. */
  readonly type?: string;
  readonly path: RegExp;
  /** The setting; `$1` is what the path holds in its first group. */
  readonly words: string;
  /** After the number. */
  readonly unit?: string;
  /** A sentence on what comes with it; undefined where that is nothing. */
  readonly effect?: (before: string, after: string) => string | undefined;
  /** A clause on what a reviewer must not overlook, after the resource's name; undefined where there is nothing. */
  readonly danger?: (before: string, after: string) => string | undefined;
}

const POSTGRES = 'Microsoft.DBforPostgreSQL/flexibleServers';
const REDIS = 'Microsoft.Cache/redisEnterprise';
const MODEL = 'Microsoft.CognitiveServices/accounts/deployments';
const CLUSTER = 'Microsoft.ContainerService/managedClusters';
const TRUST = 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials';

const falls = (before: string, after: string) => Number(after) < Number(before);
const ANYONE = /^(\*|Internet|Any|0\.0\.0\.0\/0|::\/0)$/i;

// learn.microsoft.com/azure/postgresql/compute-storage/concepts-scaling-resources
const RESTARTS =
  'The server restarts for it: for a minute or so, seldom longer, it takes no connection, and what was not finished is undone.';
// learn.microsoft.com/azure/redis/how-to-scale
const RESIZES =
  'Connections drop for a moment. What is kept stays, unless it does not fit into a smaller size, which Azure then refuses.';

const PROPERTY_WORDS: readonly PropertyWords[] = [
  {
    type: MODEL,
    path: /^sku\.capacity$/,
    words: 'capacity',
    unit: 'thousand tokens a minute',
    effect: (before, after) =>
      falls(before, after)
        ? 'What is asked for above it is turned away with status 429 (too many requests).'
        : undefined,
  },
  {
    type: MODEL,
    path: /^sku\.name$/,
    words: 'where requests are computed',
    effect: () => 'That decides in which regions prompts are read, what they cost and which quota they count against.',
  },
  {
    type: MODEL,
    path: /^model\.version$/,
    words: 'version of the model',
    effect: () => 'Answers come from the other version from then on.',
  },
  { type: POSTGRES, path: /^sku\.name$/, words: 'size', effect: () => RESTARTS },
  { type: POSTGRES, path: /^sku\.tier$/, words: 'class of machine', effect: () => RESTARTS },
  { type: POSTGRES, path: /^storage\.storageSizeGB$/, words: 'storage', unit: 'GB' },
  {
    type: POSTGRES,
    path: /^version$/,
    words: 'version',
    effect: (before, after) =>
      falls(before, after) ? undefined : 'The server is away for minutes while it is upgraded, and cannot go back.',
  },
  {
    type: POSTGRES,
    path: /^highAvailability\.mode$/,
    words: 'standby server',
    effect: (_, after) =>
      after === 'Disabled'
        ? 'Without one, the database is away until Azure has replaced a machine that fails.'
        : undefined,
  },
  {
    type: POSTGRES,
    path: /^backup\.backupRetentionDays$/,
    words: 'days that backups are kept',
    effect: (before, after) => (falls(before, after) ? 'Backups that are older are dropped.' : undefined),
  },
  {
    type: POSTGRES,
    path: /^authConfig\.passwordAuth$/,
    words: 'sign-in with a password',
    effect: (_, after) => (after === 'Disabled' ? 'Whoever signs in with a password is refused.' : undefined),
  },
  { type: REDIS, path: /^sku\.name$/, words: 'size', effect: () => RESIZES },
  { type: REDIS, path: /^highAvailability$/, words: 'second copy' },
  // learn.microsoft.com/azure/redis/architecture: one shard is for 25 GB and less, and is the one policy that can be left.
  {
    type: `${REDIS}/databases`,
    path: /^clusteringPolicy$/,
    words: 'how data is spread',
    danger: (before) =>
      before === 'NoCluster'
        ? 'leaves its one shard, and never comes back to it. A size beyond the 25 GB of one shard has to wait for the deployment after this one: Azure changes the size first, and refuses it'
        : undefined,
  },
  {
    type: `${REDIS}/databases`,
    path: /^accessKeysAuthentication$/,
    words: 'sign-in with a key',
    effect: (_, after) =>
      `Every connection drops${after === 'Disabled' ? ', and whoever comes back with a key is refused' : ''}.`,
  },
  {
    type: CLUSTER,
    path: /^kubernetesVersion$/,
    words: 'version of Kubernetes',
    effect: () => 'Its machines are replaced one after the other, and what runs moves from the old to the new.',
  },
  { type: CLUSTER, path: /^agentPoolProfiles\[([^\]]*)\]\.minCount$/, words: 'fewest machines of pool $1' },
  { type: CLUSTER, path: /^agentPoolProfiles\[([^\]]*)\]\.maxCount$/, words: 'most machines of pool $1' },
  { type: CLUSTER, path: /^agentPoolProfiles\[([^\]]*)\]\.count$/, words: 'machines of pool $1 at the start' },
  {
    type: CLUSTER,
    path: /^agentPoolProfiles\[([^\]]*)\]\.vmSize$/,
    words: 'machine size of pool $1',
    danger: (_, after) =>
      after === '' ? 'loses a pool of machines: what runs on them has to find room on others, or stops' : undefined,
  },
  { type: CLUSTER, path: /^sku\.tier$/, words: 'promised availability' },
  {
    type: 'Microsoft.OperationalInsights/workspaces',
    path: /^retentionInDays$/,
    words: 'days that logs are kept',
    effect: (before, after) => (falls(before, after) ? 'Logs that are older are dropped.' : undefined),
  },
  {
    type: TRUST,
    path: /^(subject|issuer|audiences)$/,
    words: 'who is trusted ($1)',
    effect: () => 'Whoever signed in as the old one is refused.',
  },
  {
    type: 'Microsoft.Network/natGateways',
    path: /^publicIpAddresses\b/,
    words: 'address that requests come from',
    danger: () => 'sends requests from another address: whoever lets only the old one through has to be told first',
  },
  {
    type: 'Microsoft.Network/dnsZones/A',
    path: /ipv4Address$/,
    words: 'address',
    effect: () => 'Clients go there as soon as their old answer has run out.',
  },
  {
    type: 'Microsoft.Network/networkSecurityGroups',
    path: /^securityRules\[([^\]]*)\]\.sourceAddressPrefix$/,
    words: 'who rule $1 is about',
    danger: (before, after) =>
      ANYONE.test(after) && !ANYONE.test(before) ? 'has a rule that is now about the whole internet' : undefined,
  },
  { type: 'Microsoft.Authorization/roleDefinitions', path: /^name$/, words: 'id' },
  { type: 'Microsoft.Authorization/roleDefinitions', path: /^roleName$/, words: 'name' },
  {
    type: 'Microsoft.Authorization/roleAssignments',
    path: /^name$/,
    words: 'id',
    effect: () => 'Azure refuses the same right twice, so the old one has to be taken away first.',
  },
  {
    path: /^publicNetworkAccess$|\.publicNetworkAccess$/,
    words: 'reachable from the internet',
    danger: (_, after) => (after === 'Enabled' ? 'can be reached from the internet' : undefined),
  },
  {
    path: /^networkAcls\.defaultAction$/,
    words: 'whoever is on no list',
    danger: (_, after) => (after === 'Allow' ? 'lets in everybody who is on no list' : undefined),
  },
  { path: /^location$/, words: 'region' },
  { path: /^serializedData$/, words: 'content' },
  { path: /^tags\.(.+)$/, words: 'tag $1' },
  {
    path: /^apiVersion$/,
    words: "version of Azure's own API",
    effect: () => 'Nothing of the resource itself changes by that.',
  },
];

/** The words for one property of one type; undefined where it goes by its path. */
export function propertyWords(type: string, path: string): PropertyWords | undefined {
  return PROPERTY_WORDS.find(
    (row) => (row.type === undefined || row.type.toLowerCase() === type.toLowerCase()) && row.path.test(path),
  );
}

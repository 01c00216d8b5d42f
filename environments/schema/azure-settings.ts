import { z } from 'zod';
import { MODEL_SKUS, REDIS_SKUS } from './azure-catalogue.ts';

/** An id that Azure gives: known only after a deployment or a sign-up, and `unset` until then. It is never made up. */
export const AzureId = z
  .string()
  .regex(
    /^([0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}|unset)$/i,
    'write the id that Azure gave (8-4-4-4-12 hex digits), or unset',
  )
  .default('unset');

const IpRange = z.cidrv4({ error: 'write an IPv4 range such as 10.30.0.0/16' });

/** The network. Subnets that are left out lie at the start of the address space: `subnetsOf` says where. */
export const Network = z.strictObject({
  address_space: IpRange.default('10.30.0.0/16').describe('The virtual network. Environments do not share one.'),
  subnets: z
    .strictObject({
      aks: IpRange.describe('Nodes. Pods have addresses of their own.'),
      private_endpoints: IpRange.describe('Postgres, Redis, Key Vault, registry and Azure OpenAI.'),
      ingress: IpRange.describe('The load balancer of an internal ingress.'),
      api_server: IpRange.describe('The private API server; a /28 or more, and nothing else in it.'),
    })
    .partial()
    .prefault({}),
});

const NodePool = z
  .strictObject({
    vm_size: z
      .string()
      .regex(/^Standard_[A-Z][A-Za-z0-9_]*$/, 'write a size such as Standard_D4ds_v5')
      .default('Standard_D4ds_v5'),
    min: z.int().min(1).max(100).default(2),
    max: z.int().min(1).max(100).default(4),
  })
  .refine(({ min, max }) => min <= max, { error: 'min is above max', path: ['max'] });

export const Cluster = z.strictObject({
  kubernetes_version: z
    .string()
    .regex(/^1\.\d{2}$/, 'write a minor version such as "1.36", in quotes')
    .default('1.36'),
  tier: z.enum(['Free', 'Standard', 'Premium']).default('Standard'),
  zones: z
    .array(z.int().min(1).max(3))
    .refine((zones) => new Set(zones).size === zones.length, 'a zone stands twice')
    .default([])
    .describe('Availability zones of the node pools; none by default. Chosen when a pool is made, and never after.'),
  network_policy: z
    .enum(['cilium', 'azure'])
    .default('cilium')
    .describe('What enforces network policies. Azure ends `azure` on Linux in September 2028.'),
  system_pool: NodePool.prefault({ max: 3 }),
  user_pool: NodePool.prefault({}),
});

const PostgresAdministrator = z.strictObject({
  object_id: AzureId.describe('Of the user, group or identity. Of an identity it is not the client id.'),
  name: z.string().min(1).max(63).describe('The role in the database.'),
  type: z.enum(['Group', 'ServicePrincipal', 'User']).default('ServicePrincipal'),
});

export const Postgres = z.strictObject({
  sku: z
    .string()
    .regex(/^Standard_(B|D|E)\d+[a-z]*(_v\d)?$/, 'write a size such as Standard_D2ds_v5')
    .default('Standard_D2ds_v5'),
  version: z.enum(['15', '16', '17', '18']).default('17'),
  storage_gb: z.literal([32, 64, 128, 256, 512, 1_024, 2_048, 4_096]).default(64).describe('It never shrinks.'),
  high_availability: z.enum(['disabled', 'same_zone', 'zone_redundant']).default('disabled'),
  backup_days: z.int().min(7).max(35).default(7),
  geo_redundant_backup: z.boolean().default(false).describe('Decided when the server is made, and never after.'),
  sign_in: z
    .enum(['password', 'entra'])
    .default('password')
    .describe('A password that Key Vault alone holds, or tokens of the administrators and of nobody else.'),
  administrators: z.array(PostgresAdministrator).default([]).describe('Who administers the server by Entra tokens.'),
});

export const Redis = z.strictObject({
  sku: z.enum(REDIS_SKUS).default('Balanced_B1'),
  clustering: z
    .enum(['none', 'enterprise'])
    .default('none')
    .describe(
      'none: one shard, of 25 GB at most, where a command may touch any keys. enterprise: as many as the size has, and no way back.',
    ),
  high_availability: z.boolean().default(false).describe('Cannot be switched off again.'),
});

export const KeyVault = z.strictObject({
  purge_protection: z
    .boolean()
    .default(false)
    .describe('Cannot be undone, and keeps the name of a deleted vault taken: for environments that stay.'),
  retention_days: z
    .int()
    .min(7)
    .max(90)
    .default(7)
    .describe('How long what was deleted can be brought back. Chosen when the vault is made, and never after.'),
});

const ModelDeployment = z.strictObject({
  name: z.string().regex(/^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/, 'write a name such as gpt-5.4-mini'),
  model: z.string().min(1),
  version: z.string().min(1).describe('Such as "2026-03-17", in quotes.'),
  sku: z.enum(MODEL_SKUS).default('GlobalStandard'),
  capacity: z.int().min(1).max(100_000).describe('Thousands of tokens a minute.'),
});

export const OpenAi = z.strictObject({
  deployments: z.array(ModelDeployment).default([]).describe('What the account of this environment serves.'),
});

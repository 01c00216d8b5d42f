import { z } from 'zod';
import { REGIONS } from './azure-catalogue.ts';
import { AzureId, Cluster, KeyVault, Network, OpenAi, Postgres, Redis } from './azure-settings.ts';
import { isForeignZone } from './foreign-zones.ts';
import { Gateway } from './gateway-settings.ts';
import { EnvironmentName } from './identifiers.ts';

const HostName = z.string().regex(/^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/, {
  error: 'write a full lower-case host name such as llm.dev.example.com',
});

const Registry = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?(\/[a-z0-9._-]+)*$/, 'write a registry such as crdev.azurecr.io');

const Email = z.email({ error: 'write an address such as platform@example.com' });

const Repository = z.strictObject({
  url: z
    .string()
    .regex(/^https:\/\/[^\s/@]+\/\S+[^\s/]$/, 'write the https address of this repository, without a name or password'),
  branch: z
    .string()
    .regex(/^[\w][\w./-]*$/, 'write a branch such as main')
    .default('main'),
  oidc_subject: z
    .string()
    .regex(/^repo:[^\s:]+$/, 'write what stands before the second colon, such as repo:owner@12/name@34')
    .optional()
    .describe(
      "How a job's token begins; GitHub's API tells. Repositories made or moved since July 2026 have ids in it.",
    ),
});

const Ingress = z.strictObject({
  controller: z
    .enum(['nginx', 'gateway_api'])
    .default('nginx')
    .describe("F5's NGINX Ingress Controller, or the Gateway API of AKS's application routing."),
  exposure: z.enum(['public', 'internal']).default('public'),
  address: z.ipv4().optional().describe('Of an internal ingress, in its subnet; the fifth of it by default.'),
});

const Certificates = z.strictObject({
  issuer: z
    .enum(['letsencrypt-staging', 'letsencrypt'])
    .default('letsencrypt-staging')
    .describe('Staging is not trusted by clients, and its rate limits forgive mistakes.'),
  email: Email.optional().describe('Whom the certificate authority writes to.'),
});

const Dns = z.strictObject({
  zone: HostName.refine((zone) => !isForeignZone(zone), {
    error: 'it belongs to Azure or to the cluster: write a zone of your own such as dev.example.com',
  }).describe('The public zone that every host name lies in.'),
  resource_group: z.string().min(1).max(90).optional().describe("Of a zone that exists; else the environment's own."),
});

const Identities = z.strictObject({
  gateway: AzureId,
  cert_manager: AzureId,
  argocd: AzureId,
});

const ArgoCd = z.strictObject({
  host_name: HostName.optional().describe('Where people open it; without one, by port-forward alone.'),
  sso_client_id: AzureId.describe('The app registration that people sign in with.'),
  admin_group_id: AzureId.describe('The Entra group that may do everything; all others may look.'),
});

const Alerts = z.strictObject({
  emails: z.array(Email).default([]),
});

/** `environment.yaml`: everything that tells one environment from another. */
export const EnvironmentSettings = z.strictObject({
  name: EnvironmentName,
  engine: z
    .enum(['tollgate', 'litellm'])
    .default('tollgate')
    .describe('The gateway of this project, or the stock LiteLLM image from the same files.'),
  subscription_id: AzureId,
  tenant_id: AzureId,
  location: z.enum(REGIONS, { error: 'write a region such as swedencentral' }).default('swedencentral'),
  zone_redundant: z
    .boolean()
    .optional()
    .describe(
      'Whether the way out, the address, the registry and Grafana stand in every zone; by default where the nodes have zones. Chosen when they are made, and never after: write it before the nodes of an environment that stands get zones.',
    ),
  name_suffix: z
    .string()
    .regex(/^[a-z0-9]{3,8}$/, 'write 3 to 8 lower-case letters or digits, such as k7m2')
    .optional()
    .describe('Ends the names that are unique in all of Azure. Never change it: every resource would be another one.'),
  repository: Repository.optional().describe('What Argo CD reads.'),
  registry: Registry.optional().describe("Where images are pulled from; the environment's own registry by default."),
  third_party_from: z
    .enum(['registry', 'maker'])
    .default('registry')
    .describe("Charts and images of others: from the environment's registry, or from their makers'."),
  network: Network.prefault({}),
  cluster: Cluster.prefault({}),
  postgres: Postgres.prefault({}),
  redis: Redis.prefault({}),
  key_vault: KeyVault.prefault({}),
  openai: OpenAi.prefault({}),
  host_names: z.array(HostName).default([]),
  dns: Dns.optional(),
  ingress: Ingress.prefault({}),
  certificates: Certificates.prefault({}),
  identities: Identities.prefault({}).describe('Client ids of the workload identities.'),
  argocd: ArgoCd.prefault({}),
  monitoring: z
    .enum(['azure', 'operator'])
    .default('azure')
    .describe("Azure's Managed Prometheus, or a Prometheus Operator in the cluster."),
  alerts: Alerts.prefault({}).describe('Who is told when a rule fires.'),
  gateway: Gateway,
});
export type EnvironmentSettings = z.infer<typeof EnvironmentSettings>;

import { z } from 'zod';
import { Reference } from './identifiers.ts';

const Database = z.strictObject({
  url: z
    .union([z.literal('embedded'), Reference], { error: 'write os.environ/NAME, or embedded for a local trial' })
    .describe("`embedded` runs a Postgres of the gateway's own: for environments/local alone."),
  pool_limit: z.int().min(1).max(100).default(10).describe('Connections of each pod.'),
  batch_write_at: z.number().min(0.1).max(3_600).default(60).describe('Seconds between two writes of spend.'),
  allow_requests_on_db_unavailable: z
    .boolean()
    .default(true)
    .describe('Known keys are served while the database is away.'),
});

const Cache = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('local'), ttl: z.int().positive().optional() }),
  z.strictObject({
    type: z.literal('redis'),
    host: Reference,
    port: Reference.or(z.int().min(1).max(65_535)),
    password: Reference.optional(),
    ssl: z.boolean().default(true),
    ttl: z.int().positive().optional().describe('Seconds that an answer is kept.'),
  }),
]);

const Replicas = z
  .strictObject({ min: z.int().min(1).max(100), max: z.int().min(1).max(100) })
  .refine(({ min, max }) => min <= max, { error: 'min is above max', path: ['max'] });

export const Gateway = z.strictObject({
  replicas: Replicas.default({ min: 2, max: 6 }),
  autoscaling: z
    .enum(['cpu', 'keda'])
    .default('cpu')
    .describe("`keda` scales on requests in flight: it needs AKS's KEDA add-on and prometheus_url."),
  prometheus_url: z
    .union([z.url({ protocol: /^https?$/ }), z.literal('unset')], { error: 'write an address, or unset' })
    .default('unset')
    .describe('Where KEDA asks for requests in flight. The address of Managed Prometheus is known after a deployment.'),
  internet_egress: z
    .boolean()
    .default(true)
    .describe('Pods may reach port 443 outside the private network: other providers, and sign-in at Entra.'),
  master_key: Reference.optional(),
  database: Database,
  cache: Cache.optional(),
});

import { z } from 'zod';
import { EnvironmentName, Reference } from './identifiers.ts';

const HostName = z.string().regex(/^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/, {
  error: 'write a full lower-case host name such as llm.dev.example.com',
});

const Registry = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?(\/[a-z0-9._-]+)*$/, 'write a registry such as crdev.azurecr.io');

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

/** `environment.yaml`: everything that tells one environment from another. */
export const EnvironmentSettings = z.strictObject({
  name: EnvironmentName,
  engine: z
    .enum(['tollgate', 'litellm'])
    .default('tollgate')
    .describe('The gateway of this project, or the stock LiteLLM image from the same files.'),
  host_names: z.array(HostName).default([]),
  registry: Registry.optional().describe('Where the images are pulled from.'),
  gateway: z.strictObject({
    replicas: Replicas.default({ min: 2, max: 6 }),
    master_key: Reference.optional(),
    database: Database,
    cache: Cache.optional(),
  }),
});
export type EnvironmentSettings = z.infer<typeof EnvironmentSettings>;

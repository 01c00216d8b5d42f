import { z } from 'zod';
import { EnvironmentName, Reference } from './identifiers.ts';

const HostName = z.string().regex(/^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+[a-z]{2,63}$/, {
  error: 'write a full lower-case host name such as llm.dev.example.com',
});

const Registry = z
  .string()
  .regex(/^[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?(\/[a-z0-9._-]+)*$/, 'write a registry such as crdev.azurecr.io');

const Database = z.strictObject({
  /** `embedded` runs a Postgres of the gateway's own: for environments/local alone. */
  url: z.union([z.literal('embedded'), Reference], { error: 'write os.environ/NAME, or embedded for a local trial' }),
  /** Connections of each pod. */
  pool_limit: z.int().min(1).max(100).default(10),
  /** Seconds between two writes of spend. */
  batch_write_at: z.number().min(0.1).max(3_600).default(60),
  /** Known keys are served while the database is away. */
  allow_requests_on_db_unavailable: z.boolean().default(true),
});

const Cache = z.discriminatedUnion('type', [
  z.strictObject({ type: z.literal('local'), ttl: z.int().positive().optional() }),
  z.strictObject({
    type: z.literal('redis'),
    host: Reference,
    port: Reference.or(z.int().min(1).max(65_535)),
    password: Reference.optional(),
    ssl: z.boolean().default(true),
    /** Seconds that an answer is kept. */
    ttl: z.int().positive().optional(),
  }),
]);

const Replicas = z
  .strictObject({ min: z.int().min(1).max(100), max: z.int().min(1).max(100) })
  .refine(({ min, max }) => min <= max, { error: 'min is above max', path: ['max'] });

/** `environment.yaml`: everything that tells one environment from another. */
export const EnvironmentSettings = z.strictObject({
  name: EnvironmentName,
  /** The gateway of this project, or the stock LiteLLM image from the same files. */
  engine: z.enum(['tollgate', 'litellm']).default('tollgate'),
  host_names: z.array(HostName).default([]),
  /** Where the images are pulled from. */
  registry: Registry.optional(),
  gateway: z.strictObject({
    replicas: Replicas.default({ min: 2, max: 6 }),
    master_key: Reference.optional(),
    database: Database,
    cache: Cache.optional(),
  }),
});
export type EnvironmentSettings = z.infer<typeof EnvironmentSettings>;

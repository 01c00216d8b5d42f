import { z } from 'zod';
import { limitFields } from './budget.ts';
import { Alias, KeyToken, ModelName, Reference } from './identifiers.ts';
import { Model, RouterSettings } from './model.ts';

// The contract between review time and run time: LiteLLM's config.yaml with the keys that have an effect here,
// and three of our own (revision, teams, virtual_keys). Strings may be `os.environ/NAME`.

const PORT = 'write a port from 1 to 65535, or os.environ/NAME';
const PortNumber = z.union([z.int().min(1, PORT).max(65_535, PORT), z.string().regex(/^\d{1,5}$/, PORT), Reference], {
  error: PORT,
});

const CacheParams = z.strictObject({
  type: z.enum(['local', 'redis']).optional().describe("Default: redis, LiteLLM's own."),
  host: z.string().min(1).optional(),
  port: PortNumber.optional(),
  username: z.string().min(1).optional(),
  password: z.string().min(1).optional(),
  url: z.string().min(1).optional().describe('redis:// or rediss://, in place of host and port.'),
  ssl: z.boolean().optional(),
  namespace: z
    .string()
    .min(1)
    .optional()
    .describe('Set before each key, so that several gateways can share one Redis.'),
  ttl: z.number().positive().optional().describe('Seconds that an answer is kept. Default: 600.'),
});

const LitellmSettings = z.strictObject({
  cache: z.boolean().optional(),
  cache_params: CacheParams.optional(),
  request_timeout: z.number().positive().optional().describe('Seconds; router_settings.timeout wins.'),
  num_retries: z.int().nonnegative().max(10).optional().describe('router_settings.num_retries wins.'),
});

const GeneralSettings = z.strictObject({
  master_key: z.string().min(1).optional(),
  database_url: z
    .string()
    .min(1)
    .optional()
    .describe("postgres://..., or `embedded` for a Postgres of the gateway's own."),
  database_connection_pool_limit: z.int().min(1).max(100).optional().describe('Default: 10.'),
  database_connection_timeout: z
    .number()
    .positive()
    .optional()
    .describe('Seconds to wait for a connection. Default: 60.'),
  proxy_batch_write_at: z.number().positive().optional().describe('Seconds between two writes of spend. Default: 10.'),
  allow_requests_on_db_unavailable: z
    .boolean()
    .optional()
    .describe('False refuses requests while the database is away. Default: true: known keys are always served.'),
  max_request_size_mb: z.number().positive().max(1_024).optional().describe('Default: 32.'),
});

const ConfiguredTeam = z.strictObject({
  team_id: Alias,
  team_alias: Alias.optional(),
  models: z.array(ModelName).optional(),
  ...limitFields,
  blocked: z.boolean().optional(),
});

const ConfiguredKey = z.strictObject({
  token: KeyToken,
  previous_token: KeyToken.optional().describe('The hash that a running rotation is about to retire.'),
  key_alias: Alias,
  team_id: Alias.optional(),
  models: z.array(ModelName).optional(),
  ...limitFields,
  expires: z.iso.datetime({ offset: true }).optional(),
  blocked: z.boolean().optional(),
});

export const GatewayConfig = z.strictObject({
  revision: z.string().min(1).optional().describe('Hash of all that follows; GET /revision tells it.'),
  model_list: z.array(Model).default([]),
  router_settings: RouterSettings.optional(),
  litellm_settings: LitellmSettings.optional(),
  general_settings: GeneralSettings.optional(),
  environment_variables: z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])).optional(),
  teams: z.array(ConfiguredTeam).default([]),
  virtual_keys: z.array(ConfiguredKey).default([]),
});
export type GatewayConfig = z.infer<typeof GatewayConfig>;
export type ConfiguredTeam = z.infer<typeof ConfiguredTeam>;
export type ConfiguredKey = z.infer<typeof ConfiguredKey>;
export type CacheParams = z.infer<typeof CacheParams>;

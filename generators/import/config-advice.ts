/** Why a key of config.yaml is left out, and what to do about it. */
export interface Advice {
  readonly reason: string;
  readonly advice: string;
}

/** What to do about a value that is of the wrong kind. */
export const CORRECT = 'correct it here, and import again';

const UNKNOWN: Advice = {
  reason: 'the gateway does not read it',
  advice: 'nothing, unless you count on it: then keep LiteLLM for that traffic',
};

function advise(reason: string, advice: string): Advice {
  return { reason, advice };
}

const CALLBACKS = advise(
  'the gateway calls no outside services about requests',
  'read its metrics and its spend logs in Postgres',
);
const FALLBACKS = advise(
  'a request never moves to another model',
  'give the model a second entry of the same model_name in models.yaml',
);
const UNCHANGED = advise(
  'requests reach the upstream as they are',
  'stop sending parameters that the upstream refuses',
);
const COOLDOWN = advise(
  'the gateway rests a failing deployment by rules of its own',
  'nothing; num_retries is carried over',
);
const AWS = advise(
  'requests are not signed for AWS',
  'reach the model through an OpenAI-compatible address with openai/ and api_base',
);
const ENTRA = advise('upstreams are reached with an api_key', 'write api_key: os.environ/NAME in models.yaml');
const GLOBAL_BUDGET = advise('budgets belong to teams and keys', 'give each team max_budget and budget_duration');
const MANAGEMENT = advise(
  'keys are made by pull request, not by an API',
  'hold them to environments/policy.yaml instead',
);
const ALERTING = advise('alerts come from metrics', 'write alerts.emails in environment.yaml');
const LOGGING = advise('the gateway never logs prompts, keys or headers', 'nothing');

/** By the key's path without places in lists; the longest one that fits counts. */
const ADVICE: Readonly<Record<string, Advice>> = {
  include: advise(
    'one file is imported, not those that it includes',
    'put their content into this file and import again',
  ),
  credential_list: advise('credentials stand at each model', 'write api_key: os.environ/NAME in models.yaml'),
  guardrails: advise('the gateway does not read prompts', 'run guardrails in the application'),
  mcp_servers: advise('the gateway speaks to models alone', 'run MCP servers beside it'),
  mcp_tools: advise('the gateway speaks to models alone', 'run MCP servers beside it'),
  prompts: advise('prompts stay with the application', 'nothing'),
  callback_settings: CALLBACKS,
  teams: advise('these are already in our own form', 'take keys/ of the environment that rendered this file'),
  virtual_keys: advise('these are already in our own form', 'take keys/ of the environment that rendered this file'),
  revision: advise('rendering makes it anew', 'nothing'),
  'model_list.litellm_params.aws_access_key_id': AWS,
  'model_list.litellm_params.aws_secret_access_key': AWS,
  'model_list.litellm_params.aws_region_name': AWS,
  'model_list.litellm_params.azure_ad_token': ENTRA,
  'model_list.litellm_params.tenant_id': ENTRA,
  'model_list.litellm_params.client_id': ENTRA,
  'model_list.litellm_params.client_secret': ENTRA,
  'model_list.litellm_params.litellm_credential_name': advise(
    'credentials stand at each model',
    'write api_key: os.environ/NAME in models.yaml',
  ),
  'model_list.model_info': advise('it only describes the model', 'nothing'),
  'model_list.litellm_params.drop_params': UNCHANGED,
  'model_list.litellm_params.tags': advise('requests are not routed by tags', 'give such models a name of their own'),
  'model_list.litellm_params.max_budget': GLOBAL_BUDGET,
  'model_list.litellm_params.budget_duration': GLOBAL_BUDGET,
  'model_list.litellm_params.order': advise(
    'deployments of one name share its traffic by weight',
    'give the preferred one a large weight in models.yaml',
  ),
  'model_list.litellm_params.mock_response': advise(
    'canned answers come from the simulator',
    'write model: simulator/NAME in an environment for trials',
  ),
  'router_settings.fallbacks': FALLBACKS,
  'router_settings.context_window_fallbacks': FALLBACKS,
  'router_settings.content_policy_fallbacks': FALLBACKS,
  'router_settings.default_fallbacks': FALLBACKS,
  'router_settings.model_group_alias': advise(
    'a model has one public name for each entry',
    'add an entry with that model_name to models.yaml',
  ),
  'router_settings.routing_strategy': advise(
    'deployments are chosen at random by weight',
    'give deployments a weight or rpm in models.yaml',
  ),
  'router_settings.allowed_fails': COOLDOWN,
  'router_settings.cooldown_time': COOLDOWN,
  'router_settings.retry_policy': COOLDOWN,
  'router_settings.redis_host': advise(
    'one Redis serves counters and the cache',
    'write gateway.cache in environment.yaml',
  ),
  'router_settings.redis_port': advise(
    'one Redis serves counters and the cache',
    'write gateway.cache in environment.yaml',
  ),
  'router_settings.redis_password': advise(
    'one Redis serves counters and the cache',
    'write gateway.cache in environment.yaml',
  ),
  'litellm_settings.callbacks': CALLBACKS,
  'litellm_settings.success_callback': CALLBACKS,
  'litellm_settings.failure_callback': CALLBACKS,
  'litellm_settings.fallbacks': FALLBACKS,
  'litellm_settings.context_window_fallbacks': FALLBACKS,
  'litellm_settings.default_fallbacks': FALLBACKS,
  'litellm_settings.allowed_fails': COOLDOWN,
  'litellm_settings.max_budget': GLOBAL_BUDGET,
  'litellm_settings.budget_duration': GLOBAL_BUDGET,
  'litellm_settings.max_internal_user_budget': GLOBAL_BUDGET,
  'litellm_settings.max_end_user_budget': GLOBAL_BUDGET,
  'litellm_settings.default_team_settings': MANAGEMENT,
  'litellm_settings.default_key_generate_params': MANAGEMENT,
  'litellm_settings.upperbound_key_generate_params': MANAGEMENT,
  'litellm_settings.key_generation_settings': MANAGEMENT,
  'litellm_settings.drop_params': UNCHANGED,
  'litellm_settings.turn_off_message_logging': LOGGING,
  'litellm_settings.set_verbose': LOGGING,
  'litellm_settings.json_logs': advise('logs are always JSON', 'nothing'),
  'litellm_settings.cache_params.type': advise(
    'answers are cached in Redis or in memory',
    'write gateway.cache in environment.yaml, type redis or local',
  ),
  'litellm_settings.cache_params.username': advise(
    "environment.yaml has no user name for Redis: the environment's own needs none",
    'nothing, or let the default user in',
  ),
  'litellm_settings.cache_params.namespace': advise('each environment has a Redis of its own', 'nothing'),
  'litellm_settings.cache_params.url': advise(
    'environment.yaml has host, port and password',
    'check REDIS_HOST, REDIS_PORT and REDIS_PASSWORD in gateway.cache',
  ),
  'general_settings.database_connection_timeout': advise(
    'environment.yaml does not set it: the gateway waits 60 seconds',
    'nothing',
  ),
  'general_settings.max_request_size_mb': advise('environment.yaml does not set it: the limit is 32 MB', 'nothing'),
  'general_settings.alerting': ALERTING,
  'general_settings.alerting_threshold': ALERTING,
  'general_settings.store_model_in_db': advise(
    'models stand in Git',
    'write models that were made in the UI into models.yaml',
  ),
  'general_settings.store_prompts_in_spend_logs': LOGGING,
  'general_settings.custom_auth': advise('callers are virtual keys', 'make a key for each caller'),
  'general_settings.enable_jwt_auth': advise('callers are virtual keys', 'make a key for each caller'),
  'general_settings.pass_through_endpoints': advise(
    'the gateway serves models alone',
    'let clients call such addresses directly',
  ),
  'general_settings.key_management_system': advise(
    'secrets come from the Key Vault of the environment',
    'put them there, as listed below',
  ),
};

/** What to say of a key that has no counterpart. `field` is its path, such as `model_list.0.litellm_params.order`. */
export function adviceFor(field: string): Advice {
  const parts = field.split('.').filter((part) => !/^\d+$/.test(part));
  for (let length = parts.length; length > 0; length -= 1) {
    const found = ADVICE[parts.slice(0, length).join('.')];
    if (found !== undefined) return found;
  }
  return UNKNOWN;
}

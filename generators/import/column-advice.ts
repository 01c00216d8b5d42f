import type { Advice } from './config-advice.ts';

/** Columns that become something of ours, or that only keep LiteLLM's own books. */
const SILENT = new Set(
  [
    'token key_name key_alias team_id team_alias models expires blocked max_budget budget_duration rpm_limit tpm_limit',
    'budget_id budget_reset_at spend model_spend soft_budget_cooldown admins members members_with_roles permissions',
    'created_at created_by updated_at updated_by last_active rotation_count last_rotation_at key_rotation_at metadata',
    'team_member_permissions allow_team_guardrail_config',
  ].flatMap((line) => line.split(' ')),
);

const PER_MODEL: Advice = {
  reason: 'limits are per key and team, not per model',
  advice: 'make a key for each model that needs a limit of its own',
};

const COLUMN_ADVICE: Readonly<Record<string, Advice>> = {
  soft_budget: {
    reason: 'there is no budget that only warns',
    advice: "the alerts on spend tell when a team's budget runs out",
  },
  max_parallel_requests: { reason: 'requests at one time are not limited', advice: 'write rpm_limit' },
  model_max_budget: PER_MODEL,
  budget_limits: { reason: 'a key has one budget', advice: 'write the tightest as max_budget and budget_duration' },
  aliases: { reason: 'a key does not rename models', advice: 'add an entry with that model_name to models.yaml' },
  model_id: { reason: 'a team does not rename models', advice: 'add an entry with that model_name to models.yaml' },
  user_id: { reason: 'keys belong to teams, not to users', advice: 'name people in owners of the team' },
  organization_id: { reason: 'there are no organizations above teams', advice: 'give each team a budget of its own' },
  project_id: {
    reason: 'there are no projects below teams',
    advice: 'make a team for each project that needs a budget',
  },
  allowed_routes: { reason: 'a key may use every endpoint of its models', advice: 'nothing' },
  auto_rotate: { reason: 'keys are rotated by pull request', advice: 'run npm run key -- rotate' },
  rotation_interval: { reason: 'keys are rotated by pull request', advice: 'run npm run key -- rotate' },
  access_group_ids: { reason: 'access groups of the UI are not read', advice: "add their models to the team's models" },
  'metadata.model_rpm_limit': PER_MODEL,
  'metadata.model_tpm_limit': PER_MODEL,
  'metadata.tags': { reason: 'requests carry no tags', advice: 'make a key for each use; spend is told by key' },
  'metadata.temp_budget_increase': {
    reason: 'a budget has no end of its own',
    advice: 'raise max_budget while it counts',
  },
};

const UNKNOWN: Advice = { reason: 'the gateway has nothing like it', advice: 'nothing, unless you count on it' };

/** What to say of a column (or `metadata.KEY`) that is in use; undefined where it needs no word. */
export function adviceForColumn(column: string): Advice | undefined {
  if (SILENT.has(column)) return undefined;
  return COLUMN_ADVICE[column] ?? UNKNOWN;
}

/** Tables of LiteLLM's that have no counterpart: what a row of them is, why, and what to do. */
export const TABLE_ADVICE: Readonly<Record<string, Advice & { readonly rows: string }>> = {
  LiteLLM_UserTable: {
    rows: 'users, with budgets and roles',
    reason: 'keys belong to teams; there is no sign-in',
    advice: 'name people in owners of their team',
  },
  LiteLLM_EndUserTable: {
    rows: 'customers',
    reason: 'spend is not limited for the users of an application',
    advice: 'limit them in the application',
  },
  LiteLLM_TeamMembership: {
    rows: 'team members with budgets of their own',
    reason: 'a team has one budget, and its keys have theirs',
    advice: 'make a key for each member who needs a limit',
  },
  LiteLLM_TagTable: {
    rows: 'tags',
    reason: 'requests carry no tags',
    advice: 'make a key for each use; spend is told by key',
  },
  LiteLLM_ProjectTable: {
    rows: 'projects',
    reason: 'there are no projects below teams',
    advice: 'make a team for each project that needs a budget',
  },
  LiteLLM_CredentialsTable: {
    rows: 'credentials, encrypted',
    reason: 'credentials lie in the vault of the environment',
    advice: 'put their values there',
  },
  LiteLLM_AccessGroupTable: {
    rows: 'access groups of the UI',
    reason: 'a team lists its models',
    advice: "add their models to the team's models",
  },
  LiteLLM_MCPServerTable: {
    rows: 'MCP servers',
    reason: 'the gateway speaks to models alone',
    advice: 'run them beside it',
  },
  LiteLLM_GuardrailsTable: {
    rows: 'guardrails',
    reason: 'the gateway does not read prompts',
    advice: 'run guardrails in the application',
  },
  LiteLLM_PromptTable: { rows: 'prompts', reason: 'prompts stay with the application', advice: 'take them there' },
  LiteLLM_AgentsTable: {
    rows: 'agents',
    reason: 'the gateway speaks to models alone',
    advice: 'run them beside it',
  },
};

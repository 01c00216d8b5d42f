import { CHARTS, IMAGES } from '../../environments/schema/artifacts.ts';
import { EnvironmentSettings } from '../../environments/schema/environment-settings.ts';
import type { Environment } from '../../environments/schema/environment.ts';
import { Models } from '../../environments/schema/model.ts';
import { Release } from '../../environments/schema/release.ts';
import { Team } from '../../environments/schema/team.ts';

export const OLDER_HASH = `sha256:${'a1'.repeat(32)}`;
export const NEWER_HASH = `sha256:${'b2'.repeat(32)}`;

export const exampleSettings = {
  name: 'dev',
  name_suffix: 'k7m2',
  repository: { url: 'https://github.com/example/tollgate' },
  registry: 'crdev.azurecr.io',
  gateway: {
    replicas: { min: 3, max: 6 },
    master_key: 'os.environ/LITELLM_MASTER_KEY',
    database: { url: 'os.environ/DATABASE_URL' },
    cache: {
      type: 'redis',
      host: 'os.environ/REDIS_HOST',
      port: 'os.environ/REDIS_PORT',
      password: 'os.environ/REDIS_PASSWORD',
    },
  },
};

export const exampleModel = {
  model_name: 'azure-gpt-4o',
  litellm_params: {
    model: 'azure/gpt-4o',
    api_base: 'os.environ/AZURE_OPENAI_ENDPOINT',
    api_key: 'os.environ/AZURE_OPENAI_KEY',
    api_version: '2024-10-21',
  },
};

export const exampleTeam = {
  team_alias: 'search',
  owners: ['search-leads@example.com'],
  models: ['azure-gpt-4o'],
  max_budget: 1500,
  budget_duration: '1mo',
  virtual_keys: [{ key_alias: 'search-api', expires: '2027-06-30', rpm_limit: 600, hashes: [OLDER_HASH] }],
};

const { litellm: _ofOneEngine, ...THIRD_PARTY_IMAGES } = IMAGES;

/** Every pin but the one of `engine: litellm`. */
export const exampleRelease = {
  images: { gateway: { version: '0.1.0', digest: 'unresolved', commit: 'unresolved' }, ...pinsOf(THIRD_PARTY_IMAGES) },
  charts: pinsOf(CHARTS),
};

/** An environment as its loader would give it, with the parts that a test wants to differ. */
export function exampleEnvironment(
  parts: { settings?: object; models?: object; teams?: object[]; release?: object } = {},
): Environment {
  const settings = EnvironmentSettings.parse(parts.settings ?? exampleSettings);
  return {
    name: settings.name,
    settings,
    models: Models.parse(parts.models ?? { model_list: [exampleModel], router_settings: { num_retries: 2 } }),
    teams: (parts.teams ?? [exampleTeam]).map((team) => Team.parse(team)),
    release: Release.parse(parts.release ?? exampleRelease),
  };
}

function pinsOf(artifacts: object): object {
  return Object.fromEntries(Object.keys(artifacts).map((key) => [key, { version: '1.2.3', digest: 'unresolved' }]));
}

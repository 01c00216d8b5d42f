import { REDIS_SKUS_OF_SHARDS } from './azure-catalogue.ts';
import { azureNames, type AzureNames } from './azure-names.ts';
import { checkRegion } from './check-region.ts';
import { LOCAL_ENVIRONMENT } from './check-settings.ts';
import type { EnvironmentFiles } from './environment-files.ts';
import type { EnvironmentSettings } from './environment-settings.ts';
import type { ParsedFile, Problem } from './parse-yaml.ts';

/** https://learn.microsoft.com/azure/azure-resource-manager/management/resource-name-rules */
const NAME_RULES: readonly { key: keyof AzureNames; title: string; longest: number; form: RegExp; rule: string }[] = [
  {
    key: 'keyVault',
    title: 'the key vault',
    longest: 24,
    form: /^[a-z](-?[a-z0-9])*$/i,
    rule: 'letters, digits and single dashes',
  },
  { key: 'registry', title: 'the registry', longest: 50, form: /^[a-z0-9]{5,}$/i, rule: 'letters and digits' },
  {
    key: 'postgres',
    title: 'the Postgres server',
    longest: 63,
    form: /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/,
    rule: 'letters, digits and dashes between them',
  },
  {
    key: 'redis',
    title: 'Redis',
    longest: 60,
    form: /^[a-z0-9](-?[a-z0-9])*$/i,
    rule: 'letters, digits and single dashes',
  },
  {
    key: 'openAi',
    title: 'the Azure OpenAI account',
    longest: 64,
    form: /^[a-z0-9]([a-z0-9-]*[a-z0-9])?$/i,
    rule: 'letters, digits and dashes between them',
  },
];

/** What Azure would refuse of names and sizes, and what it takes though it cannot do what was meant. */
export function checkAzure({ name, settings }: EnvironmentFiles): Problem[] {
  if (name === LOCAL_ENVIRONMENT || settings.value === undefined) return [];
  return [
    ...checkNames(settings, settings.value),
    ...checkPostgres(settings, settings.value),
    ...checkSignIn(settings, settings.value),
    ...checkAdministrators(settings, settings.value),
    ...checkRedis(settings, settings.value),
    ...checkRegion(settings, settings.value),
    ...checkDeploymentNames(settings, settings.value),
  ];
}

function checkNames(file: ParsedFile<unknown>, settings: EnvironmentSettings): Problem[] {
  if (settings.name_suffix === undefined) return [];
  const names = azureNames(settings);
  return NAME_RULES.flatMap(({ key, title, longest, form, rule }) => {
    const name = names[key];
    if (name.length > longest) {
      const excess = name.length - longest;
      const message = `${title} would be called ${name}, ${excess} longer than the ${longest} characters that Azure allows: shorten name or name_suffix`;
      return [file.locate(['name'], message)];
    }
    if (form.test(name)) return [];
    return [file.locate(['name'], `${title} would be called ${name}, and Azure allows ${rule}: write another name`)];
  });
}

function checkSignIn(file: ParsedFile<unknown>, { postgres }: EnvironmentSettings): Problem[] {
  if (postgres.sign_in === 'password' || postgres.administrators.length > 0) return [];
  const message = 'nobody could sign in: write administrators below postgres';
  return [file.locate(['postgres', 'sign_in'], message)];
}

/** The name of such a resource is the object id. Those that are unset are left out of a deployment. */
function checkAdministrators(file: ParsedFile<unknown>, { postgres }: EnvironmentSettings): Problem[] {
  const ids = postgres.administrators.map(({ object_id }) => object_id.toLowerCase());
  return ids.flatMap((id, index) => {
    const first = ids.indexOf(id);
    if (first === index || id === 'unset') return [];
    const path = ['postgres', 'administrators'];
    const { line } = file.locate([...path, first], '');
    const message = `object_id ${id} stands on line ${line} already: remove one, or write the id of the other`;
    return [file.locate([...path, index], message)];
  });
}

function checkRedis(file: ParsedFile<unknown>, { redis }: EnvironmentSettings): Problem[] {
  if (redis.clustering === 'enterprise' || !REDIS_SKUS_OF_SHARDS.includes(redis.sku)) return [];
  const message = `${redis.sku} is more than one shard holds: write clustering: enterprise below redis, and where a cache stands deploy that before the size`;
  return [file.locate(['redis', 'sku'], message)];
}

function checkPostgres(file: ParsedFile<unknown>, { postgres, cluster }: EnvironmentSettings): Problem[] {
  if (postgres.high_availability === 'disabled') return [];
  const path = ['postgres', 'high_availability'];
  const problems: Problem[] = [];
  if (postgres.sku.startsWith('Standard_B'))
    problems.push(
      file.locate(
        path,
        `${postgres.sku} is burstable and has no high availability: write a Standard_D or E size, or disabled`,
      ),
    );
  if (postgres.high_availability === 'zone_redundant' && cluster.zones.length < 2)
    problems.push(
      file.locate(
        path,
        'zone_redundant outlives the loss of a zone, but the nodes do not: write zones: [1, 2, 3] below cluster',
        'warning',
      ),
    );
  return problems;
}

function checkDeploymentNames(file: ParsedFile<unknown>, { openai }: EnvironmentSettings): Problem[] {
  return openai.deployments.flatMap(({ name }, index) => {
    const first = openai.deployments.findIndex((other) => other.name.toLowerCase() === name.toLowerCase());
    if (first === index) return [];
    const path = ['openai', 'deployments'];
    const { line } = file.locate([...path, first, 'name'], '');
    return [file.locate([...path, index, 'name'], `name ${name} is taken by line ${line}: choose another`)];
  });
}

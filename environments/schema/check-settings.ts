import type { EnvironmentFiles } from './environment-files.ts';
import type { Problem } from './parse-yaml.ts';
import { splitProvider } from './providers.ts';
import { listAt, textAt, valueAt, type Path } from './value-at.ts';

/** Only this environment runs on one machine without a registry, a master key or a database of its own. */
export const LOCAL_ENVIRONMENT = 'local';

/** What environment.yaml must say beside its own form: by the folder's name and by the engine. */
export function checkSettings({ name, settings, models, teams }: EnvironmentFiles): Problem[] {
  const { input } = settings;
  if (input === undefined || input === null) return [];
  const problems: Problem[] = [];
  const refuse = (path: Path, message: string) => problems.push(settings.locate(path, message));
  const isLocal = name === LOCAL_ENVIRONMENT;

  const written = textAt(input, ['name']);
  if (written !== undefined && written !== name)
    refuse(['name'], `name is ${written}, but the folder is called ${name}: write ${name}`);

  const isEmbedded = textAt(input, ['gateway', 'database', 'url']) === 'embedded';
  if (isEmbedded && !isLocal)
    refuse(
      ['gateway', 'database', 'url'],
      'url is embedded, which is for environments/local alone: write os.environ/DATABASE_URL',
    );
  if (!isLocal && valueAt(input, ['name_suffix']) === undefined)
    refuse([], 'name_suffix is missing: write 3 to 8 lower-case letters or digits, and never change them');
  if (!isLocal && valueAt(input, ['repository']) === undefined)
    refuse([], 'repository is missing: write the address that Argo CD reads, such as { url: https://github.com/... }');
  const gateway = valueAt(input, ['gateway']);
  if (!isLocal && gateway !== undefined && gateway !== null && valueAt(gateway, ['master_key']) === undefined)
    refuse(['gateway'], 'master_key is missing: write os.environ/LITELLM_MASTER_KEY');
  const isScaledByKeda = textAt(gateway, ['autoscaling']) === 'keda';
  if (isScaledByKeda && valueAt(gateway, ['prometheus_url']) === undefined)
    refuse(
      ['gateway', 'autoscaling'],
      'autoscaling is keda, which asks a Prometheus: write prometheus_url, or unset until a deployment has told it',
    );
  if (textAt(input, ['engine']) !== 'litellm') return problems;

  if (teams.length > 0)
    problems.push(
      settings.locate(
        ['engine'],
        'engine litellm keeps teams and keys in its database: keys/ has no effect',
        'warning',
      ),
    );
  for (const [index, entry] of listAt(models.input, ['model_list']).entries()) {
    const model = textAt(entry, ['litellm_params', 'model']);
    if (model === undefined || splitProvider(model).provider !== 'simulator') continue;
    const path = ['model_list', index, 'litellm_params', 'model'];
    problems.push(models.locate(path, 'engine litellm has no simulator: remove this model, or use engine tollgate'));
  }
  return problems;
}

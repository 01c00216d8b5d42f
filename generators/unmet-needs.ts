import type { Environment } from '../environments/schema/environment.ts';
import type { Problem } from '../environments/schema/parse-yaml.ts';

/** What an environment may leave out where nothing is deployed, but not where manifests are rendered. */
export function unmetNeeds({ name, settings, release }: Environment): Problem[] {
  const problems: Problem[] = [];
  const refuse = (fileName: string, field: string, message: string) => {
    const file = `environments/${name}/${fileName}`;
    problems.push({ level: 'error', file, line: 1, column: 1, field, message });
  };
  if (settings.registry === undefined)
    refuse(
      'environment.yaml',
      'registry',
      'registry is missing: write where images are pulled from, such as crdev.azurecr.io',
    );
  if (settings.gateway.database.url === 'embedded')
    refuse(
      'environment.yaml',
      'gateway.database.url',
      'pods share one database: write os.environ/DATABASE_URL, embedded is for a local trial',
    );
  if (settings.engine === 'litellm' && release.images.litellm === undefined)
    refuse('release.yaml', 'images.litellm', 'engine is litellm: pin its image here, with version and digest');
  return problems;
}

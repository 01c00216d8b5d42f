import type { Environment } from '../environments/schema/environment.ts';
import { loadEnvironments } from '../environments/schema/load-environment.ts';
import type { Problem } from '../environments/schema/parse-yaml.ts';
import { unmetNeeds } from './unmet-needs.ts';

/** `npm start` runs this one on the machine it stands on; it is never rendered. */
const LOCAL = 'local';

/** Every environment that is rendered, or the one of that name, with what is wrong in any of them. */
export function loadDeployed(
  root: string,
  now: Date,
  name?: string,
): { environments: Environment[]; problems: Problem[] } {
  const loaded = loadEnvironments(root, { now });
  const environments = loaded.environments.filter((environment) => environment.name !== LOCAL);
  const problems = [...loaded.problems, ...environments.flatMap(unmetNeeds)];
  return { environments, problems };
}

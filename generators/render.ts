import { join } from 'node:path';
import { LOCAL_ENVIRONMENT } from '../environments/schema/check-settings.ts';
import type { Environment } from '../environments/schema/environment.ts';
import { loadEnvironments } from '../environments/schema/load-environments.ts';
import type { Problem } from '../environments/schema/parse-yaml.ts';
import { buildApp } from './build-app.ts';
import { engineWarnings } from './engine-warnings.ts';
import { renderInfraFiles } from './infra-files.ts';
import { infrastructureOf, type Infrastructure } from './infrastructure/infra-parameters.ts';
import { manifestText } from './kubernetes/yaml-text.ts';
import { manifestsByPath } from './manifests-by-path.ts';
import { renderContext } from './render-context.ts';
import { validateManifests } from './validate-manifests.ts';

export interface Rendering {
  /** Text by path below dist/, such as `dev/gateway/Deployment.gateway.yaml`. Not complete beside an error. */
  readonly files: ReadonlyMap<string, string>;
  readonly problems: readonly Problem[];
  /** What the templates of infra/ are given: `evaluateInfrastructure` makes the rest of the files from it. */
  readonly infrastructure: readonly Infrastructure[];
}

const README = `# dist/

Rendered from \`environments/\` by \`npm run render\`; do not edit. Argo CD applies these files as they are, so what a
review sees here is what runs. One folder for each environment, one below it for each component, one file for each
Kubernetes object.
`;

/** All that dist/ should hold but resources.json, in memory. `root` is the repository's folder; `now` decides which keys have expired. */
export function render(root: string, now: Date): Rendering {
  const { environments, problems } = loadEnvironments(join(root, 'environments'), { now });
  const rendering = renderEnvironments(environments);
  return { ...rendering, problems: [...problems, ...rendering.problems] };
}

/** The files of every environment but local. The same environments give the same bytes. */
export function renderEnvironments(environments: readonly Environment[]): Rendering {
  const files = new Map([['README.md', README]]);
  const problems: Problem[] = [];
  const infrastructure: Infrastructure[] = [];
  for (const environment of environments.filter(({ name }) => name !== LOCAL_ENVIRONMENT)) {
    const context = renderContext(environment);
    const manifests = manifestsByPath(buildApp(context), environment.name);
    problems.push(...engineWarnings(environment), ...validateManifests(manifests));
    for (const [path, manifest] of manifests) files.set(path, manifestText(manifest));
    const inAzure = infrastructureOf(context);
    infrastructure.push(inAzure);
    for (const [path, text] of renderInfraFiles(context, inAzure.parameters))
      files.set(`${environment.name}/${path}`, text);
  }
  return { files, problems, infrastructure };
}

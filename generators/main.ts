// `npm run render`: environments/ becomes dist/, in five steps: load, resolve, build, validate, write.
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { formatProblem, type Problem } from '../environments/schema/parse-yaml.ts';
import { buildApp } from './build-app.ts';
import { manifestText } from './kubernetes/yaml-text.ts';
import { loadDeployed } from './load-deployed.ts';
import { manifestsByPath } from './manifests-by-path.ts';
import { resolveGatewayConfig } from './resolve-gateway-config.ts';
import { validateManifests } from './validate-manifests.ts';
import { DIST_README, writeDist } from './write-dist.ts';

const HELP = `Renders environments/ into dist/, one folder for each environment but local.

  npm run render                 every environment; whatever else dist/ holds goes
  npm run render -- --env dev    one environment

With anything wrong in environments/ it says where, writes nothing and exits 1.`;

export interface Rendering {
  /** Text by path below dist/, such as `dev/gateway/Deployment.gateway.yaml`. */
  readonly files: ReadonlyMap<string, string>;
  /** With an error among them the files are not complete. */
  readonly problems: readonly Problem[];
}

/** All that dist/ should hold, in memory, or the part of one environment. The same folder gives the same bytes. */
export function render(root: string, now: Date, environmentName?: string): Rendering {
  const { environments, problems } = loadDeployed(root, now, environmentName);
  const files = new Map<string, string>();
  for (const environment of environments) {
    const config = resolveGatewayConfig(environment);
    const app = buildApp(environment, config);
    const manifests = manifestsByPath(app, environment.name);
    problems.push(...validateManifests(manifests));
    for (const [path, manifest] of manifests) files.set(path, manifestText(manifest));
  }
  if (environmentName === undefined) files.set('README.md', DIST_README);
  return { files, problems };
}

function main(args: string[]): number {
  const options = readOptions(args);
  if (options === undefined) return 1;
  if (options.help) {
    console.log(HELP);
    return 0;
  }

  const root = join(import.meta.dirname, '..');
  const { files, problems } = render(root, new Date(), options.env);
  for (const problem of problems) console.error(formatProblem(problem));
  if (problems.some(({ level }) => level === 'error')) return 1;

  writeDist(join(root, 'dist'), files, options.env);
  console.log(`dist/ is rendered: ${files.size} files`);
  return 0;
}

function readOptions(args: string[]): { env?: string; help?: boolean } | undefined {
  try {
    return parseArgs({ args, options: { env: { type: 'string' }, help: { type: 'boolean', short: 'h' } } }).values;
  } catch (error) {
    console.error(`${(error as Error).message}\n\n${HELP}`);
    return undefined;
  }
}

if (import.meta.main) process.exitCode = main(process.argv.slice(2));

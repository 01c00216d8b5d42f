// `npm run reconcile`: from a commit of this work tree to a gateway that serves it, through a real cluster's own steps.
import { execFileSync } from 'node:child_process';
import { join, resolve } from 'node:path';
import { styleText } from 'node:util';
import { LOCAL_ENVIRONMENT } from '../../environments/schema/check-settings.ts';
import { environmentNames } from '../../environments/schema/load-environment.ts';
import { Refusal } from '../command-line/refusal.ts';
import { loadDemoKey } from '../local/load-demo-key.ts';
import { makeStateFolder } from '../local/make-state-folder.ts';
import { missingPrograms } from '../local-cluster/find-program.ts';
import {
  applyRoot,
  LOCAL_ENVIRONMENT_PROGRAMS,
  startLocalEnvironment,
  type LocalEnvironment,
} from '../local-cluster/local-environment.ts';
import { followCommits } from './follow-commits.ts';
import { HELP, readReconcileOptions, type ReconcileOptions } from './read-reconcile-options.ts';
import { serveConfigMap } from './serve-config-map.ts';
import { showApplications } from './show-applications.ts';

const root = join(import.meta.dirname, '..', '..');
const stateFolder = join(resolve(process.env['TOLLGATE_DATA_DIR'] ?? join(root, '.tollgate')), 'reconcile');
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

async function main(): Promise<number> {
  const names = environmentNames(join(root, 'environments')).filter((name) => name !== LOCAL_ENVIRONMENT);
  const options = readReconcileOptions(process.argv.slice(2), names);
  if (options === undefined) {
    console.log(HELP);
    return 0;
  }
  refuseWithoutPrograms();
  // Until the gateway runs there is nothing to drain: every process goes with this one.
  for (const signal of SIGNALS) process.on(signal, exitAtOnce);
  tell(`starting a cluster for ${options.environment}`);
  const variables = process.env;
  const local = await startLocalEnvironment({ root, environment: options.environment, variables, tell });
  try {
    for (const line of local.rendered.leftOut) tell(line);
    await applyRoot(local);
    console.log(howToLook(local));
    return await reconcile(local, options);
  } finally {
    await local.stop();
  }
}

/** Follows Git, Argo CD and the ConfigMap until the gateway ends, and ends it when one of these cannot be followed. */
async function reconcile(local: LocalEnvironment, { environment, port }: ReconcileOptions): Promise<number> {
  makeStateFolder(stateFolder);
  const stopping = new AbortController();
  const followed = [
    showApplications(local.cluster, tell, stopping.signal),
    followCommits(root, local.trial, tell, stopping.signal),
  ];
  for (const loop of followed) loop.catch((error: Error) => stopping.abort(error));
  const exitCode = await serveConfigMap(
    local.cluster,
    {
      port,
      demoKey: loadDemoKey(stateFolder),
      stateFolder,
      folder: join(root, 'environments', environment),
      variables: { ...process.env, TOLLGATE_DATA_DIR: stateFolder },
      tell,
      emphasize: (text) => styleText('bold', text, { stream: process.stdout }),
      onStart: () => SIGNALS.forEach((signal) => process.off(signal, exitAtOnce)),
    },
    stopping,
  );
  await Promise.all(followed);
  return exitCode;
}

function refuseWithoutPrograms(): void {
  const missing = missingPrograms(LOCAL_ENVIRONMENT_PROGRAMS, process.env['PATH']);
  if (missing.length === 0) return;
  throw new Refusal(`not on PATH: ${missing.join(', ')}. .github/workflows/pull-request.yaml installs each of them`);
}

function howToLook({ cluster, trial, rendered }: LocalEnvironment): string {
  const edits = execFileSync('git', ['-C', root, 'status', '--porcelain'], { encoding: 'utf8' }).trim();
  const kubectl = `kubectl --kubeconfig ${cluster.kubeconfig}`;
  return [
    '',
    `Argo CD reads ${trial.folder}, branch ${rendered.branch}: the last commit of ${root}, followed as you commit.`,
    edits === '' ? '' : `${edits.split('\n').length} uncommitted changes are not followed.`,
    `  ${kubectl} get applications -n argocd`,
    `  ${kubectl} get pods,configmaps -n tollgate`,
    `  logs are in ${cluster.processes.folder}`,
    '',
  ].join('\n');
}

function tell(line: string): void {
  console.log(`${new Date().toTimeString().slice(0, 8)} ${line}`);
}

function exitAtOnce(): void {
  process.exit(0);
}

try {
  process.exitCode = await main();
} catch (error) {
  console.error(error instanceof Refusal ? error.message : `reconcile has ended: ${(error as Error).message}`);
  process.exitCode = 1;
}

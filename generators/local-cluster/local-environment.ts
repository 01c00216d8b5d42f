import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';
import { ARGOCD } from '../charts/argocd.ts';
import { ARGO_CD_PROGRAMS, startArgoCd } from './argo-cd.ts';
import { CONTROL_PLANE_PROGRAMS, startControlPlane, type ControlPlane } from './control-plane.ts';
import { applyObjects, mustRun } from './kubernetes-objects.ts';
import { startMetricsStandIn } from './metrics-stand-in.ts';
import type { Variables } from './process-group.ts';
import { startStandIns, type RunningStandIns } from './stand-ins.ts';
import { thirdPartyDefinitions } from './third-party-definitions.ts';
import { cloneRepository, type RenderedTrial, type TrialRepository } from './trial-repository.ts';

export const LOCAL_ENVIRONMENT_PROGRAMS = [...CONTROL_PLANE_PROGRAMS, ...ARGO_CD_PROGRAMS];

export interface LocalEnvironmentOptions {
  /** The repository whose last commit is taken. */
  readonly root: string;
  readonly environment: string;
  /** What the programs find in their environment. */
  readonly variables: Variables;
  /** Hears in one line of everything that another would have done. */
  readonly tell: (line: string) => void;
}

export interface LocalEnvironment {
  readonly cluster: ControlPlane;
  /** What Argo CD reads. */
  readonly trial: TrialRepository;
  readonly rendered: RenderedTrial;
  readonly standIns: RunningStandIns;
  /** Ends every process and removes what they wrote. */
  stop(): Promise<void>;
}

/** What the containers of the gateway are said to use: half of what they ask for. */
const CPU = '250m';

/**
 * An empty cluster with Argo CD beside it and a clone of the repository for it to read. Nothing of the environment is
 * in the cluster until `applyRoot`. Throws when a program does not start, or when the environment cannot be rendered.
 */
export async function startLocalEnvironment(options: LocalEnvironmentOptions): Promise<LocalEnvironment> {
  const cluster = await startControlPlane();
  try {
    return await equipCluster(cluster, options);
  } catch (error) {
    cluster.stop();
    throw error;
  }
}

async function equipCluster(cluster: ControlPlane, options: LocalEnvironmentOptions): Promise<LocalEnvironment> {
  const { root, environment, variables, tell } = options;
  const trial = { folder: join(cluster.processes.folder, 'repository'), environment };
  const rendered = cloneRepository(root, trial);
  await applyObjects(cluster, thirdPartyDefinitions());
  await mustRun(cluster, ['wait', '--for=condition=Established', 'crd', '--all', '--timeout=60s']);
  await startArgoCd(cluster, { values: rendered.argoCdValues, variables });
  const metrics = await startMetricsStandIn(cluster, CPU);
  tell(`stands in for the metrics server: every container uses ${CPU} of a processor`);
  const standIns = startStandIns(cluster, tell);
  const stop = async () => {
    metrics.close();
    await standIns.stop();
    cluster.stop();
  };
  return { cluster, trial, rendered, standIns, stop };
}

/** What a person would do once on a new cluster: apply the projects and the root, from which all else follows. */
export async function applyRoot({ cluster, trial }: Pick<LocalEnvironment, 'cluster' | 'trial'>): Promise<void> {
  const { environment, folder } = trial;
  const files = [
    `AppProject.${environment}.yaml`,
    `AppProject.${environment}-platform.yaml`,
    `Application.${environment}.yaml`,
  ];
  const path = (file: string) => join(folder, 'dist', environment, ARGOCD, file);
  await applyObjects(
    cluster,
    files.map((file) => parse(readFileSync(path(file), 'utf8')) as object),
  );
}

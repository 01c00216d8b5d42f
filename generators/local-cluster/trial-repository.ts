import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { parse } from 'yaml';
import { loadEnvironment } from '../../environments/schema/load-environment.ts';
import { formatProblem } from '../../environments/schema/parse-yaml.ts';
import { ARGOCD } from '../charts/argocd.ts';
import { argocdPlatformChart } from '../third-party/argocd-chart.ts';
import { renderEnvironments } from '../render.ts';
import type { Manifest } from '../validate-manifests.ts';
import { writeDist } from '../write-dist.ts';

// A clone that Argo CD can read on this machine. It differs from the repository in one commit: its own path is the
// address of the repository, and the charts of others, which only a registry has, are not in it.

export interface TrialRepository {
  readonly folder: string;
  readonly environment: string;
}

/** What Argo CD is told in place of the repository's address. */
function addressOf({ folder }: TrialRepository): string {
  return `file://${folder}`;
}

/** Clones what is committed in `root` into `folder`, and renders one environment there. Throws where it cannot. */
export function cloneRepository(root: string, trial: TrialRepository): RenderedTrial {
  git(undefined, ['clone', '--quiet', '--no-tags', root, trial.folder]);
  return followCommit(trial);
}

/** Takes over the newest commit of the repository that was cloned, and renders again. */
export function followCommit(trial: TrialRepository): RenderedTrial {
  git(trial.folder, ['fetch', '--quiet', '--no-tags', 'origin', 'HEAD']);
  git(trial.folder, ['checkout', '--quiet', '--force', '--detach', 'FETCH_HEAD']);
  return renderTrial(trial, 'render for this machine');
}

export interface RenderedTrial {
  /** The branch that the environment follows; it points to the commit that was made. */
  readonly branch: string;
  /** Why Argo CD knows nothing of a chart: one line for each. */
  readonly leftOut: readonly string[];
  /** The values of Argo CD's own chart, which is among them. */
  readonly argoCdValues: string;
}

/** Renders the environment as it stands in the clone, and commits all that has changed. Throws on a problem in it. */
export function renderTrial(trial: TrialRepository, message: string): RenderedTrial {
  const { folder, environment: name } = trial;
  const { environment, problems } = loadEnvironment(join(folder, 'environments', name), { now: new Date() });
  const errors = problems.filter(({ level }) => level === 'error');
  if (environment === undefined) throw new Error(errors.map(formatProblem).join('\n'));

  const branch = environment.settings.repository?.branch ?? 'main';
  const settings = { ...environment.settings, repository: { url: addressOf(trial), branch } };
  const { files } = renderEnvironments([{ ...environment, settings }]);
  const leftOut = [...files].flatMap(([path, text]) => chartOf(name, path, text));
  const kept = [...files].filter(([path]) => !leftOut.some((chart) => chart.path === path));
  writeDist(join(folder, 'dist'), new Map(kept), name);
  commitAll(trial, message);
  git(folder, ['checkout', '--quiet', '-B', branch]);
  const argoCdValues = leftOut.find((chart) => chart.name === argocdPlatformChart.name)?.values ?? '';
  return { branch, leftOut: leftOut.map(toldAsLine), argoCdValues };
}

/** Commits whatever has changed in the clone. */
export function commitAll({ folder }: TrialRepository, message: string): void {
  git(folder, ['add', '--all']);
  const author = ['-c', 'user.name=tollgate', '-c', 'user.email=tollgate@localhost'];
  const options = ['--quiet', '--no-verify', '--no-gpg-sign', '--allow-empty', '-m', message];
  git(folder, [...author, 'commit', ...options]);
}

/** The commit that a repository's work tree stands on. */
export function headOf(folder: string): string {
  return git(folder, ['rev-parse', 'HEAD']).trim();
}

interface LeftOutChart {
  readonly path: string;
  readonly name: string;
  readonly from: string;
  readonly values: string;
}

function chartOf(environment: string, path: string, text: string): LeftOutChart[] {
  if (!path.startsWith(`${environment}/${ARGOCD}/Application.`)) return [];
  const { metadata, spec } = parse(text) as Manifest & { spec: ApplicationSpec };
  const { helm, repoURL: from } = spec.source;
  return helm === undefined ? [] : [{ path, name: metadata.name, from, values: helm.values }];
}

interface ApplicationSpec {
  readonly source: { readonly repoURL: string; readonly helm?: { readonly values: string } };
}

function toldAsLine({ name, from }: LeftOutChart): string {
  return `leaves out ${name}: its chart lies in the registry ${from}`;
}

function git(folder: string | undefined, args: readonly string[]): string {
  const inFolder = folder === undefined ? [] : ['-C', folder];
  return execFileSync('git', [...inFolder, ...args], { encoding: 'utf8', stdio: ['ignore', 'pipe', 'pipe'] });
}

import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse, parseDocument } from 'yaml';
import { readApplications, type ApplicationStatus } from '../../generators/local-cluster/application-status.ts';
import { mustRun } from '../../generators/local-cluster/kubernetes-objects.ts';
import type { LocalEnvironment } from '../../generators/local-cluster/local-environment.ts';
import { commitAll, renderTrial } from '../../generators/local-cluster/trial-repository.ts';
import { waitUntil } from '../../generators/local-cluster/wait-until.ts';

const LONGEST_MS = 90_000;
// Each look is a process, on the processors that Argo CD needs too.
const PAUSE_MS = 500;

/** What a test does in the repository that Argo CD reads, and what it sees in the cluster. */
export class ArgoCdScene {
  readonly #local: LocalEnvironment;

  constructor(local: LocalEnvironment) {
    this.#local = local;
  }

  /** Runs Git in the repository that Argo CD reads. */
  git(...args: string[]): string {
    return execFileSync('git', ['-C', this.#local.trial.folder, ...args], { encoding: 'utf8' });
  }

  /** Runs kubectl in the namespace of the gateway. Throws when it fails. */
  kubectl(...args: string[]): Promise<string> {
    return mustRun(this.#local.cluster, ['--namespace=tollgate', ...args]);
  }

  read(path: string): string {
    return readFileSync(this.#path(path), 'utf8');
  }

  /** The files of a folder, by the names of what they hold: `Service/gateway`. */
  objectsIn(folder: string): string[] {
    return readdirSync(this.#path(folder)).map((file) => file.replace('.', '/').replace(/\.yaml$/, ''));
  }

  /** Commits files below dist/<env>/; undefined removes one, or a whole folder. */
  commit(message: string, files: Readonly<Record<string, string | undefined>>): void {
    for (const [path, text] of Object.entries(files)) {
      if (text === undefined) rmSync(this.#path(path), { recursive: true });
      else writeFileSync(this.#path(path), text);
    }
    commitAll(this.#local.trial, message);
  }

  /** Adds a model to the environment as a person does, renders, and commits both. */
  commitModel(name: string): void {
    const { folder, environment } = this.#local.trial;
    const file = join(folder, 'environments', environment, 'models.yaml');
    const models = parseDocument(readFileSync(file, 'utf8'));
    models.addIn(['model_list'], { model_name: name, litellm_params: { model: 'simulator/gpt-4o-mini' } });
    writeFileSync(file, models.toString());
    renderTrial(this.#local.trial, `add the model ${name}`);
  }

  /** Every Application in the cluster but the root, which has the name of the environment. */
  async components(): Promise<ApplicationStatus[]> {
    const all = await readApplications(this.#local.cluster);
    return all.filter(({ name }) => name !== this.#local.trial.environment);
  }

  async application(name: string): Promise<ApplicationStatus | undefined> {
    return (await readApplications(this.#local.cluster)).find((application) => application.name === name);
  }

  /** All that Argo CD says of an Application, as JSON. */
  statusOf(name: string): Promise<string> {
    return this.kubectl('get', `application/${name}`, '--namespace=argocd', '-o=jsonpath={.status}');
  }

  /** The Applications that are committed, without the root. */
  committedApplications(): string[] {
    const names = readdirSync(this.#path('argocd')).flatMap(
      (file) => /^Application\.(.+)\.yaml$/.exec(file)?.[1] ?? [],
    );
    return names.filter((name) => name !== this.#local.trial.environment).toSorted();
  }

  /** Waits for what Argo CD does. Throws with the state of every Application where it does not. */
  async until(what: string, isDone: () => Promise<boolean>): Promise<void> {
    await waitUntil(what, isDone, LONGEST_MS, PAUSE_MS).catch(async (error: Error) => {
      throw new Error(`${error.message}: ${JSON.stringify(await readApplications(this.#local.cluster))}`);
    });
  }

  /** Waits until Argo CD has applied the last commit to every Application, and each is healthy. */
  async untilSettled(
    why: string,
    watch: (seen: readonly ApplicationStatus[]) => void = () => undefined,
  ): Promise<void> {
    await this.until(why, async () => {
      const all = await readApplications(this.#local.cluster);
      watch(all.filter(({ name }) => name !== this.#local.trial.environment));
      return all.length === this.committedApplications().length + 1 && all.every(isAtRest);
    });
  }

  #path(path: string): string {
    const { folder, environment } = this.#local.trial;
    return join(folder, 'dist', environment, path);
  }
}

/** A rendered file without what the clone has another value for. */
export function withoutAddress(text: string): unknown {
  const object = parse(text) as { spec: { sourceRepos?: unknown; source?: { repoURL?: unknown } } };
  if (object.spec.source !== undefined) delete object.spec.source.repoURL;
  delete object.spec.sourceRepos;
  return object;
}

function isAtRest({ sync, health, phase }: ApplicationStatus): boolean {
  return sync === 'Synced' && health === 'Healthy' && phase === 'Succeeded';
}

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

export const DIST = join(import.meta.dirname, '../../dist');

/** Beside the components: what is no manifest, such as the parameters of the infrastructure. */
export const INFRA_FOLDER = 'infra';

/** A Kubernetes object as it is committed. */
export interface CommittedManifest {
  /** Below dist/, such as `dev/gateway/Deployment.gateway.yaml`. */
  readonly path: string;
  readonly text: string;
  readonly object: KubernetesObject;
}

export interface KubernetesObject {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: {
    readonly name: string;
    readonly namespace?: string;
    readonly labels?: Readonly<Record<string, string>>;
    readonly annotations?: Readonly<Record<string, string>>;
  };
  readonly [field: string]: unknown;
}

/** Every manifest of every environment, by path. */
export function readCommittedManifests(): CommittedManifest[] {
  const paths = readdirSync(DIST, { recursive: true, encoding: 'utf8' }).filter(isManifest);
  return paths.toSorted().map((path) => parseManifest(path, readFileSync(join(DIST, path), 'utf8')));
}

/** One manifest, by its path below dist/ and its text. */
export function parseManifest(path: string, text: string): CommittedManifest {
  return { path, text, object: parse(text, { version: '1.1' }) as KubernetesObject };
}

/** Whether a path below dist/ is that of a manifest. */
export function isManifest(path: string): boolean {
  return path.endsWith('.yaml') && path.split('/')[1] !== INFRA_FOLDER;
}

/** The environments that dist/ holds. */
export function committedEnvironments(): string[] {
  return readdirSync(DIST, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted();
}

/** The environment of a path below dist/. */
export function environmentOf({ path }: Pick<CommittedManifest, 'path'>): string {
  return path.split('/')[0] ?? '';
}

/** The component, and so the Application, that a manifest belongs to. */
export function componentOf({ path }: Pick<CommittedManifest, 'path'>): string {
  return path.split('/')[1] ?? '';
}

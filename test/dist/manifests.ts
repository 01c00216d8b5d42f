import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const DIST = join(import.meta.dirname, '../../dist');

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
  };
  readonly [field: string]: unknown;
}

/** Every manifest of every environment, by path. */
export function readCommittedManifests(): CommittedManifest[] {
  const entries = readdirSync(DIST, { recursive: true, withFileTypes: true });
  const files = entries.filter((entry) => entry.isFile() && entry.name.endsWith('.yaml'));
  return files
    .map((entry) => join(entry.parentPath, entry.name))
    .toSorted()
    .map((file) => {
      const text = readFileSync(file, 'utf8');
      return { path: file.slice(DIST.length + 1), text, object: parse(text, { version: '1.1' }) as KubernetesObject };
    });
}

/** The environments that dist/ holds. */
export function committedEnvironments(): string[] {
  return readdirSync(DIST, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => name)
    .toSorted();
}

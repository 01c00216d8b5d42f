import type { Problem } from '../environments/schema/parse-yaml.ts';
import { findModel, isUnmodelled } from './manifest-models.ts';
import { unreadFields, watchReads } from './watch-reads.ts';

/** A Kubernetes object as far as all kinds agree. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

/** What the Kubernetes schema says against the manifests, which are given by their path below dist/. */
export function validateManifests(manifests: ReadonlyMap<string, Manifest>): Problem[] {
  return [...manifests].flatMap(([path, manifest]) =>
    findings(manifest).map(({ field, message }): Problem => {
      const object = `${manifest.kind} ${manifest.metadata.name}`;
      return { level: 'error', file: `dist/${path}`, line: 1, column: 1, field, message: `${object}: ${message}` };
    }),
  );
}

interface Finding {
  readonly field: string;
  readonly message: string;
  /** A value of the wrong type was not looked into. */
  readonly isWrongType?: boolean;
}

function findings(manifest: Manifest): Finding[] {
  const { apiVersion, kind } = manifest;
  const model = findModel(manifest);
  if (model === undefined) return [{ field: 'kind', message: `${apiVersion} ${kind} is not a kind that is rendered` }];

  // A model's check reads every field that it knows, and lets all others pass.
  const watched = watchReads({ ...manifest, apiVersion: model.apiVersion });
  const broken = schemaErrors(() => model.prototype.validate.call(watched.value));
  const unseen = broken.filter(({ isWrongType }) => isWrongType);
  const unknown = unreadFields(watched)
    .filter((field) => !isUnmodelled(kind, field) && !unseen.some((outer) => field.startsWith(`${outer.field}.`)))
    .map((field) => ({ field, message: 'unknown field' }));
  return [...broken, ...unknown];
}

function schemaErrors(validate: () => void): Finding[] {
  try {
    validate();
    return [];
  } catch (error) {
    if (!(error instanceof Error) || !('errors' in error)) throw error;
    const errors = error.errors as { instancePath: string; keyword: string; message?: string }[];
    return errors.map(({ instancePath, keyword, message }) => ({
      field: instancePath.slice(1).replaceAll('/', '.'),
      message: message ?? 'not valid',
      isWrongType: keyword === 'type',
    }));
  }
}

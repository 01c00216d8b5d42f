import type { CommittedManifest } from '../manifests.ts';

/** A sentence for each thing in the manifests that it is against. */
export type Rule = (manifests: readonly CommittedManifest[]) => string[];

/** Something that a rule has to find, made to a copy of the manifests. */
export type Break = (manifests: readonly CommittedManifest[]) => CommittedManifest[];

export interface RuleCase {
  readonly title: string;
  readonly rule: Rule;
  /** By what is wrong then. */
  readonly broken: Readonly<Record<string, Break>>;
}

/**
 * Sets a field of every object of a kind, or of the one called `Kind.name`; `undefined` takes it away. A path is
 * written `spec.containers.0.image`, or as a list where a key has dots. Throws where there is no such object.
 */
export function set(which: string, path: string | readonly string[], value: unknown): Break {
  return (manifests) => {
    const copies = structuredClone([...manifests]);
    const chosen = copies.filter(isOf(which));
    if (chosen.length === 0) throw new Error(`there is no ${which} to break`);
    for (const { object } of chosen) setField(object, typeof path === 'string' ? path.split('.') : path, value);
    return copies;
  };
}

/** Takes every object of a kind away, or the one called `Kind.name`. Throws where there is no such object. */
export function remove(which: string): Break {
  return (manifests) => {
    const rest = manifests.filter((manifest) => !isOf(which)(manifest));
    if (rest.length === manifests.length) throw new Error(`there is no ${which} to take away`);
    return rest;
  };
}

/** Adds an object to a component of the environment dev. */
export function add(component: string, object: CommittedManifest['object']): Break {
  const path = `dev/${component}/${object.kind}.${object.metadata.name}.yaml`;
  return (manifests) => [...manifests, { path, text: JSON.stringify(object), object }];
}

function isOf(which: string): (manifest: CommittedManifest) => boolean {
  const [kind = '', ...name] = which.split('.');
  return ({ object }) => object.kind === kind && (name.length === 0 || object.metadata.name === name.join('.'));
}

function setField(object: CommittedManifest['object'], path: readonly string[], value: unknown): void {
  let block = object as Record<string, unknown>;
  for (const key of path.slice(0, -1)) {
    block[key] ??= {};
    block = block[key] as Record<string, unknown>;
  }
  const last = path.at(-1) ?? '';
  if (value === undefined) Reflect.deleteProperty(block, last);
  else block[last] = value;
}

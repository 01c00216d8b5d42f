import { referencedVariable } from '../../environments/schema/identifiers.ts';

/** Reads one variable; undefined where it is not set. */
export type Lookup = (name: string) => string | undefined;

export interface MissingVariable {
  readonly name: string;
  readonly path: readonly PropertyKey[];
}

/** Replaces every `os.environ/NAME` at any depth by its value, and lists those that are not set. */
export function resolveReferences(value: unknown, lookup: Lookup): { value: unknown; missing: MissingVariable[] } {
  const missing: MissingVariable[] = [];
  return { value: resolveAt(value, [], lookup, missing), missing };
}

function resolveAt(value: unknown, path: readonly PropertyKey[], lookup: Lookup, missing: MissingVariable[]): unknown {
  if (Array.isArray(value)) return value.map((item, index) => resolveAt(item, [...path, index], lookup, missing));
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).map(([key, item]) => [key, resolveAt(item, [...path, key], lookup, missing)]);
    return Object.fromEntries(entries) as unknown;
  }
  const name = referencedVariable(value);
  if (name === undefined) return value;
  const found = lookup(name);
  if (found === undefined || found === '') missing.push({ name, path });
  return found;
}

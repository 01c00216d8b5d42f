import { redactSecrets } from '../../environments/schema/find-secrets.ts';

/**
 * Every value below an object by its path, as it is written: `gateway.replicas.min` to `2`. A list of plain values is
 * one value; a credential is taken out.
 */
export function flattenValues(value: unknown, path = ''): Map<string, string> {
  if (value === undefined || value === null) return new Map();
  if (typeof value !== 'object') return new Map([[path, shown(value)]]);
  if (Array.isArray(value) && value.every((item) => typeof item !== 'object'))
    return new Map([[path, shownList(value)]]);
  return new Map(
    Object.entries(value).flatMap(([key, inner]) => [...flattenValues(inner, path === '' ? key : `${path}.${key}`)]),
  );
}

function shownList(values: readonly unknown[]): string {
  return values.length === 0 ? 'none' : values.map(shown).join(', ');
}

function shown(value: unknown): string {
  return redactSecrets(String(value));
}

/** Say what a resource is, and are compared as such. */
const IDENTIFYING = new Set(['id', 'name', 'type']);
/** What tells the members of a list apart, where they have no name. */
const NAMING_KEYS = ['name', 'alert', 'record'];
const LONGEST_VALUE = 200;

/**
 * Every value of a resource by its path, such as `sku.capacity` or `agentPoolProfiles[user].maxCount`. Members of a
 * list go by their name, so that one more moves no other; long texts by their length.
 */
export function flattenResource(resource: Readonly<Record<string, unknown>>): Map<string, string> {
  const found = new Map<string, string>();
  for (const [key, value] of Object.entries(resource)) {
    if (IDENTIFYING.has(key)) continue;
    collect(value, key === 'properties' ? '' : key, found);
  }
  return found;
}

/** JSON has no values but texts, numbers, booleans, lists and objects. */
function collect(value: unknown, path: string, found: Map<string, string>): void {
  if (value === undefined || value === null) return;
  if (typeof value !== 'object') return void found.set(path, `${value as string | number | boolean}`);
  if (Array.isArray(value)) return collectList(value, path, found);
  const entries = Object.entries(value);
  if (entries.length === 0 && path !== '') found.set(path, 'set');
  for (const [key, inner] of entries) collect(inner, joined(path, key), found);
}

function collectList(values: readonly unknown[], path: string, found: Map<string, string>): void {
  if (values.every((value) => typeof value !== 'object'))
    return void found.set(path, values.length === 0 ? 'none' : values.join(', '));
  const names = values.map(nameOf);
  const areNamed = names.every((name) => name !== undefined) && new Set(names).size === names.length;
  for (const [index, value] of values.entries())
    collect(withoutName(value, areNamed), `${path}[${areNamed ? names[index] : index + 1}]`, found);
}

function nameOf(value: unknown): string | undefined {
  if (typeof value !== 'object' || value === null) return undefined;
  const key = NAMING_KEYS.find((name) => typeof (value as Record<string, unknown>)[name] === 'string');
  return key === undefined ? undefined : String((value as Record<string, unknown>)[key]);
}

/** A name that is in the path already; what has nothing else is there all the same. */
function withoutName(value: unknown, isNamed: boolean): unknown {
  if (!isNamed || typeof value !== 'object' || value === null) return value;
  return Object.fromEntries(Object.entries(value).filter(([key]) => key !== 'name'));
}

/** `properties` says nothing, and Azure nests it everywhere. */
function joined(path: string, key: string): string {
  if (key === 'properties') return path;
  const shown = /^[\w-]+$/.test(key) ? key : `[${key}]`;
  return path === '' ? shown : `${path}.${shown}`;
}

/** A value as a table shows it. */
export function shownValue(value: string): string {
  return value.length > LONGEST_VALUE ? `a text of ${value.length.toLocaleString('en-US')} characters` : value;
}

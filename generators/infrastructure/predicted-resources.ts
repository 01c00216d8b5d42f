/** A resource as it would be created, with the properties that differ by its type. */
export interface PredictedResource {
  readonly id: string;
  readonly type: string;
  readonly apiVersion: string;
  readonly [property: string]: unknown;
}

/** What a reader looks for first; all else follows by name. */
const FIRST_KEYS = ['id', 'type', 'name', 'apiVersion', 'location', 'kind', 'sku'];

/**
 * Predicted resources in the order of their ids, with their keys in one order, so that a template can be written
 * otherwise without a change here. Names of modules inside `reference(...)` go, since they are names of no resource.
 */
export function orderResources(predicted: readonly Readonly<Record<string, unknown>>[]): PredictedResource[] {
  return predicted
    .map((resource) => ordered(resource) as PredictedResource)
    .toSorted((a, b) => inOrder(a.id.toLowerCase(), b.id.toLowerCase()) || inOrder(a.id, b.id));
}

/** `resources.json`: the same resources give the same bytes. */
export function resourcesText(resources: readonly PredictedResource[]): string {
  return `${JSON.stringify(resources, null, 2)}\n`;
}

function ordered(value: unknown): unknown {
  if (typeof value === 'string') return withoutModuleNames(value);
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value).map(([key, inner]): [string, unknown] => [key, ordered(inner)]);
  return Object.fromEntries(entries.toSorted(([a], [b]) => rank(a) - rank(b) || inOrder(a, b)));
}

function rank(key: string): number {
  const place = FIRST_KEYS.indexOf(key);
  return place === -1 ? FIRST_KEYS.length : place;
}

/** An expression is text in brackets; two of them at its start are a text that begins with one. */
function withoutModuleNames(text: string): string {
  if (!/^\[[^[]/.test(text)) return text;
  return text
    .replace(/(\/Microsoft\.Resources\/deployments\/)[^'/,]+/gi, '$1<module>')
    .replace(/('Microsoft\.Resources\/deployments', *)'[^']*'/gi, "$1'<module>'");
}

/** By code points, so that no machine's language changes the order. */
function inOrder(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

import { resourcesText, type PredictedResource } from '../../../generators/infrastructure/predicted-resources.ts';

/** One difference between two snapshots, so that a fixture is a few lines and not 180 kB twice. */
export type ResourceEdit =
  /** Takes out the resource whose id ends so, and what is below it. */
  | { readonly remove: string }
  /** Sets a property of it; without `to` takes the property out. */
  | { readonly change: string; readonly at: readonly string[]; readonly to?: unknown }
  /** Adds one that is like it but for its name. */
  | { readonly copy: string; readonly as: string }
  /** Puts another text for one wherever it stands. */
  | { readonly replace: string; readonly with: string };

/** A `resources.json` with edits made to it. Throws where an edit finds nothing to change. */
export function editResources(text: string, edits: readonly ResourceEdit[]): string {
  return edits.reduce((edited, edit) => resourcesText(applyEdit(edited, edit)), text);
}

function applyEdit(text: string, edit: ResourceEdit): PredictedResource[] {
  const resources = JSON.parse(text) as PredictedResource[];
  if ('replace' in edit) return JSON.parse(textReplaced(text, edit.replace, edit.with)) as PredictedResource[];
  if ('remove' in edit) {
    const { id } = found(resources, edit.remove);
    return resources.filter((resource) => resource.id !== id && !resource.id.startsWith(`${id}/`));
  }
  if ('copy' in edit) {
    const original = found(resources, edit.copy);
    const [from = '', to = ''] = [edit.copy, edit.as].map((path) => path.split('/').at(-1));
    const rename = (name: string) => `${name.slice(0, name.lastIndexOf(from))}${to}`;
    return [...resources, { ...original, id: rename(original.id), name: rename(String(original['name'])) }];
  }
  const resource = found(resources, edit.change);
  return resources.map((each) => (each === resource ? changed(each, edit.at, edit.to) : each)) as PredictedResource[];
}

function found(resources: readonly PredictedResource[], end: string): PredictedResource {
  const [only, ...others] = resources.filter(({ id }) => id.endsWith(end));
  if (only === undefined || others.length > 0)
    throw new Error(`${others.length + (only ? 1 : 0)} resources end with ${end}`);
  return only;
}

function textReplaced(text: string, from: string, to: string): string {
  if (!text.includes(from)) throw new Error(`no resource has ${from}`);
  return text.replaceAll(from, to);
}

/** Lists are gone into by what is called so in them, or by the place. */
function changed(value: unknown, [key, ...rest]: readonly string[], to: unknown): unknown {
  if (key === undefined) return to;
  if (Array.isArray(value))
    return value.map((each: unknown, index) =>
      (each as { name?: string }).name === key || String(index) === key ? changed(each, rest, to) : each,
    );
  const entries = value as Record<string, unknown>;
  return Object.fromEntries(
    Object.entries({ ...entries, [key]: changed(entries[key], rest, to) }).filter(([, inner]) => inner !== undefined),
  );
}

/** Where a value stands in a parsed file, such as `['model_list', 0, 'model_name']`. */
export type Path = readonly PropertyKey[];

/** The value at a path, or undefined where the file does not go that far. */
export function valueAt(input: unknown, path: Path): unknown {
  let value = input;
  for (const part of path) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part)) return undefined;
    value = (value as Record<PropertyKey, unknown>)[part];
  }
  return value;
}

/** The text at a path, or undefined for anything else. */
export function textAt(input: unknown, path: Path): string | undefined {
  const value = valueAt(input, path);
  return typeof value === 'string' ? value : undefined;
}

/** The list at a path; an empty one for anything else. */
export function listAt(input: unknown, path: Path): readonly unknown[] {
  const value = valueAt(input, path);
  return Array.isArray(value) ? value : [];
}

import { z } from 'zod';

/** The keys that the schema knows at `path`; empty where it cannot be told. `input` decides between variants. */
export function knownKeys(schema: z.ZodType, path: readonly PropertyKey[], input: unknown): string[] {
  let current: z.ZodType | undefined = schema;
  let value = input;
  for (const part of path) {
    current = child(current, part, value);
    value = typeof value === 'object' && value !== null ? (value as Record<PropertyKey, unknown>)[part] : undefined;
  }
  const shape = shapeOf(current, value);
  return shape === undefined ? [] : Object.keys(shape);
}

function child(schema: z.ZodType | undefined, part: PropertyKey, value: unknown): z.ZodType | undefined {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodArray) return inner.element as z.ZodType;
  if (inner instanceof z.ZodRecord) return inner.valueType as z.ZodType;
  return shapeOf(inner, value)?.[String(part)] as z.ZodType | undefined;
}

function shapeOf(schema: z.ZodType | undefined, value: unknown): Record<string, unknown> | undefined {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodObject) return inner.shape;
  if (!(inner instanceof z.ZodDiscriminatedUnion)) return undefined;
  const discriminator = inner.def.discriminator;
  const chosen = (value as Record<string, unknown> | undefined)?.[discriminator];
  for (const option of inner.options) {
    if (!(option instanceof z.ZodObject)) continue;
    const literal: unknown = option.shape[discriminator];
    if (literal instanceof z.ZodLiteral && literal.value === chosen) return option.shape;
  }
  return undefined;
}

function unwrap(schema: z.ZodType | undefined): z.ZodType | undefined {
  let current = schema;
  while (current instanceof z.ZodOptional || current instanceof z.ZodDefault || current instanceof z.ZodNullable)
    current = current.unwrap() as z.ZodType;
  return current;
}

/** The known key that was probably meant: at most two slips away, or the same without case and separators. */
export function nearestKey(key: string, known: readonly string[]): string | undefined {
  return nearestKeys(key, known)[0];
}

/** Every known key that was equally probably meant, in their order; none where none is near. */
export function nearestKeys(key: string, known: readonly string[]): string[] {
  const ranked = known.map((candidate) => ({ candidate, distance: editDistance(plain(key), plain(candidate)) }));
  const nearest = Math.min(...ranked.map(({ distance }) => distance));
  if (nearest > 2 || nearest >= key.length / 2) return [];
  return ranked.filter(({ distance }) => distance === nearest).map(({ candidate }) => candidate);
}

function plain(word: string): string {
  return word.toLowerCase().replace(/[^a-z0-9]/g, '');
}

/** Letters to insert, delete, replace or swap with their neighbour. */
function editDistance(a: string, b: string): number {
  const rows: number[][] = [Array.from({ length: b.length + 1 }, (_, column) => column)];
  const at = (row: number, column: number) => rows[row]?.[column] ?? 0;
  for (let row = 1; row <= a.length; row += 1) {
    rows.push([row]);
    for (let column = 1; column <= b.length; column += 1) {
      const isSame = a[row - 1] === b[column - 1];
      const isSwapped = row > 1 && column > 1 && a[row - 1] === b[column - 2] && a[row - 2] === b[column - 1];
      const swapped = isSwapped ? at(row - 2, column - 2) + 1 : Number.POSITIVE_INFINITY;
      const replaced = at(row - 1, column - 1) + (isSame ? 0 : 1);
      rows[row]?.push(Math.min(replaced, swapped, at(row - 1, column) + 1, at(row, column - 1) + 1));
    }
  }
  return at(a.length, b.length);
}

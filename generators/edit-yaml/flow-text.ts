import { stringify } from 'yaml';

/** A value on one line as people write it here: `{ name: a, zones: [1, 2] }`. */
export function flowText(value: unknown): string {
  if (Array.isArray(value)) return `[${value.map(flowText).join(', ')}]`;
  if (typeof value !== 'object' || value === null) return scalarText(value);
  const fields = Object.entries(value).filter(([, field]) => field !== undefined);
  return `{ ${fields.map(([key, field]) => `${key}: ${flowText(field)}`).join(', ')} }`;
}

/** To other readers of YAML this is a date, and no text. */
const DATE = /^\d{4}-\d{2}-\d{2}$/;

/** A number without an exponent, and a text in quotes where it would be something else without them. */
function scalarText(value: unknown): string {
  if (typeof value === 'number') return decimalText(value);
  if (typeof value === 'string' && DATE.test(value)) return JSON.stringify(value);
  const style = { collectionStyle: 'flow', flowCollectionPadding: false, lineWidth: 0 } as const;
  return stringify([value], style).trimEnd().slice(1, -1);
}

/** Prices of a token are so small that JavaScript writes 6e-7, which nobody reads at a glance. */
function decimalText(value: number): string {
  return value.toLocaleString('en-US', { useGrouping: false, maximumFractionDigits: 20 });
}

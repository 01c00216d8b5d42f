/** A .bicepparam file for the template at the relative path `template`, with every value written out. */
export function parameterFile(template: string, parameters: Readonly<Record<string, unknown>>): string {
  const lines = Object.entries(parameters).map(([name, value]) => `param ${name} = ${literalOf(value)}`);
  return [`using ${literalOf(template)}`, ...lines, ''].join('\n');
}

/** A JSON value as Bicep writes it. Throws for what Bicep has no literal for, such as 0.5. */
function literalOf(value: unknown): string {
  if (typeof value === 'string') return `'${value.replace(/[\\'$\n\r\t]/g, escaped)}'`;
  if (typeof value === 'boolean' || Number.isSafeInteger(value)) return String(value);
  if (Array.isArray(value)) return block('[', value.map(literalOf), ']');
  if (typeof value !== 'object' || value === null) throw new Error(`Bicep has no literal for ${String(value)}`);
  const properties = Object.entries(value).filter(([, inner]) => inner !== undefined);
  const lines = properties.map(([key, inner]) => `${keyOf(key)}: ${literalOf(inner)}`);
  return block('{', lines, '}');
}

function keyOf(name: string): string {
  return /^[A-Za-z_]\w*$/.test(name) ? name : literalOf(name);
}

function block(open: string, lines: readonly string[], close: string): string {
  return [open, ...lines, close].join('\n');
}

const ESCAPES: Readonly<Record<string, string>> = { '\n': 'n', '\r': 'r', '\t': 't' };

function escaped(character: string): string {
  return `\\${ESCAPES[character] ?? character}`;
}

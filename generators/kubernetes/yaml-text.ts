import { stringify, type ScalarTag } from 'yaml';

// Kubernetes and LiteLLM read YAML 1.1, the gateway reads 1.2. What is written here means the same in both:
// 1.1 makes the writer quote `on`, `yes` and days, and a small number stays a decimal, since PyYAML takes 5e-8 for text.

const smallNumber: ScalarTag = {
  identify: (value) => typeof value === 'number' && /^\d(\.\d+)?e-/.test(String(value)),
  default: true,
  tag: 'tag:yaml.org,2002:float',
  test: /^0\.0{6}\d+$/,
  resolve: Number,
  stringify: ({ value }) => decimal(Number(value)),
};

/** YAML in the order of the value's own keys, never wrapped, so that a change of one value changes one line. */
export function yamlText(value: unknown): string {
  return stringify(value, {
    version: '1.1',
    lineWidth: 0,
    aliasDuplicateObjects: false,
    customTags: (tags) => [smallNumber, ...tags],
  });
}

/** The text of a rendered file. */
export function manifestText(manifest: unknown): string {
  return `# Rendered by \`npm run render\`; do not edit.\n${yamlText(manifest)}`;
}

function decimal(value: number): string {
  const [digits = '0', exponent = '0'] = value.toExponential().split('e-');
  return `0.${'0'.repeat(Number(exponent) - 1)}${digits.replace('.', '')}`;
}

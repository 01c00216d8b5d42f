import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { manifestText, yamlText } from '../../../generators/kubernetes/yaml-text.ts';

describe('yamlText', () => {
  it('means the same in YAML 1.1, which Kubernetes reads, and in 1.2', () => {
    const value = {
      words: ['on', 'yes', 'n', 'null', '~', '', 'true'],
      numbers: ['010', '1e3', '1:30', '0x1f', '1_000', '4000'],
      days: ['2024-10-21', '2027-06-30T00:00:00Z'],
      prices: [0.000003, 1.5e-7, 5e-8, 1e-12, 0, 60, 0.5],
      text: 'first\nsecond: # "third"\n',
    };

    expect(parse(yamlText(value), { version: '1.1' })).toEqual(value);
    expect(parse(yamlText(value), { version: '1.2' })).toEqual(value);
  });

  it.each([
    [5e-8, '0.00000005'],
    [1.5e-7, '0.00000015'],
    [0.0000012, '0.0000012'],
    [1e-12, '0.000000000001'],
  ])('writes the price %s as a plain decimal', (price, written) => {
    expect(yamlText({ price })).toBe(`price: ${written}\n`);
  });

  it('writes a value that appears twice in full and never wraps a long one', () => {
    const shared = { name: 'x '.repeat(200).trim() };

    expect(yamlText([shared, shared])).toBe(`- name: ${shared.name}\n`.repeat(2));
  });
});

describe('manifestText', () => {
  it('says on the first line where the file comes from', () => {
    expect(manifestText({ kind: 'Namespace' })).toBe('# Rendered by `npm run render`; do not edit.\nkind: Namespace\n');
  });
});

import { describe, expect, test } from 'vitest';
import { replaceValues } from '../../../generators/edit-yaml/replace-values.ts';

const edits = [
  { path: ['images', 'gateway', 'digest'], value: 'sha256:one' },
  { path: ['charts', 'argocd', 'digest'], value: 'sha256:two' },
];

describe('replaceValues', () => {
  test('touches the values alone, however they are written', () => {
    const text = [
      '# first line',
      'charts: { argocd: { digest:   "unresolved",version: 7.7.14 } }   # aside',
      'images:',
      '  gateway:',
      "    digest:    'unresolved'   # ours",
      '    version: 0.1.0',
      '# last line, without an end',
    ].join('\n');

    expect(replaceValues(text, edits)).toBe(
      text.replace('"unresolved"', 'sha256:two').replace("'unresolved'", 'sha256:one'),
    );
    expect(replaceValues(text, [])).toBe(text);
  });

  test('refuses what it cannot find, and what one edit would change in two places', () => {
    expect(() => replaceValues('images: {}\n', edits)).toThrow('images.gateway.digest is not in the file');
    const shared = 'images: { gateway: { digest: &d unresolved } }\ncharts: { argocd: { digest: *d } }\n';
    expect(() => replaceValues(shared, edits.slice(0, 1))).toThrow('write each value out');
  });
});

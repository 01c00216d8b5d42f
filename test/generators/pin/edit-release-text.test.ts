import { describe, expect, test } from 'vitest';
import { editReleaseText } from '../../../generators/pin/edit-release-text.ts';

const edits = [
  { path: ['images', 'gateway', 'digest'], value: 'sha256:one' },
  { path: ['charts', 'argocd', 'digest'], value: 'sha256:two' },
];

describe('editReleaseText', () => {
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

    expect(editReleaseText(text, edits)).toBe(
      text.replace('"unresolved"', 'sha256:two').replace("'unresolved'", 'sha256:one'),
    );
    expect(editReleaseText(text, [])).toBe(text);
  });

  test('refuses what it cannot find, and what one edit would change in two places', () => {
    expect(() => editReleaseText('images: {}\n', edits)).toThrow('images.gateway.digest is not in the file');
    const shared = 'images: { gateway: { digest: &d unresolved } }\ncharts: { argocd: { digest: *d } }\n';
    expect(() => editReleaseText(shared, edits.slice(0, 1))).toThrow('write each digest out');
  });
});

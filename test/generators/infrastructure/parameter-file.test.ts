import { describe, expect, it } from 'vitest';
import { parameterFile } from '../../../generators/infrastructure/parameter-file.ts';

describe('parameterFile', () => {
  it('writes every value out, so that the compiler reads no other file', () => {
    const core = { name: 'dev', zones: ['1', '2'], keep: true, days: 7, dns: undefined, none: [] };

    expect(parameterFile('../infra/main.bicep', { core })).toBe(
      [
        "using '../infra/main.bicep'",
        'param core = {',
        "name: 'dev'",
        'zones: [',
        "'1'",
        "'2'",
        ']',
        'keep: true',
        'days: 7',
        'none: [',
        ']',
        '}',
        '',
      ].join('\n'),
    );
  });

  it('quotes a name that is no identifier, and all that Bicep would read as more than text', () => {
    const text = parameterFile('main.bicep', { labels: { 'a-b': "it's \\ ${name}\n\r\t" } });

    expect(text).toContain(String.raw`'a-b': 'it\'s \\ \${name}\n\r\t'`);
  });

  it('refuses what Bicep has no literal for', () => {
    expect(() => parameterFile('main.bicep', { share: 0.5 })).toThrow('Bicep has no literal for 0.5');
    expect(() => parameterFile('main.bicep', { share: null })).toThrow('Bicep has no literal for null');
  });
});

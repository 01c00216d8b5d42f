import { describe, expect, it } from 'vitest';
import { scanObject, ScanError } from '../../../proxy/request/scan-object.ts';

const WANTED = new Set(['model', 'stream']);

function scan(text: string): Record<string, string> {
  const bytes = Buffer.from(text);
  const found = [...scanObject(bytes, WANTED).members];
  return Object.fromEntries(found.map(([key, { start, end }]) => [key, bytes.toString('utf8', start, end)]));
}

describe('scanObject', () => {
  it.each([
    ['a plain body', '{"model":"gpt","stream":true}', { model: '"gpt"', stream: 'true' }],
    ['white space anywhere', ' {\n"model" :\t"gpt" , "stream": false }\r\n', { model: '"gpt"', stream: 'false' }],
    [
      'a model behind long messages',
      `{"messages":[{"content":"${'x"'.replace('"', '\\"').repeat(500)}"}],"model":"m"}`,
      { model: '"m"' },
    ],
    [
      'a model inside a message',
      '{"messages":[{"model":"other","a":[1,{"stream":true}]}],"model":"m"}',
      { model: '"m"' },
    ],
    ['a model that only stands in text', '{"content":"\\"model\\":\\"other\\"","model":"m"}', { model: '"m"' }],
    ['an escaped name', '{"mod\\u0065l":"m"}', { model: '"m"' }],
    ['backslashes before a quote', '{"a":"\\\\","model":"m","b":"\\\\\\""}', { model: '"m"' }],
    ['numbers and literals', '{"a":-1.5e+3,"b":null,"stream":true}', { stream: 'true' }],
    ['an empty object', ' { } ', {}],
  ])('finds the members of %s', (_what, text, expected) => {
    expect(scan(text)).toEqual(expected);
  });

  it.each([
    ['nothing', ''],
    ['a list', '["model"]'],
    ['a byte order mark', '\uFEFF{"model":"m"}'],
    ['a wanted member twice', '{"model":"cheap","model":"dear"}'],
    ['a wanted member twice, once with an escape', '{"model":"cheap","mod\\u0065l":"dear"}'],
    ['a comment', '{"a":[/*"*/1],"model":"cheap"}'],
    ['a comment at the top', '{/*"model":"dear",*/"model":"cheap"}'],
    ['single quotes', "{'model':'dear'}"],
    ['a trailing comma', '{"model":"m",}'],
    ['a missing comma', '{"a":1 "model":"m"}'],
    ['something behind the object', '{"model":"m"}{"model":"dear"}'],
    ['an open string', '{"model":"m'],
    ['an open list', '{"a":[1,2,"model":"m"'],
    ['no value', '{"model":}'],
    ['a bad escape in a name', '{"\\q":1}'],
  ])('refuses %s', (_what, text) => {
    expect(() => scan(text)).toThrow(ScanError);
  });

  it('reads every body as JSON.parse does, or refuses it', () => {
    const pieces = [
      '{',
      '}',
      '[',
      ']',
      '"model"',
      '"stream"',
      '"a\\\\"',
      '"\\""',
      ':',
      ',',
      '1',
      'true',
      ' ',
      '"é"',
      '/',
      "'",
    ];
    let seed = 7;
    const next = () => (seed = (seed * 48_271) % 2_147_483_647);
    let read = 0;
    for (let round = 0; round < 20_000; round += 1) {
      const text = `{"model":${Array.from({ length: next() % 9 }, () => pieces[next() % pieces.length]).join('')}}`;
      const parsed = parse(text);
      if (parsed === undefined) continue;
      read += 1;
      const own = tryScan(text);
      if (own === undefined) continue;
      expect(JSON.parse(own['model'] ?? 'null')).toEqual(parsed['model']);
    }
    expect(read).toBeGreaterThan(50);
  });
});

function parse(text: string): Record<string, unknown> | undefined {
  try {
    return JSON.parse(text) as Record<string, unknown>;
  } catch {
    return undefined;
  }
}

function tryScan(text: string): Record<string, string> | undefined {
  try {
    return scan(text);
  } catch {
    return undefined;
  }
}

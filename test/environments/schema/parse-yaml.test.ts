import { describe, expect, test } from 'vitest';
import { z } from 'zod';
import { GatewayConfig } from '../../../environments/schema/gateway-config.ts';
import { formatProblem, MAX_FILE_BYTES, parseYaml, problemOf } from '../../../environments/schema/parse-yaml.ts';

const Shelf = z.strictObject({
  name: z.string().min(1),
  size: z.union([z.int().min(1), z.literal('any')]).optional(),
  books: z.array(z.strictObject({ title: z.string(), password: z.string().min(8).optional() })).optional(),
});

function problemsOf(text: string, options?: { unknownKeys: 'warn' }): string[] {
  return parseYaml(text, 'shelf.yaml', Shelf, options).problems.map(formatProblem);
}

describe('parseYaml', () => {
  test('gives the value of a sound file', () => {
    const parsed = parseYaml('name: a\nsize: 3\nbooks: [{ title: b }]\n', 'shelf.yaml', Shelf);

    expect(parsed.value).toEqual({ name: 'a', size: 3, books: [{ title: 'b' }] });
    expect(parsed.problems).toEqual([]);
  });

  test('reads YAML 1.2: yes is text, and so is a day', () => {
    const Words = z.strictObject({ a: z.string(), b: z.string(), c: z.string() });

    expect(parseYaml('a: yes\nb: 2027-06-30\nc: 0777x', 'x.yaml', Words).value).toEqual({
      a: 'yes',
      b: '2027-06-30',
      c: '0777x',
    });
  });

  test('reads a file with Windows line ends and a byte order mark at the right places', () => {
    expect(problemsOf('\uFEFFname: a\r\nbooks:\r\n  - titel: b\r\n')).toEqual([
      'shelf.yaml:3:5: error: unknown key titel: did you mean title?',
    ]);
  });

  test('tells every problem of a file, each at its own place', () => {
    expect(problemsOf('name: ""\nsize: 0\nbooks:\n  - title: 5\n  - pages: 3\n')).toEqual([
      'shelf.yaml:1:1: error: name is "": write some text',
      'shelf.yaml:2:1: error: size is 0: use at least 1',
      'shelf.yaml:4:5: error: title is 5: write text',
      'shelf.yaml:5:5: error: unknown key pages: remove it, or use one of title, password',
      'shelf.yaml:5:5: error: title is missing: write text',
    ]);
  });

  test('joins what the branches of a union ask for', () => {
    expect(problemsOf('name: a\nsize: large\n')).toEqual([
      'shelf.yaml:2:1: error: size is "large": write a number, or use any',
    ]);
  });

  test('never repeats a value that may be a secret', () => {
    const text = `name: { sk-proj-${'a1B2'.repeat(5)}: 1 }\nbooks: [{ title: b, password: hunter2 }]\n`;

    const problems = problemsOf(text).join('\n');

    expect(problems).toContain('password: write some text');
    expect(problems).not.toContain('hunter2');
    expect(problems).not.toContain('a1B2');
  });

  test.each([
    ['', 'shelf.yaml:1:1: error: the file is empty: write name'],
    ['---\n', 'shelf.yaml:1:4: error: the file is empty: write name'],
    ['- name: a\n', 'shelf.yaml:1:1: error: the file is a list: write a block of keys'],
    ['just text\n', 'shelf.yaml:1:1: error: the file is "just text": write a block of keys'],
    ['name: a\nname: b\n', 'shelf.yaml:2:1: error: this key stands twice: remove one'],
    ['name: &a [*a]\n', 'shelf.yaml:1:1: error: name is a list: write text'],
    [
      'books: *later\nname: &later a\n',
      'shelf.yaml:1:8: error: not valid YAML: an alias (*name) has no anchor (&name) before it: write the values out',
    ],
    [
      `name: ${'x'.repeat(MAX_FILE_BYTES)}`,
      `shelf.yaml:1:1: error: the file is larger than ${MAX_FILE_BYTES} bytes: split it`,
    ],
  ])('gives one clear error for %.20j', (text, problem) => {
    expect(problemsOf(text)).toEqual([problem]);
  });

  test('survives a file that is nested too deeply', () => {
    expect(problemsOf('{'.repeat(2_000)).join()).toMatch(
      /^shelf.yaml:1:\d+: error: not valid YAML: it is nested too deeply$/,
    );
  });

  test('accepts an empty file where nothing is needed', () => {
    expect(parseYaml('# nothing\n', 'config.yaml', GatewayConfig).value).toEqual({
      model_list: [],
      teams: [],
      virtual_keys: [],
    });
  });

  test('a foreign file keeps working: what has no effect is left out with a warning for each key', () => {
    const text = 'name: a\nshade: dark\nsize:\nbooks:\n  - { title: b, pages: 3 }\n';

    const parsed = parseYaml(text, 'shelf.yaml', Shelf, { unknownKeys: 'warn' });

    expect(parsed.value).toEqual({ name: 'a', books: [{ title: 'b' }] });
    expect(parsed.problems.map(formatProblem)).toEqual([
      'shelf.yaml:2:1: warning: shade has no effect here',
      'shelf.yaml:5:17: warning: pages has no effect here',
    ]);
  });

  test('a foreign file may name a block and leave it empty, as LiteLLM allows', () => {
    const text = 'model_list:\nlitellm_settings:\ngeneral_settings: { master_key: null }\n';

    const parsed = parseYaml(text, 'config.yaml', GatewayConfig, { unknownKeys: 'warn' });

    expect(parsed.problems).toEqual([]);
    expect(parsed.value).toEqual({ model_list: [], general_settings: {}, teams: [], virtual_keys: [] });
  });

  test('does not show a credential that is the name of a file', () => {
    const line = formatProblem(problemOf(`keys/sk-${'a1'.repeat(12)}.yaml`, 'nothing reads this'));

    expect(line).toBe('keys/(a secret).yaml:1:1: error: nothing reads this');
  });

  test('places a later finding at its key, or at the nearest place that the file has', () => {
    const parsed = parseYaml('name: a\nbooks:\n  - title: b\n', 'shelf.yaml', Shelf);

    expect(parsed.locate(['books', 0, 'title'], 'x')).toMatchObject({ line: 3, column: 5, field: 'books.0.title' });
    expect(parsed.locate(['books', 0, 'password', 'deep'], 'x')).toMatchObject({ line: 3, column: 5 });
    expect(parsed.locate(['books', 7], 'x')).toMatchObject({ line: 2, column: 1 });
    expect(parsed.locate([], 'x', 'warning')).toMatchObject({ line: 1, column: 1, level: 'warning' });
  });
});

describe('formatProblem', () => {
  const place = { level: 'error', file: 'a.yaml', line: 2, column: 3 } as const;

  test('names the field unless the message begins with it', () => {
    expect(formatProblem({ ...place, field: 'a.b', message: 'no such thing' })).toBe(
      'a.yaml:2:3: error: a.b: no such thing',
    );
    expect(formatProblem({ ...place, field: 'a.b', message: 'b is 3: use 4' })).toBe(
      'a.yaml:2:3: error: b is 3: use 4',
    );
    expect(formatProblem({ ...place, field: '', message: 'empty' })).toBe('a.yaml:2:3: error: empty');
  });
});

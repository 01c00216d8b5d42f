import { describe, expect, it } from 'vitest';
import { code, counted, fenced, htmlCode, listed, plain } from '../../../generators/plan/print-text.ts';

describe('code', () => {
  it('keeps a name as it is', () => {
    expect(code('gpt-5.4-mini')).toBe('`gpt-5.4-mini`');
  });

  it.each([
    ['a`b', '`aˋb`'],
    ['a|b', '`a¦b`'],
    ['a\\|b', '`a\\¦b`'],
    ['a\nb\r\n\nc', '`a b c`'],
    ['', '(empty)'],
    ['\u202e\u200bx', '`\\u{202e}\\u{200b}x`'],
    ['\u0000', '`\\u{0}`'],
  ])('holds nothing that ends it or its column: %j', (name, shown) => {
    expect(code(name)).toBe(shown);
  });

  it('is never long, and never ends within a character', () => {
    const shown = code(`${'x'.repeat(119)}😀😀`);
    expect(shown).toBe(`\`${'x'.repeat(119)}…\``);
  });

  it('does not show a secret', () => {
    expect(code('password sk-ant-api03-0123456789abcdef0123')).not.toContain('0123456789abcdef');
  });
});

describe('plain', () => {
  it.each([
    ['[click](https://evil.example)', '\\[click\\](https&#58;//evil.example)'],
    ['www.evil.example', 'www&#46;evil.example'],
    ['<img src=x onerror=alert(1)>', '&lt;img src=x onerror=alert(1)&gt;'],
    ['<!-- tollgate -->', '&lt;!-- tollgate --&gt;'],
    ['ask @everyone or you@example.com', 'ask @&#8203;everyone or you@&#8203;example.com'],
    ['closes #12', 'closes #&#8203;12'],
    ['`code` and *stars* | pipe ~~gone~~', '\\`code\\` and \\*stars\\* \\| pipe \\~\\~gone\\~\\~'],
    ['max_budget stays, _this_ does not', 'max_budget stays, \\_this\\_ does not'],
    ['- a list', '\\- a list'],
    ['1. a list', '1&#8203;. a list'],
    ['line\n\n# heading', 'line # heading'],
    ['&lt;', '&amp;lt;'],
    ['back\\slash', 'back\\\\slash'],
    [
      '$x^2$ and $1+1$ and $$y$$',
      '<span>$</span>x^2<span>$</span> and $1+1<span>$</span> and <span>$</span><span>$</span>y<span>$</span><span>$</span>',
    ],
    ['from $4,000 to $4,500', 'from $4,000 to $4,500'],
    ['closes GH-123', 'closes GH-&#8203;123'],
  ])('keeps %j as text', (text, shown) => {
    expect(plain(text)).toBe(shown);
  });

  it('cuts what is very long', () => {
    expect(plain('x'.repeat(100_000)).length).toBeLessThan(1_100);
  });
});

describe('htmlCode', () => {
  it('holds no element', () => {
    expect(htmlCode('</code></summary><script>"\'&')).toBe(
      '<code>&#60;/code&#62;&#60;/summary&#62;&#60;script&#62;&#34;&#39;&#38;</code>',
    );
  });
});

describe('fenced', () => {
  it('looks no further through a line than may be shown', () => {
    const long = `+${'a'.repeat(19_990)} sk-ant-api03-0123456789abcdef0123456789`;
    expect(fenced('diff', long.repeat(500), 1).length).toBeLessThan(500);
  });

  it('shows nothing of a secret that the cut goes through', () => {
    const line = `+${'a '.repeat(195)}sk-ant-api03-${'0123456789abcdef'.repeat(20)}`;
    expect(fenced('diff', line, 1)).not.toContain('0123456789abcdef');
  });

  it('has a longer fence than any in it', () => {
    expect(fenced('diff', ' ```\n+````js\n </details>', 10)).toBe('`````diff\n ```\n+````js\n </details>\n`````');
  });

  it('tells how much it does not show', () => {
    expect(fenced('diff', 'a\nb\nc', 2)).toBe('```diff\na\nb\n… 1 more line\n```');
  });

  it('shows what would turn the text around', () => {
    expect(fenced('diff', '+a\u202e\u2066b\r', 2)).toBe('```diff\n+a\\u{202e}\\u{2066}b\\u{d}\n```');
  });

  it('shows neither a key nor any line of a private key', () => {
    const key = ['-----BEGIN RSA PRIVATE KEY-----', 'MIIEowIBAAKCAQEA', '-----END RSA PRIVATE KEY-----', 'after'];
    const text = fenced(
      'diff',
      ['+gsk_0123456789abcdefghijklmnopqrstuvwx', ...key.map((line) => `+${line}`)].join('\n'),
      9,
    );
    expect(text).toBe('```diff\n+(a secret)\n+(a secret)\n+after\n```');
  });
});

describe('counted and listed', () => {
  it('read as English', () => {
    expect([counted(1, 'file'), counted(1_200, 'line'), listed(['a']), listed(['a', 'b', 'c'])]).toEqual([
      '1 file',
      '1,200 lines',
      'a',
      'a, b and c',
    ]);
  });
});

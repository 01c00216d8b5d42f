import { describe, expect, test } from 'vitest';
import { hashKey, isOurKey, makeKey } from '../../../environments/schema/key-format.ts';

describe('makeKey', () => {
  test('makes the same key from the same 32 bytes, and another from others', () => {
    const zeros = makeKey(new Uint8Array(32));
    const full = makeKey(new Uint8Array(32).fill(255));

    expect(zeros).toMatch(/^sk-tollgate-0{43}[0-9A-Za-z]{6}$/);
    expect(full).toMatch(/^sk-tollgate-[0-9A-Za-z]{49}$/);
    expect(makeKey(new Uint8Array(32).fill(255))).toBe(full);
    expect(makeKey()).not.toBe(makeKey());
  });

  test('keeps every bit of its bytes', () => {
    const keys = Array.from({ length: 256 }, (_, bit) => {
      const bytes = new Uint8Array(32);
      bytes[bit >> 3] = 1 << (bit & 7);
      return makeKey(bytes);
    });

    expect(new Set(keys).size).toBe(256);
    expect(new Set(keys.map((key) => key.length))).toEqual(new Set([61]));
  });

  test('refuses to make a key of less', () => {
    expect(() => makeKey(new Uint8Array(31))).toThrow(RangeError);
  });
});

describe('isOurKey', () => {
  const key = makeKey();

  test('knows a key that was made here', () => {
    expect(isOurKey(key)).toBe(true);
  });

  test('does not take a key with one other letter, whichever it is', () => {
    for (let index = 'sk-tollgate-'.length; index < key.length; index += 1) {
      const other = key[index] === 'a' ? 'b' : 'a';
      expect(isOurKey(key.slice(0, index) + other + key.slice(index + 1))).toBe(false);
    }
  });

  test.each(['', 'sk-1234', 'sk-tollgate-', ` ${makeKey()}`, `${makeKey()}x`])('does not take %j', (text) => {
    expect(isOurKey(text)).toBe(false);
  });
});

describe('hashKey', () => {
  test('is SHA-256 in hex, as LiteLLM stores a key', () => {
    expect(hashKey('sk-1234')).toBe('88dc28d0f030c55ed4ab77ed8faf098196cb1c05df778539800c9f1243fe6b4b');
  });
});

import { describe, expect, it } from 'vitest';
import { parseOptions } from './options.ts';

describe('parseOptions', () => {
  it('measures five rounds of three seconds at 64 connections by itself', () => {
    expect(parseOptions([])).toEqual({
      rounds: 5,
      seconds: 3,
      connections: 64,
      variants: ['bare', 'nginx', 'tollgate'],
      isStream: false,
      isJson: false,
      wantsHelp: false,
    });
  });

  it('names the variants that it knows when it is given another', () => {
    expect(() => parseOptions(['--variants', 'bare,envoy'])).toThrow(
      '--variants has envoy: use bare, nginx, tollgate, tollgate-without-spend',
    );
  });

  it('refuses a number that is none', () => {
    expect(() => parseOptions(['--rounds', '0'])).toThrow('--rounds is 0: use a whole number from 1 to 50');
  });
});

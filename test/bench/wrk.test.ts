import { describe, expect, it } from 'vitest';
import { readFigures } from './wrk.ts';

describe('readFigures', () => {
  it('reads the line of our script from the output of wrk', () => {
    const output =
      'Running 2s test @ http://127.0.0.1:1\n  200 requests in 2.00s, 1MB read\nfigures 200 2000000 150 900 3\n';
    expect(readFigures(output)).toEqual({
      requests: 200,
      requestsPerSecond: 100,
      p50Micros: 150,
      p99Micros: 900,
      errors: 3,
    });
  });

  it('fails where nothing was answered', () => {
    expect(() => readFigures('figures 0 2000000 0 0 64\n')).toThrow('wrk got no answer');
  });

  it('fails where wrk printed something else', () => {
    expect(() => readFigures('unable to connect')).toThrow('wrk printed no figures:\nunable to connect');
  });
});

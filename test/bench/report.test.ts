import { describe, expect, it } from 'vitest';
import type { Sample } from './measure.ts';
import { formatTable, median, summarise } from './report.ts';

function sample(target: string, requestsPerSecond: number, p50Micros: number, errors = 0): Sample {
  const p99Micros = p50Micros * 2;
  return { target, requests: 100, requestsPerSecond, cpuMicrosPerRequest: 50, errors, p50Micros, p99Micros };
}

describe('median', () => {
  it('is the middle of an odd number of values, in any order', () => {
    expect(median([30, 1, 2])).toBe(2);
  });

  it('lies between the two in the middle of an even number', () => {
    expect(median([4, 1, 2, 100])).toBe(3);
  });
});

describe('summarise', () => {
  it('gives the medians of each gateway, and its share of the two yardsticks', () => {
    const rounds = [
      [sample('direct', 0, 10), sample('bare', 100, 110), sample('nginx', 400, 60), sample('tollgate', 60, 210)],
      [sample('direct', 0, 30), sample('bare', 120, 130), sample('nginx', 500, 80), sample('tollgate', 90, 230)],
      [sample('direct', 0, 20), sample('bare', 110, 120), sample('nginx', 440, 70), sample('tollgate', 66, 220, 2)],
    ].flat();

    expect(summarise(rounds).at(-1)).toEqual({
      target: 'tollgate',
      requestsPerSecond: 66,
      requestsOfBare: 0.6,
      requestsOfNginx: 0.15,
      cpuMicrosPerRequest: 50,
      cpuOfBare: 1,
      cpuOfNginx: 1,
      addedP50Micros: 200,
      addedP99Micros: 400,
      errors: 2,
    });
  });

  it('leaves a share out where its yardstick was not measured', () => {
    expect(summarise([sample('direct', 0, 10), sample('tollgate', 60, 210)])).toMatchObject([
      { target: 'tollgate', requestsOfBare: undefined, cpuOfNginx: undefined },
    ]);
  });
});

describe('formatTable', () => {
  it('lines the columns up', () => {
    const table = formatTable(summarise([sample('direct', 0, 10), sample('bare', 12_345, 110)]));
    expect(table.split('\n')).toEqual([
      '      requests/s  of bare  of nginx  CPU us/request  of bare  of nginx  added p50 us  added p99 us  errors',
      'bare      12,345    100 %         -            50.0    100 %         -           100           200       0',
    ]);
  });
});

import { describe, expect, test } from 'vitest';
import { formatUsd, picoToNanoUsd, usdToNanoUsd, usdToPicoUsd } from '../../../environments/schema/money.ts';

describe('usdToNanoUsd', () => {
  test.each([
    [1500, 1_500_000_000_000],
    [0.1, 100_000_000],
    [0.29, 290_000_000],
    [1.005, 1_005_000_000],
    [0, 0],
    [1_000_000_000, 1_000_000_000_000_000_000],
  ])('%d USD are %d nano-USD', (usd, nanoUsd) => {
    expect(usdToNanoUsd(usd)).toBe(nanoUsd);
  });
});

describe('usdToPicoUsd', () => {
  test.each([
    [0.000003, 3_000_000],
    [0.00000015, 150_000],
    [2e-8, 20_000],
    [7.5e-8, 75_000],
    [1e-12, 1],
  ])('%d USD are %d pico-USD', (usd, picoUsd) => {
    expect(usdToPicoUsd(usd)).toBe(picoUsd);
  });
});

describe('picoToNanoUsd', () => {
  test('rounds up, so that a request is never charged too little', () => {
    expect(picoToNanoUsd(0)).toBe(0);
    expect(picoToNanoUsd(1)).toBe(1);
    expect(picoToNanoUsd(1_000)).toBe(1);
    expect(picoToNanoUsd(1_001)).toBe(2);
  });
});

describe('formatUsd', () => {
  test.each([
    [0, '0'],
    [1, '0.000000001'],
    [12_500_000, '0.0125'],
    [1_000_000_000, '1'],
    [1_500_000_000_000, '1500'],
    [-12_500_000, '-0.0125'],
  ])('%d nano-USD read as %s', (nanoUsd, text) => {
    expect(formatUsd(nanoUsd)).toBe(text);
  });
});

import { describe, expect, it } from 'vitest';
import { labelNames, metricNames } from './metric-names.ts';

describe('metricNames', () => {
  it.each([
    ['up', ['up']],
    ['sum by (le, model) (rate(a_bucket{code=~"b|c"}[5m])) / 2.5e3', ['a_bucket']],
    ['histogram_quantile(0.99, sum(rate(a_bucket[1h])) by (le))', ['a_bucket']],
    ['a and on (pod) b unless c offset 5m', ['a', 'b', 'c']],
    ['a:b:rate5m > bool 0 and min_over_time(c[15m]) == 0', ['a:b:rate5m', 'c']],
    ['a{x="}", y="sum(z)"} * ignoring(x) group_left (y) b', ['a', 'b']],
    ['vector(0) or time() or absent(a)', ['a']],
  ])('finds those of %s', (expression, names) => {
    expect(metricNames(expression)).toEqual(names);
  });
});

describe('labelNames', () => {
  it('finds those of matchers and of lists', () => {
    expect(labelNames('sum by (le, model) (rate(a{code=~"b=\\"c\\"",x!="y"}[5m])) and on (pod) d')).toEqual([
      'code',
      'le',
      'model',
      'pod',
      'x',
    ]);
  });
});

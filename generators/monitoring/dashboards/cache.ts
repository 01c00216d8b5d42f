import type { DashboardText } from './panel.ts';

export const CACHE: DashboardText = {
  name: 'cache',
  title: 'Tollgate: cache',
  description: 'What was answered before. A hit costs nothing and takes no time of an upstream.',
  panels: [
    {
      title: 'Answered from the cache',
      description: 'Share of the looks that were a hit, over the time that is shown.',
      unit: 'percentunit',
      kind: 'number',
      queries: [
        {
          expression: [
            'sum(increase(tollgate_cache_lookups_total{result="hit"}[$__range]))',
            '/ sum(increase(tollgate_cache_lookups_total[$__range]))',
          ].join(' '),
          legend: 'hits',
        },
      ],
    },
    {
      title: 'Cache in use',
      description: '1 while a pod goes without its cache because Redis does not answer: every look is a miss.',
      unit: 'short',
      kind: 'number',
      queries: [{ expression: 'max(tollgate_degraded{part="cache"})', legend: 'pods without' }],
      thresholds: { orange: 0.5, red: 1 },
    },
    {
      title: 'Looks by result',
      description: 'Nothing here: the configuration has no cache, or every request asks to go around it.',
      unit: 'reqps',
      kind: 'lines',
      queries: [
        {
          expression: 'sum by (result) (rate(tollgate_cache_lookups_total[$__rate_interval]))',
          legend: '{{result}}',
        },
      ],
    },
    {
      title: 'Time of the gateway itself',
      description: 'A slow cache shows here first: each look is part of the overhead.',
      unit: 's',
      kind: 'lines',
      queries: [
        {
          expression:
            'histogram_quantile(0.99, sum by (le) (rate(tollgate_overhead_seconds_bucket[$__rate_interval])))',
          legend: 'p99',
        },
      ],
      thresholds: { orange: 0.05, red: 0.1 },
    },
  ],
};

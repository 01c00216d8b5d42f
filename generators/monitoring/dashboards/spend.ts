import type { DashboardText } from './panel.ts';

export const SPEND: DashboardText = {
  name: 'spend',
  title: 'Tollgate: spend',
  description: 'Who spends what on which model. Estimates for the eye: the books are spend_logs in Postgres.',
  panels: [
    {
      title: 'Spend by team',
      description: 'Over the time that is shown. none: the master key.',
      unit: 'currencyUSD',
      kind: 'bars',
      queries: [{ expression: 'sum by (team) (increase(tollgate_spend_usd_total[$__range]))', legend: '{{team}}' }],
    },
    {
      title: 'Spend by model',
      description: 'Over the time that is shown.',
      unit: 'currencyUSD',
      kind: 'bars',
      queries: [{ expression: 'sum by (model) (increase(tollgate_spend_usd_total[$__range]))', legend: '{{model}}' }],
    },
    {
      title: 'Spend per hour by team',
      description: 'At the speed of the moment.',
      unit: 'currencyUSD',
      kind: 'lines',
      queries: [
        {
          expression: '3600 * sum by (team) (rate(tollgate_spend_usd_total[$__rate_interval]))',
          legend: '{{team}}',
        },
      ],
    },
    {
      title: 'Spend per hour by model',
      description: 'At the speed of the moment.',
      unit: 'currencyUSD',
      kind: 'lines',
      queries: [
        {
          expression: '3600 * sum by (model) (rate(tollgate_spend_usd_total[$__rate_interval]))',
          legend: '{{model}}',
        },
      ],
    },
    {
      title: 'Keys that spend most',
      description: 'The ten first over the time that is shown.',
      unit: 'currencyUSD',
      kind: 'bars',
      queries: [
        {
          expression: 'topk(10, sum by (team, key_alias) (increase(tollgate_spend_usd_total[$__range])))',
          legend: '{{team}} / {{key_alias}}',
        },
      ],
    },
    {
      title: 'Cost of a thousand requests',
      description: 'By model, of requests that went well.',
      unit: 'currencyUSD',
      kind: 'lines',
      queries: [
        {
          expression: [
            '1000 * sum by (model) (rate(tollgate_spend_usd_total[$__rate_interval]))',
            '/ sum by (model) (rate(tollgate_requests_total{status="success"}[$__rate_interval]))',
          ].join(' '),
          legend: '{{model}}',
        },
      ],
    },
    {
      title: 'Tokens by model',
      description: 'Per second, of every kind.',
      unit: 'short',
      kind: 'lines',
      queries: [{ expression: 'sum by (model) (rate(tollgate_tokens_total[$__rate_interval]))', legend: '{{model}}' }],
    },
    {
      title: 'Requests without a price',
      description: 'They cost something that nobody knows, and count against no budget. Should be 0.',
      unit: 'short',
      kind: 'bars',
      queries: [
        {
          expression: 'sum by (model) (increase(tollgate_unpriced_requests_total[$__range]))',
          legend: '{{model}}',
        },
      ],
      thresholds: { orange: 1, red: 100 },
    },
  ],
};

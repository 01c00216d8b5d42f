import type { DashboardText } from './panel.ts';

const SHARE = 'max by (scope, id) (tollgate_budget_spent_usd / tollgate_budget_limit_usd)';

export const LIMITS: DashboardText = {
  name: 'limits',
  title: 'Tollgate: limits and budgets',
  description: 'Who is near a limit, and who is refused. Each pod counts by itself: the fullest one is shown.',
  panels: [
    {
      title: 'Budgets of teams',
      description: 'Share that is spent of the present window. An alert goes off at 90 %.',
      unit: 'percentunit',
      kind: 'bars',
      queries: [
        {
          expression: 'max by (id) (tollgate_budget_spent_usd{scope="team"} / tollgate_budget_limit_usd{scope="team"})',
          legend: '{{id}}',
        },
      ],
      thresholds: { orange: 0.8, red: 0.9 },
    },
    {
      title: 'Budgets of keys',
      description: 'The twenty fullest.',
      unit: 'percentunit',
      kind: 'bars',
      queries: [
        {
          expression:
            'topk(20, max by (id) (tollgate_budget_spent_usd{scope="key"} / tollgate_budget_limit_usd{scope="key"}))',
          legend: '{{id}}',
        },
      ],
      thresholds: { orange: 0.8, red: 0.9 },
    },
    {
      title: 'Budgets over time',
      description: 'A fall to 0 is the beginning of a new window.',
      unit: 'percentunit',
      kind: 'lines',
      queries: [{ expression: SHARE, legend: '{{scope}} {{id}}' }],
      thresholds: { orange: 0.8, red: 0.9 },
    },
    {
      title: 'Set aside for requests in flight',
      description: 'The worst case of what is being answered; it comes back, less the real cost.',
      unit: 'currencyUSD',
      kind: 'lines',
      queries: [{ expression: 'sum by (id) (tollgate_budget_reserved_usd{scope="team"})', legend: '{{id}}' }],
    },
    {
      title: 'Refused by a budget',
      description: 'budget_in_use: the rest is set aside, a retry may go through. budget_exceeded: it is spent.',
      unit: 'reqps',
      kind: 'lines',
      queries: [
        {
          expression:
            'sum by (team, code) (rate(tollgate_errors_total{code=~"budget_exceeded|budget_in_use"}[$__rate_interval]))',
          legend: '{{team}} {{code}}',
        },
      ],
    },
    {
      title: 'Refused by a rate limit',
      description: 'Requests or tokens per minute of a key or a team.',
      unit: 'reqps',
      kind: 'lines',
      queries: [
        {
          expression: 'sum by (team) (rate(tollgate_errors_total{code="rate_limited"}[$__rate_interval]))',
          legend: '{{team}}',
        },
      ],
    },
    {
      title: 'Refused for the key or the model',
      description: 'Unknown, expired or blocked keys, and models that a key may not use.',
      unit: 'reqps',
      kind: 'lines',
      queries: [
        {
          expression: 'sum by (code) (rate(tollgate_errors_total{code=~"(key|team|model)_.+"}[$__rate_interval]))',
          legend: '{{code}}',
        },
      ],
    },
  ],
};

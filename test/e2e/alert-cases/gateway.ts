import { ONCE, errors, type AlertCase, type Series } from './alert-case.ts';

function buckets(histogram: string, labels: string, counts: Readonly<Record<string, number>>): Series {
  const entries = Object.entries(counts);
  return Object.fromEntries(
    entries.map(([le, perMinute]) => [`${histogram}_bucket{${labels}le="${le}"}`, `0+${perMinute}x60`]),
  );
}

/** What the gateway says of itself: serving, spend, operation. For each alert a moment at which it must go off, and one that looks like it and is none. */
export const GATEWAY_CASES: readonly AlertCase[] = [
  {
    alert: 'TollgateOverheadHigh',
    title: 'one request in ten takes more than 100 ms of the gateway',
    series: buckets('tollgate_overhead_seconds', 'model="chat",', { '0.1': 90, '0.25': 100, '+Inf': 100 }),
    atMinute: 30,
    fires: ONCE,
  },
  {
    alert: 'TollgateOverheadHigh',
    title: 'every request takes 50 ms at most',
    series: buckets('tollgate_overhead_seconds', 'model="chat",', { '0.05': 100, '0.1': 100, '+Inf': 100 }),
    atMinute: 30,
  },
  {
    alert: 'TollgateFirstByteSlow',
    title: 'one stream in ten waits for more than 30 s',
    series: buckets('tollgate_time_to_first_byte_seconds', 'model="chat",', { '30': 9, '60': 10, '+Inf': 10 }),
    atMinute: 40,
    fires: [{ model: 'chat' }],
  },
  {
    alert: 'TollgateFirstByteSlow',
    title: 'streams of another model wait for 10 s',
    series: buckets('tollgate_time_to_first_byte_seconds', 'model="chat",', { '10': 10, '30': 10, '+Inf': 10 }),
    atMinute: 40,
  },
  {
    alert: 'TollgateUpstreamFailing',
    title: 'a third of the calls to one of two deployments fails or is throttled',
    series: {
      'tollgate_upstream_attempts_total{deployment="west",result="failed"}': '0+2x40',
      'tollgate_upstream_attempts_total{deployment="west",result="throttled"}': '0+2x40',
      'tollgate_upstream_attempts_total{deployment="west",result="success"}': '0+8x40',
      'tollgate_upstream_attempts_total{deployment="north",result="success"}': '0+8x40',
    },
    atMinute: 30,
    fires: [{ deployment: 'west' }],
  },
  {
    alert: 'TollgateUpstreamFailing',
    title: 'clients send what the deployment rejects',
    series: {
      'tollgate_upstream_attempts_total{deployment="west",result="rejected"}': '0+9x40',
      'tollgate_upstream_attempts_total{deployment="west",result="success"}': '0+1x40',
    },
    atMinute: 30,
  },
  {
    alert: 'TollgateUpstreamCredentialRefused',
    title: 'an upstream answers 401',
    series: errors('upstream_unauthorized', '0+1x40'),
    atMinute: 20,
    fires: [{ model: 'chat' }],
  },
  {
    alert: 'TollgateUpstreamCredentialRefused',
    title: "a client's own key is unknown",
    series: errors('key_unknown', '0+1x40'),
    atMinute: 20,
  },
  {
    alert: 'TollgateBudgetNearlySpent',
    title: 'one pod of two has seen 95 % of a team',
    series: {
      'tollgate_budget_spent_usd{scope="team",id="search",pod="a"}': '95x20',
      'tollgate_budget_limit_usd{scope="team",id="search",pod="a"}': '100x20',
      'tollgate_budget_spent_usd{scope="team",id="search",pod="b"}': '20x20',
      'tollgate_budget_limit_usd{scope="team",id="search",pod="b"}': '100x20',
    },
    atMinute: 10,
    fires: [{ scope: 'team', id: 'search' }],
  },
  {
    alert: 'TollgateBudgetNearlySpent',
    title: 'half is spent, and another has no money at all',
    series: {
      'tollgate_budget_spent_usd{scope="team",id="search",pod="a"}': '50x20',
      'tollgate_budget_limit_usd{scope="team",id="search",pod="a"}': '100x20',
      'tollgate_budget_spent_usd{scope="key",id="closed",pod="a"}': '0x20',
      'tollgate_budget_limit_usd{scope="key",id="closed",pod="a"}': '0x20',
    },
    atMinute: 10,
  },
  {
    alert: 'TollgateBudgetRefusing',
    title: 'a team is refused for half an hour',
    series: errors('budget_exceeded', '0+1x40'),
    atMinute: 35,
    fires: [{ team: 'search' }],
  },
  {
    alert: 'TollgateBudgetRefusing',
    title: 'requests wait for the rest that others have set aside',
    series: errors('budget_in_use', '0+1x40'),
    atMinute: 35,
  },
  {
    alert: 'TollgateUnpricedRequests',
    title: 'the first request of a model without a price',
    series: { 'tollgate_unpriced_requests_total{model="chat"}': '0x5 1x60' },
    atMinute: 7,
    fires: [{ model: 'chat' }],
  },
  {
    alert: 'TollgateUnpricedRequests',
    title: 'a model without a price that nobody asks',
    series: { 'tollgate_unpriced_requests_total{model="chat"}': '0x60' },
    atMinute: 30,
  },
  {
    alert: 'TollgateDegraded',
    title: 'one pod goes without its cache',
    series: {
      'tollgate_degraded{part="cache",pod="a"}': '1x20',
      'tollgate_degraded{part="cache",pod="b"}': '0x20',
      'tollgate_degraded{part="database",pod="a"}': '0x20',
    },
    atMinute: 15,
    fires: [{ part: 'cache' }],
  },
  {
    alert: 'TollgateDegraded',
    title: 'Redis was restarted',
    series: { 'tollgate_degraded{part="cache",pod="a"}': '0x5 1x5 0x20' },
    atMinute: 15,
  },
  {
    alert: 'TollgateConfigRefused',
    title: 'one pod refused the new file',
    series: {
      'tollgate_config_last_reload_successful{pod="a"}': '1x5 0x20',
      'tollgate_config_last_reload_successful{pod="b"}': '1x25',
    },
    atMinute: 10,
    fires: [{ pod: 'a' }],
  },
  {
    alert: 'TollgateConfigRefused',
    title: 'every pod took it',
    series: { 'tollgate_config_last_reload_successful{pod="a"}': '1x25' },
    atMinute: 10,
  },
  {
    alert: 'TollgateRevisionsDiffer',
    title: 'two pods serve two revisions',
    series: {
      'tollgate_config_revision{pod="a",revision="1111"}': '1x30',
      'tollgate_config_revision{pod="b",revision="2222"}': '1x30',
    },
    atMinute: 20,
    fires: ONCE,
  },
  {
    alert: 'TollgateRevisionsDiffer',
    title: 'two pods serve one revision',
    series: {
      'tollgate_config_revision{pod="a",revision="1111"}': '1x30',
      'tollgate_config_revision{pod="b",revision="1111"}': '1x30',
    },
    atMinute: 20,
  },
  {
    alert: 'TollgateRestarting',
    title: 'a pod starts four times within the hour',
    series: {
      'process_start_time_seconds{pod="a",instance="1"}': '100x5 200x5 300x5 400x20',
      'tollgate_requests_in_flight{pod="a",instance="1"}': '0x40',
    },
    atMinute: 25,
    fires: [{ pod: 'a' }],
  },
  {
    alert: 'TollgateRestarting',
    title: 'something else that is scraped starts again and again',
    series: {
      'process_start_time_seconds{pod="other",instance="2"}': '100x5 200x5 300x5 400x20',
      'tollgate_requests_in_flight{pod="a",instance="1"}': '0x40',
    },
    atMinute: 25,
  },
];

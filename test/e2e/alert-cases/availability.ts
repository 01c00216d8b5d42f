import { ONCE, errors, type AlertCase, type Series } from './alert-case.ts';

function requests(perMinute: number, minutes: number): Series {
  return { 'tollgate_requests_total{model="chat",status="success"}': `0+${perMinute}x${minutes}` };
}

/** Whether requests are answered. For each alert a moment at which it must go off, and one that looks like it and is none. */
export const AVAILABILITY_CASES: readonly AlertCase[] = [
  { alert: 'TollgateAbsent', title: 'nothing is scraped', series: {}, atMinute: 6, fires: ONCE },
  {
    alert: 'TollgateAbsent',
    title: 'one idle pod is scraped',
    series: { 'tollgate_requests_in_flight{pod="a"}': '0x10' },
    atMinute: 6,
  },
  {
    alert: 'TollgateErrorBudgetBurnFast',
    title: 'a tenth fails for an hour',
    series: { ...requests(100, 80), ...errors('upstream_unreachable', '0+10x80') },
    atMinute: 70,
    fires: ONCE,
  },
  {
    alert: 'TollgateErrorBudgetBurnFast',
    title: 'a tenth failed, and all is well again for six minutes',
    series: { ...requests(100, 80), ...errors('upstream_unreachable', '0+10x60 600x20') },
    atMinute: 67,
  },
  {
    alert: 'TollgateErrorBudgetBurnFast',
    title: 'half is refused by rate limits, which is no failure',
    series: { ...requests(100, 80), ...errors('rate_limited', '0+50x80') },
    atMinute: 70,
  },
  {
    alert: 'TollgateErrorBudgetBurnFast',
    title: 'all of three requests fail, which says nothing',
    series: { ...requests(0.05, 80), ...errors('internal', '0+0.05x80') },
    atMinute: 70,
  },
  {
    alert: 'TollgateErrorBudgetBurnSteady',
    title: 'one in twenty-five fails for six hours',
    series: { ...requests(100, 420), ...errors('upstream_503', '0+4x420') },
    atMinute: 400,
    fires: ONCE,
  },
  {
    alert: 'TollgateErrorBudgetBurnSteady',
    title: 'clients send what upstreams reject',
    series: { ...requests(100, 420), ...errors('upstream_400', '0+4x420') },
    atMinute: 400,
  },
  {
    alert: 'TollgateErrorBudgetBurnSlow',
    title: 'one in fifty fails for a day',
    series: { ...requests(100, 1_560), ...errors('upstream_429', '0+2x1560') },
    atMinute: 1_540,
    fires: ONCE,
  },
  {
    alert: 'TollgateErrorBudgetBurnSlow',
    title: 'one in two hundred fails for a day',
    series: { ...requests(200, 1_560), ...errors('upstream_429', '0+1x1560') },
    atMinute: 1_540,
  },
  {
    alert: 'TollgateErrorBudgetBurnCreeping',
    title: 'one in a hundred fails for three days',
    series: { ...requests(100, 4_600), ...errors('internal', '0+1x4600') },
    atMinute: 4_560,
    fires: ONCE,
  },
  {
    alert: 'TollgateErrorBudgetBurnCreeping',
    title: 'one in five hundred fails for three days',
    series: { ...requests(500, 4_600), ...errors('internal', '0+1x4600') },
    atMinute: 4_560,
  },
];

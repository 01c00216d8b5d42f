import type { AlertRule, RecordingRule, RuleGroup } from './alert-rule.ts';

/** The share of requests, over 30 days, that may fail through no fault of the client: 99.5 % are to go well. */
export const ERROR_BUDGET = 0.005;

/** Errors that are the gateway's or an upstream's. What a client did wrong or was refused by a limit is none. */
const FAULTS = 'code=~"internal|spend_unwritable|database_unavailable|upstream_(408|429|5..|[a-z_]+)"';

const WINDOWS = ['5m', '30m', '1h', '2h', '6h', '1d', '3d'] as const;
type Window = (typeof WINDOWS)[number];

interface Burn {
  readonly speed: 'Fast' | 'Steady' | 'Slow' | 'Creeping';
  /** How many times faster than the budget allows. */
  readonly factor: number;
  readonly long: Window;
  /** Ends the alert soon after the cause has ended. */
  readonly short: Window;
  readonly forMinutes: number;
  readonly severity: AlertRule['severity'];
  readonly means: string;
}

/** Several windows at once: what is loud is told at once, what is quiet is told before the month is spent. */
const BURNS: readonly Burn[] = [
  {
    speed: 'Fast',
    factor: 14.4,
    long: '1h',
    short: '5m',
    forMinutes: 2,
    severity: 'critical',
    means: 'two days of it take the whole month',
  },
  {
    speed: 'Steady',
    factor: 6,
    long: '6h',
    short: '30m',
    forMinutes: 15,
    severity: 'critical',
    means: 'five days of it take the whole month',
  },
  {
    speed: 'Slow',
    factor: 3,
    long: '1d',
    short: '2h',
    forMinutes: 60,
    severity: 'warning',
    means: 'ten days of it take the whole month',
  },
  {
    speed: 'Creeping',
    factor: 1,
    long: '3d',
    short: '6h',
    forMinutes: 180,
    severity: 'notice',
    means: 'nothing of the month will be left',
  },
];

/** Fewer failures than this say nothing about a share. */
const FEWEST_FAULTS = 10;

/** Whether the gateway is there, and how fast it uses up what it may fail. */
export function availabilityRules(): RuleGroup {
  return { name: 'tollgate-availability', rules: [...WINDOWS.map(faultRatio), absent(), ...BURNS.map(burnAlert)] };
}

/** The metric that keeps the share of failed requests within a window. */
export function faultRatioOver(window: Window): string {
  return `tollgate:fault_ratio:rate${window}`;
}

function faultRatio(window: Window): RecordingRule {
  const faults = `(sum(rate(tollgate_errors_total{${FAULTS}}[${window}])) or vector(0))`;
  return { record: faultRatioOver(window), expression: `${faults} / sum(rate(tollgate_requests_total[${window}]))` };
}

function absent(): AlertRule {
  return {
    alert: 'TollgateAbsent',
    // A gauge that every gateway shows from its start on.
    expression: 'absent(tollgate_requests_in_flight)',
    forMinutes: 5,
    severity: 'critical',
    summary: 'No gateway pod can be scraped.',
    action:
      'Look at the pods of the Deployment gateway. If they are ready, the scraper cannot reach port 4000: look at the PodMonitor and the NetworkPolicies.',
  };
}

function burnAlert({ speed, factor, long, short, forMinutes, severity, means }: Burn): AlertRule {
  // Rounded, since 14.4 * 0.005 is not 0.072 to a machine.
  const threshold = Number((factor * ERROR_BUDGET).toPrecision(6));
  return {
    alert: `TollgateErrorBudgetBurn${speed}`,
    expression: [
      `${faultRatioOver(long)} > ${threshold}`,
      `${faultRatioOver(short)} > ${threshold}`,
      `sum(increase(tollgate_errors_total{${FAULTS}}[${long}])) >= ${FEWEST_FAULTS}`,
    ].join(' and '),
    forMinutes,
    severity,
    summary: `Requests fail ${factor} times as often as the objective allows: ${means}.`,
    action:
      'Open the traffic dashboard: errors by code say whether it is the gateway or an upstream, attempts by deployment say which upstream.',
  };
}

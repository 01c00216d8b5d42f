/** How soon somebody has to look: now, today, or when there is time. */
export type Severity = 'critical' | 'warning' | 'notice';

/** A condition that somebody is told of. */
export interface AlertRule {
  readonly alert: string;
  /** PromQL: every series of its answer is one alert. */
  readonly expression: string;
  /** For how long it must hold before anybody is told. */
  readonly forMinutes: number;
  readonly severity: Severity;
  /** What is wrong, in one sentence. `{{ $labels.x }}` is a label of the series. */
  readonly summary: string;
  /** What to do about it. */
  readonly action: string;
}

/** A query whose answer is kept as a metric of its own. */
export interface RecordingRule {
  readonly record: string;
  readonly expression: string;
}

export type Rule = AlertRule | RecordingRule;

/** Rules that are evaluated together, one after the other. */
export interface RuleGroup {
  readonly name: string;
  readonly rules: readonly Rule[];
}

/** How often a group is evaluated. */
export const INTERVAL_MINUTES = 1;

export function isAlert(rule: Rule): rule is AlertRule {
  return 'alert' in rule;
}

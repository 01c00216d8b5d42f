import type { EnvironmentChange } from '../../../generators/plan/plan.ts';

/** A rule's name, what makes it speak, a part of what it says, and what it keeps silent about. */
export interface RiskCase {
  readonly what: string;
  readonly fires: RiskSides;
  readonly says: string;
  readonly silent: RiskSides;
}

export interface RiskSides {
  readonly before?: Files;
  readonly after?: Files;
  readonly change?: Partial<EnvironmentChange>;
  readonly added?: readonly string[];
  readonly policy?: { before: unknown; after: unknown };
}

export type Files = Readonly<Record<string, object>>;

/** Something that stays, so that the environment goes on. */
export const STAYS = { 'monitoring/PodMonitor.gateway.yaml': { kind: 'PodMonitor', metadata: { name: 'gateway' } } };

/** A setting of prod that changes. */
export function value(path: string, before: string | undefined, after: string | undefined): RiskSides {
  return { change: { values: [{ file: 'environments/prod/environment.yaml', path, before, after }] } };
}

/** The gateway's configuration, as a text. */
export function config(text: string): Files {
  const metadata = { name: 'gateway-config' };
  return { 'gateway/ConfigMap.gateway-config.yaml': { kind: 'ConfigMap', metadata, data: { 'config.yaml': text } } };
}

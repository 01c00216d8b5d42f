import type { ChartSetting } from './third-party-chart.ts';

/**
 * Marks what was found in a values.yaml near the pinned version but not in that version's own. `value-keys` names the
 * one that was read; with the exact version there, its chart no longer calls this.
 */
export function unverified(settings: readonly ChartSetting[]): ChartSetting[] {
  return settings.map((setting) => ({ ...setting, isUnverified: true }));
}

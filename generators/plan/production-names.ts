import type { Side } from './read-side.ts';

type PolicySide = Pick<Side, 'policy'>;

/** What either side's policy.yaml calls production, so that no change takes an environment off the list unseen. */
export function productionNames({ base, head }: { base: PolicySide; head: PolicySide }): Set<string> {
  const named = [base, head].flatMap(({ policy }) => policy?.value?.production ?? []);
  return new Set(named.length === 0 ? ['prod'] : named);
}

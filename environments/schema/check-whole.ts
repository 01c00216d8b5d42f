import { checkCollisions } from './check-collisions.ts';
import { checkExceptions, checkProduction } from './check-policy.ts';
import { checkSecrets } from './check-secrets.ts';
import { checkSharedKeys } from './check-shared-keys.ts';
import { checkSubscriptions } from './check-subscriptions.ts';
import type { EnvironmentFiles } from './environment-files.ts';
import { findStraysOfRoot } from './find-strays.ts';
import type { ParsedFile, Problem } from './parse-yaml.ts';
import type { Policy } from './policy.ts';

/** All of environments/ together. */
export interface Whole {
  readonly policy: ParsedFile<Policy>;
  /** Of every environment, whether it was read or not. */
  readonly names: readonly string[];
  /** In the order of their names. A plan gives those of which something changed, and what is shared of the others. */
  readonly environments: readonly EnvironmentFiles[];
  readonly now: Date;
}

/**
 * What is wrong with the root folder and with what it holds as a whole: policy.yaml itself, files that nobody reads, and
 * what no environment can tell alone. The check and the plan both ask here, so that neither knows less than the other.
 */
export function checkWhole(root: string, { policy, names, environments, now }: Whole): Problem[] {
  return [
    ...checkSecrets([policy], policy.problems),
    ...checkExceptions(policy, now),
    ...checkProduction(policy, names),
    ...findStraysOfRoot(root),
    ...checkCollisions(environments),
    ...checkSharedKeys(environments),
    ...checkSubscriptions(environments, policy.value?.production ?? []),
  ];
}

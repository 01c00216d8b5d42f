import { dirname, join } from 'node:path';
import { LOCAL_ENVIRONMENT } from './check-settings.ts';
import type { EnvironmentFiles } from './environment-files.ts';
import type { ParsedFile } from './parse-yaml.ts';
import type { Policy } from './policy.ts';
import type { EnvironmentSides, PolicyChange } from './policy-rules/policy-rule.ts';
import { POLICY_RULES } from './policy-rules/policy-rules.ts';
import { isBroken } from './read-authored-file.ts';

export interface PolicyInput {
  readonly policy: ParsedFile<Policy>;
  /** Of the head: those of which something changed, at least. */
  readonly environments: readonly EnvironmentFiles[];
  readonly now: Date;
  readonly change?: ChangeInput;
}

/** What a pull request says about itself; rules that need what is left out are not evaluated. */
export interface ChangeInput {
  readonly base?: { readonly environments: readonly EnvironmentFiles[]; readonly policy?: ParsedFile<Policy> };
  /** From the repository's root. */
  readonly changedPaths?: readonly string[];
  readonly labels?: readonly string[];
}

/** Both sides of a change as its rules see them. */
export function policyChange({ policy, environments: head, now, change = {} }: PolicyInput): PolicyChange {
  const { base, changedPaths = [] } = change;
  const before = base?.environments ?? [];
  const production = new Set([policy, base?.policy].flatMap((file) => file?.value?.production ?? []));
  const names = new Set([...before, ...head].map(({ name }) => name).filter((name) => name !== LOCAL_ENVIRONMENT));
  const environments = [...names].toSorted().map((name): EnvironmentSides => ({
    name,
    isProduction: production.has(name),
    base: before.find((files) => files.name === name),
    head: head.find((files) => files.name === name),
    folder: join(dirname(policy.file), name),
  }));
  return { environments, production, now, changedPaths, policy, basePolicy: base?.policy, rules: POLICY_RULES };
}

/**
 * What of the base this version of the schema does not take; nothing can be compared with it. Files that a plan had no
 * reason to read, since both sides have the same, are as good as missing, and leave nothing out.
 */
export function brokenFiles({ base }: ChangeInput): string[] {
  const ofEnvironments = (base?.environments ?? []).flatMap(({ settings, release, models, teams }) => [
    settings,
    release,
    models,
    ...teams,
  ]);
  const files: readonly ParsedFile<unknown>[] = [
    ...(base?.policy === undefined ? [] : [base.policy]),
    ...ofEnvironments,
  ];
  return files.filter(isBroken).map(({ file }) => file);
}

import type { EnvironmentChange, Limits, Plan } from '../../../generators/plan/plan.ts';

/** A change of prod that changes nothing but what `parts` says. */
export function changeOf(parts: Partial<EnvironmentChange> = {}): EnvironmentChange {
  return {
    name: 'prod',
    kind: 'changed',
    isProduction: true,
    isReadable: true,
    models: [],
    renames: [],
    destinations: [],
    lowPrices: [],
    azureDeployments: [],
    teams: [],
    keys: [],
    access: [],
    refused: [],
    perhapsRefused: [],
    ceiling: { before: undefined, after: undefined },
    values: [],
    ending: [],
    ...parts,
  };
}

/** No limit but what `parts` says. */
export function limitsOf(parts: Partial<Limits> = {}): Limits {
  return {
    maxBudget: undefined,
    budgetDuration: undefined,
    rpm: undefined,
    tpm: undefined,
    models: undefined,
    isBlocked: false,
    ...parts,
  };
}

/** A plan of nothing but these parts. */
export function planOf(parts: Partial<Plan>): Plan {
  return {
    base: 'before',
    head: 'after',
    environments: [],
    unchangedProduction: [],
    manifests: [],
    azure: [],
    risks: [],
    problems: [],
    rulesJudged: 20,
    notEvaluated: [],
    ...parts,
  };
}

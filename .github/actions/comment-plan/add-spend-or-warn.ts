import { info, warning } from '@actions/core';
import { Refusal } from '../../../generators/command-line/refusal.ts';
import { addSpend, environmentsWithPast } from '../../../generators/plan/add-spend.ts';
import type { Plan } from '../../../generators/plan/plan.ts';
import type { Sides } from '../../../generators/plan/read-side.ts';

/** A gateway's Postgres. */
export interface SpendAddress {
  readonly url: string;
  /** The environment that it belongs to; undefined where nobody said. */
  readonly of: string | undefined;
}

interface SpendWanted {
  readonly spend?: SpendAddress;
  readonly now: Date;
}

/** The plan with what was spent, or as it is and a line that says why: a database that is away holds nobody up. */
export async function addSpendOrWarn(plan: Plan, sides: Sides, { spend, now }: SpendWanted): Promise<Plan> {
  const changed = environmentsWithPast(plan);
  if (spend === undefined || changed.length === 0) return plan;
  const [first = '', ...more] = changed;
  if (spend.of === undefined && more.length > 0)
    return without(plan, `say with spend-of which environment spend-url is of: ${changed.join(', ')}`);
  const environment = spend.of ?? first;
  if (!changed.includes(environment)) {
    info(`spend-url is of ${environment}, which does not change`);
    return plan;
  }
  try {
    return await addSpend(plan, sides, { url: spend.url, environment, now });
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return without(plan, error.message);
  }
}

function without(plan: Plan, reason: string): Plan {
  warning(`the plan does not know what was spent: ${reason}`);
  return plan;
}

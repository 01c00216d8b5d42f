import { Refusal } from '../command-line/refusal.ts';
import { forecastSpend } from './forecast-spend.ts';
import { environmentOf } from './load-side.ts';
import type { Caller, Plan, SpendForecast } from './plan.ts';
import type { Sides } from './read-side.ts';

export interface SpendSource {
  /** A gateway's Postgres. */
  readonly url: string;
  /** The environment that it belongs to. */
  readonly environment: string;
  readonly now: Date;
}

/** The environments whose past can be held against a plan: those that change and stay. */
export function environmentsWithPast({ environments }: Plan): string[] {
  return environments.filter(({ kind }) => kind !== 'removed').map(({ name }) => name);
}

/** The plan with what an environment's database tells of it. Throws Refusal, without the address, where it tells nothing. */
export async function addSpend(plan: Plan, { base, head }: Sides, source: SpendSource): Promise<Plan> {
  const { url, environment, now } = source;
  const [before, after] = [base, head].map((side) => environmentOf(side.environments.get(environment)));
  if (after === undefined) throw new Refusal(`spend-url: the files of ${environment} have errors: npm run check`);
  return withSpend(plan, await forecastSpend(url, { before, after }, now));
}

function withSpend(plan: Plan, spend: SpendForecast): Plan {
  const isUnjudged = ({ team, key }: Caller) => spend.unjudged.some((each) => each.team === team && each.key === key);
  const environments = plan.environments.map((change) => {
    if (change.name !== spend.environment) return change;
    const refused = [...change.refused, ...spend.refused];
    return { ...change, refused, perhapsRefused: change.perhapsRefused.filter(isUnjudged) };
  });
  return { ...plan, environments, spend };
}

import { z } from 'zod';
import { stateRule } from './policy-rule.ts';
import { usdPerMonth } from './usd-per-month.ts';

export const teamBudget = stateRule({
  says: 'Every team has a budget with a duration.',
  scope: 'every environment',
  exceptBy: ['team'],
  options: {},
  evaluate: ({ files }) =>
    files.teams.flatMap((file) => {
      const { value } = file;
      if (value === undefined || (value.max_budget !== undefined && value.budget_duration !== undefined)) return [];
      const message = `team ${value.team_alias} has no budget: write max_budget (USD) and budget_duration, such as 1mo`;
      return [{ team: value.team_alias, problem: file.locate([], message) }];
    }),
});

export const budgetCeiling = stateRule({
  says: "No team's budget is above so many USD in 30 days.",
  scope: 'every environment',
  exceptBy: ['team'],
  options: { usd_per_month: z.number().positive() },
  looser: { usd_per_month: 'more' },
  evaluate: ({ files }, { usd_per_month: ceiling }) =>
    files.teams.flatMap((file) => {
      const monthly = usdPerMonth(file.value ?? {});
      if (file.value === undefined || monthly === undefined || monthly <= ceiling) return [];
      const { team_alias: team } = file.value;
      const message = `team ${team} may spend ${Math.round(monthly)} USD in 30 days: the most is ${ceiling}`;
      return [{ team, problem: file.locate(['max_budget'], message) }];
    }),
});

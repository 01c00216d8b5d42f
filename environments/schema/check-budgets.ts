import type { EnvironmentFiles } from './environment-files.ts';
import type { ParsedFile, Problem } from './parse-yaml.ts';
import type { Team } from './team.ts';
import { listAt, valueAt, type Path } from './value-at.ts';

/** A budget that cannot work as it is written: a duration of nothing, or a key's that its team's ends first. */
export function checkBudgets({ teams }: EnvironmentFiles): Problem[] {
  return teams.flatMap((team) => {
    const keys = [...listAt(team.input, ['virtual_keys']).keys()].map((index) => ['virtual_keys', index]);
    return [...[[], ...keys].flatMap((path) => refuseLoneDuration(team, path)), ...warnOfUnreachable(team)];
  });
}

function refuseLoneDuration(team: ParsedFile<unknown>, path: Path): Problem[] {
  const has = (field: string) => valueAt(team.input, [...path, field]) !== undefined;
  if (!has('budget_duration') || has('max_budget')) return [];
  return [
    team.locate([...path, 'budget_duration'], 'budget_duration has no max_budget beside it: write one, or remove this'),
  ];
}

function warnOfUnreachable(team: ParsedFile<Team>): Problem[] {
  const { max_budget: ofTeam, budget_duration: duration, virtual_keys: keys } = team.value ?? { virtual_keys: [] };
  if (ofTeam === undefined) return [];
  return keys.flatMap((key, index) => {
    if (key.max_budget === undefined || key.max_budget <= ofTeam || key.budget_duration !== duration) return [];
    const message = `max_budget ${key.max_budget} is never reached: the team's own max_budget is ${ofTeam}`;
    return [team.locate(['virtual_keys', index, 'max_budget'], message, 'warning')];
  });
}

import { z } from 'zod';
import type { EnvironmentFiles } from '../environment-files.ts';
import type { ParsedFile } from '../parse-yaml.ts';
import type { Team } from '../team.ts';
import type { Path } from '../value-at.ts';
import { changeRule, type Violation } from './policy-rule.ts';
import { usdPerMonth } from './usd-per-month.ts';

export const budgetRaise = changeRule({
  says: 'The budget of a team or a key does not rise by more than so many percent at once.',
  needs: 'base',
  label: 'budget-raise',
  exceptBy: ['team', 'key'],
  options: { percent: z.number().min(0).max(1_000) },
  looser: { percent: 'more' },
  evaluate: ({ environments }, { percent }) =>
    environments.flatMap(({ name, base, head }) => {
      const before = new Map(budgetsOf(base).map((budget) => [budget.id, budget]));
      return budgetsOf(head).flatMap((after) => {
        const earlier = before.get(after.id);
        if (earlier === undefined || !risesAbove(earlier.usd, after.usd, percent)) return [];
        const { team, key, file, path } = after;
        const message = `the budget of ${after.id} rises from ${shown(earlier.usd)} to ${shown(after.usd)}, by more than ${percent} %`;
        return [
          { environment: name, team, ...(key === undefined ? {} : { key }), problem: file.locate(path, message) },
        ];
      });
    }),
});

interface Budget extends Pick<Violation, 'key'> {
  readonly id: string;
  readonly team: string;
  readonly file: ParsedFile<Team>;
  readonly path: Path;
  /** In 30 days; undefined is no limit. */
  readonly usd: number | undefined;
}

function budgetsOf(files: EnvironmentFiles | undefined): Budget[] {
  return (files?.teams ?? []).flatMap((file) => {
    if (file.value === undefined) return [];
    const { team_alias: team, virtual_keys: keys } = file.value;
    const ofKeys = keys.map(({ key_alias: key, ...limits }, index) => {
      const path = ['virtual_keys', index, 'max_budget'];
      return { id: `key ${key}`, team, key, file, path, usd: usdPerMonth(limits) };
    });
    return [{ id: `team ${team}`, team, file, path: ['max_budget'], usd: usdPerMonth(file.value) }, ...ofKeys];
  });
}

function risesAbove(before: number | undefined, after: number | undefined, percent: number): boolean {
  if (before === undefined) return false;
  return after === undefined || after > before * (1 + percent / 100);
}

function shown(usd: number | undefined): string {
  return usd === undefined ? 'no limit' : `${Math.round(usd)} USD in 30 days`;
}

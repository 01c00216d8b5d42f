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
      const before = budgetsOf(base);
      return budgetsOf(head).flatMap((after) => {
        const earlier = earlierBudgets(before, after).find(({ usd }) => risesAbove(usd, after.usd, percent));
        if (earlier === undefined) return [];
        const { team, key, file, path } = after;
        const renamed = earlier.id === after.id ? '' : ` (${earlier.id} until now, by the hashes)`;
        const message = `the budget of ${after.id}${renamed} rises from ${shown(earlier.usd)} to ${shown(after.usd)}, by more than ${percent} %`;
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
  /** Of the key, or of every key of the team. */
  readonly hashes: readonly string[];
  /** In 30 days; undefined is no limit. */
  readonly usd: number | undefined;
}

function budgetsOf(files: EnvironmentFiles | undefined): Budget[] {
  return (files?.teams ?? []).flatMap((file) => {
    if (file.value === undefined) return [];
    const { team_alias: team, virtual_keys: keys } = file.value;
    const ofKeys = keys.map(({ key_alias: key, hashes, ...limits }, index) => {
      const path = ['virtual_keys', index, 'max_budget'];
      return { id: `key ${key}`, team, key, file, path, hashes, usd: usdPerMonth(limits) };
    });
    const hashes = keys.flatMap((key) => key.hashes);
    return [{ id: `team ${team}`, team, file, path: ['max_budget'], hashes, usd: usdPerMonth(file.value) }, ...ofKeys];
  });
}

/**
 * What the base has of the same name, and what it has under another name with most of the same hashes: the secrets are
 * who spends, and another name for them is no other budget.
 */
function earlierBudgets(before: readonly Budget[], after: Budget): Budget[] {
  const ofKind = before.filter(({ key }) => (key === undefined) === (after.key === undefined));
  const held = new Set(after.hashes);
  const counted = ofKind.map((budget) => ({ budget, shared: budget.hashes.filter((hash) => held.has(hash)).length }));
  const most = Math.max(0, ...counted.map(({ shared }) => shared));
  return counted.flatMap(({ budget, shared }) =>
    budget.id === after.id || (most > 0 && shared === most) ? budget : [],
  );
}

function risesAbove(before: number | undefined, after: number | undefined, percent: number): boolean {
  if (before === undefined) return false;
  return after === undefined || after > before * (1 + percent / 100);
}

function shown(usd: number | undefined): string {
  return usd === undefined ? 'no limit' : `${Math.round(usd)} USD in 30 days`;
}

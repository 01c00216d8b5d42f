import { daysUntil } from './check-expiry.ts';
import { LOCAL_ENVIRONMENT } from './check-settings.ts';
import type { EnvironmentFiles } from './environment-files.ts';
import type { ParsedFile, Problem } from './parse-yaml.ts';
import type { Policy } from './policy.ts';
import { unresolvedPins } from './release-pins.ts';
import type { Team } from './team.ts';
import type { Path } from './value-at.ts';

/** Holds an environment to the rules of `policy.yaml`; `local` is free of them. Files with errors are left out. */
export function checkPolicy(files: EnvironmentFiles, policy: Policy, now: Date): Problem[] {
  if (files.name === LOCAL_ENVIRONMENT) return [];
  return [
    ...files.teams.flatMap((team) => checkTeamBudget(team, policy)),
    ...files.teams.flatMap((team) => checkKeyExpiry(team, policy, now)),
    ...checkDigests(files.release, policy),
  ];
}

type Level = Policy['team_budget']['level'];

function broken(file: ParsedFile<unknown>, path: Path, level: Level, rule: string, message: string): Problem[] {
  if (level === 'off') return [];
  return [file.locate(path, `${message} (policy ${rule})`, level === 'deny' ? 'error' : 'warning')];
}

function checkTeamBudget(team: ParsedFile<Team>, { team_budget: { level } }: Policy): Problem[] {
  const { value } = team;
  if (value === undefined || (value.max_budget !== undefined && value.budget_duration !== undefined)) return [];
  const message = `team ${value.team_alias} has no budget: write max_budget (USD) and budget_duration, such as 1mo`;
  return broken(team, [], level, 'team_budget', message);
}

function checkKeyExpiry(team: ParsedFile<Team>, { key_expiry: rule }: Policy, now: Date): Problem[] {
  return (team.value?.virtual_keys ?? []).flatMap(({ key_alias: alias, expires }, index) => {
    if (expires !== undefined && daysUntil(expires, now) <= rule.within_days) return [];
    const path = ['virtual_keys', index, expires === undefined ? 'key_alias' : 'expires'];
    const finding = expires === undefined ? 'never ends: write expires, a day' : `ends ${expires}: write a day`;
    const message = `key ${alias} ${finding} within ${rule.within_days} days`;
    return broken(team, path, rule.level, 'key_expiry', message);
  });
}

/** One line for all of them, since one command is the answer. */
function checkDigests(release: EnvironmentFiles['release'], { image_digest: { level } }: Policy): Problem[] {
  const unresolved = release.value === undefined ? [] : unresolvedPins(release.value);
  if (unresolved.length === 0) return [];
  const counted = unresolved.length === 1 ? '1 digest is' : `${unresolved.length} digests are`;
  const message = `${counted} unresolved: ${unresolved.join(', ')}: run npm run pin`;
  return broken(release, [], level, 'image_digest', message);
}

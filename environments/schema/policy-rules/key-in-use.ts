import { join } from 'node:path';
import { daysUntil } from '../check-expiry.ts';
import { successorFinder } from '../find-successor.ts';
import { problemOf, type Problem } from '../parse-yaml.ts';
import type { VirtualKey } from '../virtual-key.ts';
import { placedKeys, type PlacedKey } from './placed-keys.ts';
import { changeRule, type EnvironmentSides } from './policy-rule.ts';

const NONE = { teams: [] };

export const keyInUse = changeRule({
  says: 'A key of production is not revoked, blocked or ended by oversight, nor replaced in one step.',
  needs: 'base',
  label: 'key-revocation',
  exceptBy: ['team', 'key'],
  options: {},
  evaluate: ({ environments, now }) =>
    environments
      .filter(({ isProduction, head }) => isProduction && head?.teams.every(({ value }) => value !== undefined))
      .flatMap((sides) => {
        const successorOf = successorFinder(
          placedKeys(sides.head ?? NONE),
          ({ team, key }) => `${team}\n${key.key_alias}`,
        );
        return placedKeys(sides.base ?? NONE).flatMap((before) => {
          const { key_alias: alias } = before.key;
          if (isRefused(before, now)) return [];
          const problem = judge(sides, before, successorOf(before), now);
          return problem === undefined ? [] : [{ environment: sides.name, team: before.team, key: alias, problem }];
        });
      }),
});

function judge(
  sides: EnvironmentSides,
  before: PlacedKey,
  after: PlacedKey | undefined,
  now: Date,
): Problem | undefined {
  const { key, team } = before;
  if (after === undefined) {
    const message = `key ${key.key_alias} of team ${team} is revoked: whoever still uses it is refused`;
    const file = sides.head?.teams.find(({ value }) => value?.team_alias === team);
    return file === undefined
      ? problemOf(join(sides.folder, 'keys', `${team}.yaml`), message)
      : file.locate(['virtual_keys'], message);
  }
  if (isRefused(after, now)) return refusedAtOnce(after);
  if (key.hashes.some((hash) => after.key.hashes.includes(hash))) return undefined;
  const message = `key ${key.key_alias} gets another secret in one step, and the old one is refused at once: npm run key -- rotate lets both work for a while`;
  return after.file.locate(['virtual_keys', after.index, 'hashes'], message);
}

function refusedAtOnce({ file, team, key, index }: PlacedKey): Problem {
  const { key_alias: alias, blocked, expires } = key;
  if (file.value?.blocked === true)
    return file.locate(
      ['blocked'],
      `team ${team} is blocked, and key ${alias} with it: whoever still uses it is refused`,
    );
  const [field, finding] = blocked === true ? ['blocked', 'is blocked'] : ['expires', `ends ${expires}, which is over`];
  const message = `key ${alias} of team ${team} ${finding}: whoever still uses it is refused`;
  return file.locate(['virtual_keys', index, field], message);
}

function isRefused({ file, key }: PlacedKey, now: Date): boolean {
  return file.value?.blocked === true || key.blocked === true || hasEnded(key, now);
}

function hasEnded({ expires }: VirtualKey, now: Date): boolean {
  return expires !== undefined && daysUntil(expires, now) <= 0;
}

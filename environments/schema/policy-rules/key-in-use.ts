import { join } from 'node:path';
import { daysUntil } from '../check-expiry.ts';
import { problemOf, type Problem } from '../parse-yaml.ts';
import type { VirtualKey } from '../virtual-key.ts';
import { placedKeys, type PlacedKey } from './placed-keys.ts';
import { changeRule, type EnvironmentSides } from './policy-rule.ts';

const NONE = { teams: [] };

export const keyInUse = changeRule({
  says: 'A key of production is not revoked by oversight, nor replaced in one step.',
  needs: 'base',
  label: 'key-revocation',
  exceptBy: ['team', 'key'],
  options: {},
  evaluate: ({ environments, now }) =>
    environments
      .filter(({ isProduction, head }) => isProduction && head?.teams.every(({ value }) => value !== undefined))
      .flatMap((sides) => {
        const after = placedKeys(sides.head ?? NONE);
        return placedKeys(sides.base ?? NONE).flatMap((before) => {
          const { key_alias: alias } = before.key;
          if (before.key.blocked === true || hasEnded(before.key, now)) return [];
          const problem = judge(
            sides,
            before,
            after.find(({ key }) => key.key_alias === alias),
          );
          return problem === undefined ? [] : [{ environment: sides.name, team: before.team, key: alias, problem }];
        });
      }),
});

function judge(sides: EnvironmentSides, before: PlacedKey, after: PlacedKey | undefined): Problem | undefined {
  const { key, team } = before;
  if (after === undefined) {
    const message = `key ${key.key_alias} of team ${team} is revoked: whoever still uses it is refused`;
    const file = sides.head?.teams.find(({ value }) => value?.team_alias === team);
    return file === undefined
      ? problemOf(join(sides.folder, 'keys', `${team}.yaml`), message)
      : file.locate(['virtual_keys'], message);
  }
  if (key.hashes.some((hash) => after.key.hashes.includes(hash))) return undefined;
  const message = `key ${key.key_alias} gets another secret in one step, and the old one is refused at once: npm run key -- rotate lets both work for a while`;
  return after.file.locate(['virtual_keys', after.index, 'hashes'], message);
}

function hasEnded({ expires }: VirtualKey, now: Date): boolean {
  return expires !== undefined && daysUntil(expires, now) <= 0;
}

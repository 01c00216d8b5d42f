import type { EnvironmentFiles } from './environment-files.ts';
import type { Problem } from './parse-yaml.ts';
import { listAt, textAt } from './value-at.ts';
import { Expiry } from './virtual-key.ts';

/** No key has ended already. */
export function checkExpiry({ teams }: EnvironmentFiles, now: Date): Problem[] {
  return teams.flatMap((team) =>
    listAt(team.input, ['virtual_keys']).flatMap((key, index) => {
      const expires = textAt(key, ['expires']);
      if (!Expiry.safeParse(expires).success || daysUntil(String(expires), now) > 0) return [];
      const path = ['virtual_keys', index, 'expires'];
      return [team.locate(path, `the key ended ${String(expires)}: write a later day, or remove the key`)];
    }),
  );
}

const DAY_MS = 86_400_000;

/** Days from `now` to the end of a key, with fractions; zero or less when it has ended. */
export function daysUntil(expires: string, now: Date): number {
  return (Date.parse(expires) - now.getTime()) / DAY_MS;
}

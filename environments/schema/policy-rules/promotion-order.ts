import type { EnvironmentFiles } from '../environment-files.ts';
import type { Pin } from '../release.ts';
import { pinsOf, type PlacedPin } from '../release-pins.ts';
import { changeRule } from './policy-rule.ts';

export const promotionOrder = changeRule({
  says: 'What production runs has run in another environment before.',
  needs: 'base',
  label: 'skip-promotion',
  exceptBy: [],
  options: {},
  evaluate: ({ environments }) =>
    environments.flatMap(({ name, isProduction, base, head }) => {
      const others = environments.filter((other) => !other.isProduction && other.base !== undefined);
      if (!isProduction || base === undefined || head === undefined || others.length === 0) return [];
      const known = [base, ...others.flatMap((other) => other.base ?? [])].flatMap(placedPins);
      return placedPins(head).flatMap(({ kind, key, pin }) => {
        if (known.some((earlier) => earlier.kind === kind && earlier.key === key && isSame(earlier.pin, pin)))
          return [];
        const message = `${kind}.${key} ${pin.version} has run in no other environment: bring it to ${others.map((other) => other.name).join(' or ')} first, then npm run promote`;
        return [{ environment: name, problem: head.release.locate([kind, key], message) }];
      });
    }),
});

function placedPins({ release }: EnvironmentFiles): PlacedPin[] {
  return release.value === undefined ? [] : pinsOf(release.value);
}

function isSame(a: Pin, b: Pin): boolean {
  return a.version === b.version && a.digest === b.digest;
}

import { z } from 'zod';
import { daysUntil } from '../check-expiry.ts';
import type { VirtualKey } from '../virtual-key.ts';
import { placedKeys } from './placed-keys.ts';
import { stateRule } from './policy-rule.ts';

export const keyExpiry = stateRule({
  says: 'Every key ends within so many days.',
  scope: 'every environment',
  exceptBy: ['team', 'key'],
  options: { within_days: z.int().min(1).max(3_660) },
  looser: { within_days: 'more' },
  evaluate: ({ files, now }, { within_days: within }) =>
    placedKeys(files).flatMap(({ file, team, key, index }) => {
      const { key_alias: alias, expires } = key;
      if (expires !== undefined && daysUntil(expires, now) <= within) return [];
      const finding = expires === undefined ? 'never ends: write expires, a day' : `ends ${expires}: write a day`;
      const path = ['virtual_keys', index, expires === undefined ? 'key_alias' : 'expires'];
      return [{ team, key: alias, problem: file.locate(path, `key ${alias} ${finding} within ${within} days`) }];
    }),
});

export const rateLimit = stateRule({
  says: 'Every key has rpm_limit or tpm_limit, its own or that of its team.',
  scope: 'every environment',
  exceptBy: ['team', 'key'],
  options: {},
  evaluate: ({ files }) =>
    placedKeys(files).flatMap(({ file, team, key, index }) => {
      if (isLimited(key) || (file.value !== undefined && isLimited(file.value))) return [];
      const message = `key ${key.key_alias} may call as fast as it likes: write rpm_limit or tpm_limit for it or its team`;
      return [{ team, key: key.key_alias, problem: file.locate(['virtual_keys', index, 'key_alias'], message) }];
    }),
});

function isLimited({ rpm_limit: rpm, tpm_limit: tpm }: Pick<VirtualKey, 'rpm_limit' | 'tpm_limit'>): boolean {
  return rpm !== undefined || tpm !== undefined;
}

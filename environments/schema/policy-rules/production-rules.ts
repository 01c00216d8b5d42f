import { z } from 'zod';
import type { EnvironmentSettings } from '../environment-settings.ts';
import type { Path } from '../value-at.ts';
import { stateRule, type PolicyState, type Violation } from './policy-rule.ts';

export const replicas = stateRule({
  says: 'Production never runs fewer gateways than this.',
  scope: 'production',
  exceptBy: [],
  options: { min: z.int().min(1).max(100) },
  looser: { min: 'less' },
  evaluate: (state, { min }) =>
    eachSetting(state, ({ gateway }) => [
      [
        ['gateway', 'replicas', 'min'],
        gateway.replicas.min >= min,
        `min is ${gateway.replicas.min}: use at least ${min}`,
      ],
    ]),
});

export const highAvailability = stateRule({
  says: 'Production outlives a zone: node pools in two or more, Postgres zone_redundant, Redis with high_availability.',
  scope: 'production',
  exceptBy: [],
  options: {},
  evaluate: (state) =>
    eachSetting(state, ({ cluster, postgres, redis }) => [
      [['cluster', 'zones'], cluster.zones.length >= 2, 'the nodes are in one zone: write zones, such as [1, 2, 3]'],
      [
        ['postgres', 'high_availability'],
        postgres.high_availability === 'zone_redundant',
        `high_availability of postgres is ${postgres.high_availability}: write zone_redundant`,
      ],
      [
        ['redis', 'high_availability'],
        redis.high_availability,
        'high_availability of redis is false: write true, which cannot be undone',
      ],
    ]),
});

export const trustedCertificates = stateRule({
  says: 'Production has certificates that clients trust, not those of letsencrypt-staging.',
  scope: 'production',
  exceptBy: [],
  options: {},
  evaluate: (state) =>
    eachSetting(state, ({ certificates: { issuer } }) => [
      [
        ['certificates', 'issuer'],
        issuer !== 'letsencrypt-staging',
        'no client trusts letsencrypt-staging: write letsencrypt',
      ],
    ]),
});

export const purgeProtection = stateRule({
  says: 'The Key Vault of production cannot be purged.',
  scope: 'production',
  exceptBy: [],
  options: {},
  evaluate: (state) =>
    eachSetting(state, ({ key_vault: vault }) => [
      [
        ['key_vault', 'purge_protection'],
        vault.purge_protection,
        'a deleted vault would be gone with every secret: write purge_protection: true',
      ],
    ]),
});

export const backups = stateRule({
  says: 'Production keeps the backups of Postgres for so many days.',
  scope: 'production',
  exceptBy: [],
  options: { days: z.int().min(7).max(35) },
  looser: { days: 'less' },
  evaluate: (state, { days }) =>
    eachSetting(state, ({ postgres: { backup_days: kept } }) => [
      [['postgres', 'backup_days'], kept >= days, `backup_days is ${kept}: use at least ${days}`],
    ]),
});

export const alertReceivers = stateRule({
  says: 'Somebody is told when an alert of production fires.',
  scope: 'production',
  exceptBy: [],
  options: {},
  evaluate: (state) =>
    eachSetting(state, ({ alerts }) => [
      [['alerts', 'emails'], alerts.emails.length > 0, 'nobody is told when an alert fires: write emails of alerts'],
    ]),
});

/** Where a requirement stands, whether it holds, and what to say where it does not. */
type Requirement = readonly [path: Path, holds: boolean, message: string];

function eachSetting(
  { files: { settings } }: PolicyState,
  requirementsOf: (settings: EnvironmentSettings) => readonly Requirement[],
): Violation[] {
  const requirements = settings.value === undefined ? [] : requirementsOf(settings.value);
  return requirements.flatMap(([path, holds, message]) => (holds ? [] : [{ problem: settings.locate(path, message) }]));
}

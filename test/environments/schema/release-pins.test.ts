import { describe, expect, test } from 'vitest';
import { EnvironmentSettings } from '../../../environments/schema/environment-settings.ts';
import { neededPins, pinsOf, unresolvedPins } from '../../../environments/schema/release-pins.ts';
import { Release } from '../../../environments/schema/release.ts';
import { unsetIds } from '../../../environments/schema/unset-ids.ts';

const DIGEST = 'sha256:6105d6cc76af400325e94d588ce511be5bfdbb73b437dc51eca43917d7a43e3d';
const gateway = { database: { url: 'os.environ/DATABASE_URL' } };

function settingsOf(parts: object = {}): EnvironmentSettings {
  return EnvironmentSettings.parse({ name: 'dev', gateway, ...parts });
}

function namesOf(parts: object): string[] {
  return neededPins(settingsOf(parts)).map(({ kind, key }) => `${kind}.${key}`);
}

describe('the pins of a release', () => {
  const release = Release.parse({
    images: {
      gateway: { version: '0.1.0', digest: DIGEST, commit: 'unresolved' },
      argocd: { version: 'v3.5.1', digest: 'unresolved' },
    },
    charts: { argocd: { version: '7.7.14', digest: 'unresolved' } },
  });

  test('are told with their place, and those without a digest by it', () => {
    expect(pinsOf(release).map(({ kind, key }) => `${kind}.${key}`)).toEqual([
      'images.gateway',
      'images.argocd',
      'charts.argocd',
    ]);
    expect(unresolvedPins(release)).toEqual(['images.argocd', 'charts.argocd']);
  });

  test('are needed for what the settings run', () => {
    expect(namesOf({})).toEqual(expect.arrayContaining(['images.nginx_ingress', 'charts.nginx_ingress']));
    expect(namesOf({})).not.toContain('images.litellm');
    expect(namesOf({ engine: 'litellm' })).toContain('images.litellm');
    expect(namesOf({ ingress: { controller: 'gateway_api' } }).filter((name) => name.includes('nginx'))).toEqual([]);
    expect(namesOf({ ingress: { controller: 'gateway_api' } })).toContain('charts.cert_manager');
  });
});

describe('the ids of an environment', () => {
  const SOME_ID = 'ee06a2b7-0ae6-5492-9c98-db2e9e949b1e';

  test('are all unset at first', () => {
    expect(unsetIds(settingsOf())).toEqual({
      deployment: ['subscription_id', 'tenant_id'],
      cluster: ['identities.gateway', 'identities.argocd', 'argocd.sso_client_id', 'argocd.admin_group_id'],
    });
  });

  test('are asked for only where something uses them', () => {
    const argocd = { sso_client_id: SOME_ID, admin_group_id: SOME_ID };
    const known = { subscription_id: SOME_ID, tenant_id: SOME_ID, argocd };
    const identities = { gateway: SOME_ID, argocd: SOME_ID };

    const inCluster = (more: object) => unsetIds(settingsOf({ ...known, identities, ...more })).cluster;
    expect(unsetIds(settingsOf({ ...known, identities }))).toEqual({ deployment: [], cluster: [] });
    expect(inCluster({ ingress: { exposure: 'internal' } })).toEqual(['identities.cert_manager']);
    expect(inCluster({ gateway: { ...gateway, autoscaling: 'keda' } })).toEqual(['gateway.prometheus_url']);
    expect(inCluster({ postgres: { administrators: [{ name: 'gateway' }] } })).toEqual([
      'postgres.administrators[0].object_id',
    ]);
  });
});

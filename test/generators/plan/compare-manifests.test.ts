import { describe, expect, it } from 'vitest';
import { compareManifests } from '../../../generators/plan/compare-manifests.ts';

describe('compareManifests', () => {
  it('puts production first, then each component with its files in order', () => {
    const changed = [
      { path: 'dev/gateway/Service.gateway.yaml', before: 'a\n', after: 'b\n' },
      { path: 'prod/issuers/ClusterIssuer.letsencrypt.yaml', before: 'a\n', after: 'b\n' },
      { path: 'prod/gateway/Job.b.yaml', after: 'b\n' },
      { path: 'prod/gateway/Job.a.yaml', before: 'a\n' },
      { path: 'README.md', before: 'a\n', after: 'b\n' },
    ];
    const found = compareManifests(changed, isProduction);
    expect(
      found.map(({ environment, component, files }) => [environment, component, files.map(({ kind }) => kind)]),
    ).toEqual([
      ['prod', 'gateway', ['removed', 'added']],
      ['prod', 'issuers', ['changed']],
      ['', '', ['changed']],
      ['dev', 'gateway', ['changed']],
    ]);
  });

  it('keeps what lies deeper with its component', () => {
    const [found] = compareManifests(
      [{ path: 'dev/infra/dashboards/spend.json', before: '1\n', after: '2\n' }],
      isProduction,
    );
    expect(found).toMatchObject({ environment: 'dev', component: 'infra' });
  });

  it('leaves out a file whose text is the same', () => {
    expect(compareManifests([{ path: 'dev/gateway/Job.a.yaml', before: 'a\n', after: 'a\n' }], isProduction)).toEqual(
      [],
    );
  });
});

function isProduction(environment: string): boolean {
  return environment === 'prod';
}

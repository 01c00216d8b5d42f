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

  it('compares the lines of the files that are shown, and counts the rest', () => {
    const changed = Array.from({ length: 61 }, (_, index) => {
      return { path: `dev/gateway/Job.${String(index).padStart(2, '0')}.yaml`, before: 'a\nb\n', after: 'a\nc\n' };
    });

    const files = compareManifests(changed, isProduction).flatMap((component) => component.files);

    expect(files.at(-2)).toMatchObject({ diff: '@@ -1,2 +1,2 @@\n a\n-b\n+c', addedLines: 1, removedLines: 1 });
    expect(files.at(-1)).toMatchObject({ diff: '', addedLines: 1, removedLines: 1 });
  });

  it('takes a bounded number of steps for all files together, those of production first', () => {
    const scrambled = (seed: number) => Array.from({ length: 450 }, (_, line) => `${(line * seed) % 449}\n`).join('');
    const changed = Array.from({ length: 150 }, (_, index) => {
      const environment = index % 2 === 0 ? 'dev' : 'prod';
      return { path: `${environment}/part-${index}/Job.yaml`, before: scrambled(7), after: scrambled(11) };
    });
    const left = { steps: 100_000 };

    const found = compareManifests(changed, isProduction, left);

    expect(found).toHaveLength(150);
    expect(left.steps).toBeLessThanOrEqual(0);
    expect(left.steps).toBeGreaterThan(-1_000);
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

import { expect, it } from 'vitest';
import { chartSource } from '../../../generators/third-party/chart-source.ts';
import { platformContext } from './platform-context.ts';

const chart = { chart: 'nginx_ingress' } as const;

it('names a Helm chart of a version in the environment’s registry, which Argo CD signs in to', () => {
  expect(chartSource(platformContext(), chart)).toEqual({
    repoURL: 'crdev.azurecr.io/nginx/charts',
    chart: 'nginx-ingress',
    targetRevision: '1.2.3',
  });
});

it('names an artifact with its digest in the maker’s registry', () => {
  expect(chartSource(platformContext({ third_party_from: 'maker' }), chart)).toEqual({
    repoURL: 'oci://ghcr.io/nginx/charts/nginx-ingress',
    path: '.',
    targetRevision: expect.stringMatching(/^1\.2\.3@sha256:[0-9a-f]{64}$/),
  });
});

it.each(['registry', 'maker'])('names a revision that no %s has while nobody looked up the digest', (from) => {
  const context = platformContext({ third_party_from: from }, 'unresolved');
  expect(chartSource(context, chart).targetRevision).toBe('1.2.3@sha256:unresolved');
});

it('says which pin is missing', () => {
  const context = platformContext();
  const release = { ...context.environment.release, charts: {} };
  const unpinned = { ...context, environment: { ...context.environment, release } };
  expect(() => chartSource(unpinned, chart)).toThrow('release.yaml of dev does not pin charts.nginx_ingress');
});

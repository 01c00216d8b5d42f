import { App } from 'cdk8s';
import { expect, it } from 'vitest';
import { issuersChart } from '../../../generators/charts/issuers.ts';
import { manifestsByPath } from '../../../generators/manifests-by-path.ts';
import { validateManifests, type Manifest } from '../../../generators/validate-manifests.ts';
import { platformContext, VARIANTS } from '../third-party/platform-context.ts';

it('proves a public host name over HTTP through NGINX, as paths beside the master', () => {
  const [production, staging] = issuers({ certificates: { email: 'platform@example.com' } });
  expect(production).toMatchObject({
    metadata: { name: 'letsencrypt' },
    spec: {
      acme: {
        email: 'platform@example.com',
        server: 'https://acme-v02.api.letsencrypt.org/directory',
        privateKeySecretRef: { name: 'letsencrypt-account-key' },
        solvers: [
          {
            http01: {
              ingress: {
                ingressClassName: 'nginx',
                serviceType: 'ClusterIP',
                ingressTemplate: { metadata: { annotations: { 'nginx.org/mergeable-ingress-type': 'minion' } } },
              },
            },
          },
        ],
      },
    },
  });
  expect(staging?.metadata.name).toBe('letsencrypt-staging');
});

it.each([
  { way: 'NGINX', settings: {}, kind: 'ingress' },
  { way: 'the Gateway', settings: { ingress: { controller: 'gateway_api' } }, kind: 'gatewayHTTPRoute' },
])('hardens the pods of a proof through $way as Pod Security restricted asks', ({ settings, kind }) => {
  for (const issuer of issuers(settings))
    expect(http01(issuer)[kind]).toMatchObject({
      podTemplate: {
        spec: {
          securityContext: { runAsNonRoot: true, seccompProfile: { type: 'RuntimeDefault' } },
          resources: { requests: { cpu: '10m', memory: '64Mi' }, limits: { memory: '64Mi' } },
        },
      },
    });
});

it('proves a public host name through the plain listener of the Gateway', () => {
  const [issuer] = issuers(VARIANTS['the Gateway API, from the makers']);
  expect(http01(issuer)['gatewayHTTPRoute']).toMatchObject({
    parentRefs: [{ kind: 'Gateway', name: 'gateway', namespace: 'tollgate', sectionName: 'http' }],
  });
});

it('proves an internal host name in the DNS zone, as cert-manager’s own identity', () => {
  const [issuer] = issuers(VARIANTS['an internal production environment']);
  expect(issuer).toMatchObject({
    spec: {
      acme: {
        solvers: [
          {
            dns01: {
              azureDNS: {
                subscriptionID: 'unset',
                resourceGroupName: 'rg-dns',
                hostedZoneName: 'example.com',
                managedIdentity: { clientID: '5f0c9a52-3b7e-4d2c-9c1e-7a1d0b6e4f21' },
              },
            },
          },
        ],
      },
    },
  });
});

it('looks for the zone in the environment’s own resource group unless told another', () => {
  const [issuer] = issuers({ ingress: { exposure: 'internal' }, dns: { zone: 'example.com' } });
  expect(JSON.stringify(issuer)).toContain('"resourceGroupName":"rg-tollgate-dev"');
});

it('has no issuer where nothing can be proved', () => {
  expect(issuers({ ingress: { exposure: 'internal' } })).toEqual([]);
});

function issuers(settings: object = {}): Manifest[] {
  const app = new App();
  issuersChart(app, platformContext(settings));
  const manifests = manifestsByPath(app, 'dev');
  expect(validateManifests(manifests)).toEqual([]);
  return [...manifests.values()].toSorted((one, other) => one.metadata.name.localeCompare(other.metadata.name));
}

interface HttpIssuer {
  readonly spec: { readonly acme: { readonly solvers: readonly { readonly http01: Record<string, unknown> }[] } };
}

function http01(issuer: Manifest | undefined): Record<string, unknown> {
  const [solver] = (issuer as unknown as HttpIssuer).spec.acme.solvers;
  return solver?.http01 ?? {};
}

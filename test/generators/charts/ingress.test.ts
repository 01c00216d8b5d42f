import { App } from 'cdk8s';
import { describe, expect, it } from 'vitest';
import { ingressChart } from '../../../generators/charts/ingress.ts';
import { manifestsByPath } from '../../../generators/manifests-by-path.ts';
import { validateManifests, type Manifest } from '../../../generators/validate-manifests.ts';
import { platformContext, VARIANTS } from '../third-party/platform-context.ts';

describe('with NGINX', () => {
  const manifests = rendered({ host_names: ['llm.example.com', 'ai.example.com'], dns: { zone: 'example.com' } });

  it('is a master with the certificate and a minion with the paths, for each host name', () => {
    expect(validateManifests(manifests)).toEqual([]);
    expect([...manifests.keys()]).toEqual([
      'dev/ingress/Ingress.llm.example.com.yaml',
      'dev/ingress/Ingress.llm.example.com-paths.yaml',
      'dev/ingress/Ingress.ai.example.com.yaml',
      'dev/ingress/Ingress.ai.example.com-paths.yaml',
    ]);
    expect(named(manifests, 'llm.example.com')).toMatchObject({
      metadata: {
        namespace: 'tollgate',
        annotations: {
          'nginx.org/mergeable-ingress-type': 'master',
          'cert-manager.io/cluster-issuer': 'letsencrypt-staging',
          'cert-manager.io/issue-temporary-certificate': 'true',
        },
      },
      spec: {
        ingressClassName: 'nginx',
        tls: [{ hosts: ['llm.example.com'], secretName: 'llm.example.com-tls' }],
        rules: [{ host: 'llm.example.com' }],
      },
    });
  });

  it('gives no path to a master and neither TLS nor redirects to a minion, which NGINX refuses', () => {
    const master = named(manifests, 'llm.example.com');
    const minion = named(manifests, 'llm.example.com-paths');
    expect(JSON.stringify(master['spec'])).not.toContain('paths');
    expect(minion['spec']).not.toHaveProperty('tls');
    expect(minion['spec']).toMatchObject({
      rules: [{ host: 'llm.example.com', http: { paths: [{ path: '/', backend: { service: { name: 'gateway' } } }] } }],
    });
    expect(Object.keys(annotationsOf(minion)).filter((key) => /hsts|redirect|snippet|listen/.test(key))).toEqual([]);
  });

  it('passes streams on as they come, and never sends a model call a second time', () => {
    expect(annotationsOf(named(manifests, 'llm.example.com'))).toMatchObject({
      'nginx.org/proxy-buffering': 'False',
      'nginx.org/proxy-read-timeout': '620s',
      'nginx.org/client-max-body-size': '32m',
    });
    const retries = annotationsOf(named(manifests, 'llm.example.com-paths'))['nginx.org/proxy-next-upstream'];
    expect(retries).toBe('error timeout');
    expect(retries).not.toContain('non_idempotent');
  });

  it('asks browsers for HTTPS alone only where they trust the certificate', () => {
    const trusted = rendered({
      host_names: ['llm.example.com'],
      dns: { zone: 'example.com' },
      certificates: { issuer: 'letsencrypt' },
    });
    expect(annotationsOf(named(trusted, 'llm.example.com'))['nginx.org/hsts']).toBe('True');
    expect(annotationsOf(named(manifests, 'llm.example.com'))).not.toHaveProperty('nginx.org/hsts');
  });

  it('leads Argo CD’s host name to Argo CD, in its own namespace', () => {
    const internal = rendered(VARIANTS['an internal production environment']);
    expect(validateManifests(internal)).toEqual([]);
    expect(named(internal, 'argocd.example.com-paths')).toMatchObject({
      metadata: { namespace: 'argocd' },
      spec: {
        rules: [{ http: { paths: [{ backend: { service: { name: 'argocd-server', port: { number: 80 } } } }] } }],
      },
    });
  });
});

describe('with the Gateway API', () => {
  const manifests = rendered(VARIANTS['the Gateway API, from the makers']);

  it('is one Gateway with a listener and a certificate for each host name', () => {
    expect(validateManifests(manifests)).toEqual([]);
    expect(named(manifests, 'gateway')).toMatchObject({
      kind: 'Gateway',
      metadata: { namespace: 'tollgate', annotations: { 'cert-manager.io/cluster-issuer': 'letsencrypt-staging' } },
      spec: {
        gatewayClassName: 'approuting-istio',
        infrastructure: {
          annotations: {
            'service.beta.kubernetes.io/azure-load-balancer-resource-group': 'rg-tollgate-dev',
            'service.beta.kubernetes.io/azure-pip-name': 'pip-tollgate-dev-ingress',
          },
        },
        listeners: [
          { name: 'http', port: 80 },
          { name: 'llm.example.com', hostname: 'llm.example.com', port: 443 },
          { name: 'ai.example.com', hostname: 'ai.example.com', port: 443 },
        ],
      },
    });
  });

  it('lets a stream last as long as its answer, and sends plain HTTP to HTTPS', () => {
    expect(named(manifests, 'llm.example.com')).toMatchObject({
      spec: {
        parentRefs: [{ name: 'gateway', sectionName: 'llm.example.com' }],
        rules: [{ backendRefs: [{ name: 'gateway', port: 4000 }], timeouts: { request: '0s' } }],
      },
    });
    expect(named(manifests, 'redirect-to-https')).toMatchObject({
      spec: { hostnames: ['llm.example.com', 'ai.example.com'], parentRefs: [{ sectionName: 'http' }] },
    });
  });

  it('takes an address of its subnet where it is internal, and lets in routes of Argo CD’s namespace', () => {
    const internal = rendered({
      ...VARIANTS['an internal production environment'],
      ingress: { controller: 'gateway_api', exposure: 'internal' },
    });
    expect(validateManifests(internal)).toEqual([]);
    expect(named(internal, 'gateway')).toMatchObject({
      spec: {
        infrastructure: {
          annotations: { 'service.beta.kubernetes.io/azure-load-balancer-internal-subnet': 'snet-ingress' },
        },
      },
    });
    expect(JSON.stringify(named(internal, 'gateway')['spec'])).toContain('"kubernetes.io/metadata.name":"argocd"');
    expect(named(internal, 'argocd.example.com').metadata['namespace']).toBe('argocd');
  });
});

it.each(['nginx', 'gateway_api'])('is nothing where nothing has a host name, with %s', (controller) => {
  expect(rendered({ ingress: { controller } }).size).toBe(0);
});

function rendered(settings: object = {}): Map<string, Manifest> {
  const app = new App();
  ingressChart(app, platformContext(settings));
  return manifestsByPath(app, 'dev');
}

function named(manifests: ReadonlyMap<string, Manifest>, name: string): Manifest {
  const found = [...manifests.values()].find(({ metadata }) => metadata.name === name);
  if (found === undefined) throw new Error(`no object is called ${name}`);
  return found;
}

function annotationsOf({ metadata }: Manifest): Record<string, string> {
  return metadata['annotations'] as Record<string, string>;
}

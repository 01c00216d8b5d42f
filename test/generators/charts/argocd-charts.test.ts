import { App } from 'cdk8s';
import { expect, it } from 'vitest';
import { argocdChart } from '../../../generators/charts/argocd.ts';
import { nginxIngressChart } from '../../../generators/third-party/nginx-ingress-chart.ts';
import type { Manifest } from '../../../generators/validate-manifests.ts';
import { platformContext } from '../third-party/platform-context.ts';

it('a chart without kinds of its own is installed without them', () => {
  const application = render({}).get('Application.nginx-ingress');

  expect(application?.['spec']).toMatchObject({ source: { helm: { skipCrds: true } } });
});

// Argo CD deletes nothing that its project does not allow.
it('a chart that a setting takes away is still allowed, so that it can be deleted', () => {
  const objects = render({ ingress: { controller: 'gateway_api' } });

  expect([...objects.keys()]).not.toContain('Application.nginx-ingress');
  expect(objects.get('AppProject.dev-platform')?.['spec']).toMatchObject({
    destinations: expect.arrayContaining([expect.objectContaining({ namespace: 'nginx-ingress' })]) as unknown,
    clusterResourceWhitelist: expect.arrayContaining([{ group: 'networking.k8s.io', kind: 'IngressClass' }]) as unknown,
  });
});

function render(settings: object): ReadonlyMap<string, Manifest> {
  const deployed = { components: [], charts: [nginxIngressChart] };
  const objects = argocdChart(new App(), platformContext(settings), deployed).toJson() as Manifest[];
  return new Map(objects.map((object) => [`${object.kind}.${object.metadata.name}`, object]));
}

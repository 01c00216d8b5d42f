import { describe, expect, it } from 'vitest';
import type { Environment } from '../../../environments/schema/environment.ts';
import { environmentWith, gatewayObject, gatewayObjects } from './gateway-objects.ts';

const KEDA = { autoscaling: 'keda', prometheus_url: 'https://example.prometheus.monitor.azure.com' };
const AUTOSCALERS = ['HorizontalPodAutoscaler', 'ScaledObject', 'TriggerAuthentication'];

describe('the autoscaler of the gateway', () => {
  it('scales on the CPU that pods request, between the replicas that are set', () => {
    const { spec } = gatewayObject(environmentWith({}), 'HorizontalPodAutoscaler.gateway');

    expect(spec).toMatchObject({
      scaleTargetRef: { apiVersion: 'apps/v1', kind: 'Deployment', name: 'gateway' },
      minReplicas: 3,
      maxReplicas: 6,
      metrics: [{ type: 'Resource', resource: { name: 'cpu', target: { type: 'Utilization' } } }],
    });
  });

  it('goes up at once and down one pod after another', () => {
    const { spec } = gatewayObject(environmentWith({}), 'HorizontalPodAutoscaler.gateway');

    expect(spec['behavior']).toMatchObject({
      scaleUp: { stabilizationWindowSeconds: 0, selectPolicy: 'Max' },
      scaleDown: { stabilizationWindowSeconds: 600, policies: [{ type: 'Pods', value: 1 }] },
    });
  });

  it.each([
    ['cpu', environmentWith({})],
    ['keda', environmentWith({}, KEDA)],
    ['cpu with a fixed number', environmentWith({}, { replicas: { min: 2, max: 2 } })],
  ])('is alone in saying how many pods there are: %s', (_name, environment) => {
    expect(gatewayObject(environment, 'Deployment.gateway').spec).not.toHaveProperty('replicas');
  });

  it('scales on requests in flight by KEDA in place of CPU, never beside it', () => {
    const environment = environmentWith({}, KEDA);
    const { spec } = gatewayObject(environment, 'ScaledObject.gateway');

    expect(autoscalersOf(environment)).toEqual(['ScaledObject', 'TriggerAuthentication']);
    expect(spec).toMatchObject({ minReplicaCount: 3, maxReplicaCount: 6 });
    expect(spec['triggers']).toEqual([
      {
        type: 'prometheus',
        metricType: 'AverageValue',
        metadata: {
          serverAddress: KEDA.prometheus_url,
          query: 'sum(tollgate_requests_in_flight{cluster="aks-tollgate-dev",namespace="tollgate"})',
          threshold: '100',
          ignoreNullValues: 'false',
        },
        authenticationRef: { name: 'gateway' },
      },
    ]);
  });

  it("signs in to Azure's Prometheus as the gateway, and not at all to one in the cluster", () => {
    const { spec } = gatewayObject(environmentWith({}, KEDA), 'TriggerAuthentication.gateway');
    const operator = environmentWith({ monitoring: 'operator' }, KEDA);

    expect(spec['podIdentity']).toEqual({ provider: 'azure-workload', identityId: 'unset' });
    expect(autoscalersOf(operator)).toEqual(['ScaledObject']);
    expect(JSON.stringify(gatewayObject(operator, 'ScaledObject.gateway'))).not.toContain('authenticationRef');
  });

  it('stays with CPU where the engine serves no requests in flight', () => {
    expect(autoscalersOf(environmentWith({ engine: 'litellm' }, KEDA))).toEqual(['HorizontalPodAutoscaler']);
  });
});

function autoscalersOf(environment: Environment): string[] {
  const kinds = [...gatewayObjects(environment).values()].map(({ kind }) => kind);
  return kinds.filter((kind) => AUTOSCALERS.includes(kind)).toSorted();
}

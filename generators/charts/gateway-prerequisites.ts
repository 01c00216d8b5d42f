/* oxlint-disable eslint/no-new -- a construct adds itself to its chart */
import { ApiObject, type Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-30';
import { labels } from '../kubernetes/labels.ts';
import { GATEWAY, GATEWAY_CONFIG, GATEWAY_SECRETS, NAMESPACE } from '../kubernetes/names.ts';
import { secretProviderClass } from '../kubernetes/secret-provider-class.ts';
import { PREREQUISITE_WAVE, syncWave } from '../kubernetes/sync-order.ts';
import type { RenderContext } from '../render-context.ts';
import type { GatewayPod } from './gateway-pod.ts';

/** What the gateway's pods and the migration need before they can start: who they are, and what they read. */
export function addPrerequisites(
  chart: Chart,
  context: RenderContext,
  { engine, configText, secrets }: GatewayPod,
): void {
  const { tenant_id, identities } = context.environment.settings;
  new k8s.KubeServiceAccount(chart, 'service-account', {
    metadata: metadata(GATEWAY, { 'azure.workload.identity/client-id': identities.gateway }),
    automountServiceAccountToken: false,
  });
  new k8s.KubeConfigMap(chart, 'config', {
    metadata: metadata(GATEWAY_CONFIG),
    data: { 'config.yaml': configText },
  });
  new ApiObject(chart, 'secrets', {
    metadata: metadata(GATEWAY_SECRETS),
    ...secretProviderClass({
      keyVault: context.azure.keyVault,
      tenantId: tenant_id,
      clientId: identities.gateway,
      secrets,
      ...(!engine.watchesFiles && { copyToSecret: GATEWAY_SECRETS }),
    }),
  });
}

function metadata(name: string, annotations: Record<string, string> = {}) {
  return {
    name,
    namespace: NAMESPACE,
    labels: labels(GATEWAY),
    annotations: { ...annotations, ...syncWave(PREREQUISITE_WAVE) },
  };
}

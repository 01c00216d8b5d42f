import type { EnvironmentSettings } from '../../environments/schema/environment-settings.ts';
import { ARGOCD_NAMESPACE, CERT_MANAGER_NAMESPACE, GATEWAY, NAMESPACE } from '../kubernetes/names.ts';
import { azureRuleGroups } from '../monitoring/azure-rule-groups.ts';
import { dashboardsOf } from '../monitoring/dashboards/dashboard-files.ts';
import { buildDashboard } from '../monitoring/dashboards/build-dashboard.ts';
import { ruleGroups } from '../monitoring/rule-groups.ts';
import type { RenderContext } from '../render-context.ts';
import { idOrNil, placementParameters, zoneParameters } from './placement-parameters.ts';

/** The parameters of cluster.bicep: AKS and what belongs to one cluster. */
export function clusterParameters(context: RenderContext) {
  const { settings } = context.environment;
  const { cluster, gateway } = settings;
  return {
    ...placementParameters(context),
    tenantId: idOrNil(settings.tenant_id),
    zones: zoneParameters(context),
    kubernetesVersion: cluster.kubernetes_version,
    tier: cluster.tier,
    networkPolicy: cluster.network_policy,
    systemPool: poolParameters(cluster.system_pool),
    userPool: poolParameters(cluster.user_pool),
    ingressController: settings.ingress.controller,
    keda: gateway.autoscaling === 'keda',
    workloads: workloadParameters(settings),
    monitoring: monitoringParameters(settings),
  };
}

function poolParameters({ vm_size, min, max }: EnvironmentSettings['cluster']['user_pool']) {
  return { vmSize: vm_size, min, max };
}

interface Workload {
  /** Of the federated credential. */
  readonly name: string;
  readonly identity: 'gateway' | 'certManager' | 'argocd';
  readonly namespace: string;
  readonly serviceAccount: string;
}

/** Whose tokens Entra takes. A ServiceAccount that asks Azure for nothing is not among them. */
function workloadParameters({ gateway, ingress, third_party_from }: EnvironmentSettings): Workload[] {
  const keda: Workload = {
    name: 'keda-operator',
    identity: 'gateway',
    namespace: 'kube-system',
    serviceAccount: 'keda-operator',
  };
  const certManager: Workload = {
    name: 'cert-manager',
    identity: 'certManager',
    namespace: CERT_MANAGER_NAMESPACE,
    serviceAccount: 'cert-manager',
  };
  const argocd: Workload = {
    name: 'argocd-repo-server',
    identity: 'argocd',
    namespace: ARGOCD_NAMESPACE,
    serviceAccount: 'argocd-repo-server',
  };
  return [
    { name: 'gateway', identity: 'gateway', namespace: NAMESPACE, serviceAccount: GATEWAY },
    // It asks Managed Prometheus with the gateway's identity.
    ...(gateway.autoscaling === 'keda' ? [keda] : []),
    // It writes into the zone where nobody outside can call the host.
    ...(ingress.exposure === 'internal' ? [certManager] : []),
    ...(third_party_from === 'registry' ? [argocd] : []),
  ];
}

function monitoringParameters(settings: EnvironmentSettings) {
  const { monitoring: prometheus } = settings;
  if (prometheus === 'operator') return { prometheus, ruleGroups: [], dashboards: [] };
  return {
    prometheus,
    ruleGroups: azureRuleGroups(ruleGroups(settings)),
    dashboards: dashboardsOf(settings).map((dashboard) => ({
      name: dashboard.name,
      definition: JSON.stringify(buildDashboard(dashboard)),
    })),
  };
}

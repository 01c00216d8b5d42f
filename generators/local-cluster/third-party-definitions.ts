import type { Manifest } from '../validate-manifests.ts';

interface ThirdPartyKind {
  readonly group: string;
  readonly version: string;
  readonly kind: string;
  readonly plural: string;
  readonly isClusterScoped?: boolean;
  /** False where the maker's own definition has no status subresource, so that status is written with the object. */
  readonly hasStatus: boolean;
}

/** Every kind that is rendered and that Kubernetes itself does not know. */
const KINDS: readonly ThirdPartyKind[] = [
  kind('argoproj.io/v1alpha1', 'Application', 'applications', { hasStatus: false }),
  kind('argoproj.io/v1alpha1', 'AppProject', 'appprojects', { hasStatus: false }),
  // None is rendered, yet Argo CD's controller wants to watch them.
  kind('argoproj.io/v1alpha1', 'ApplicationSet', 'applicationsets'),
  kind('cert-manager.io/v1', 'Certificate', 'certificates'),
  kind('cert-manager.io/v1', 'ClusterIssuer', 'clusterissuers', { isClusterScoped: true }),
  kind('gateway.networking.k8s.io/v1', 'Gateway', 'gateways'),
  kind('gateway.networking.k8s.io/v1', 'GatewayClass', 'gatewayclasses', { isClusterScoped: true }),
  kind('gateway.networking.k8s.io/v1', 'HTTPRoute', 'httproutes'),
  kind('keda.sh/v1alpha1', 'ScaledObject', 'scaledobjects'),
  kind('keda.sh/v1alpha1', 'TriggerAuthentication', 'triggerauthentications'),
  kind('monitoring.coreos.com/v1', 'PodMonitor', 'podmonitors', { hasStatus: false }),
  kind('monitoring.coreos.com/v1', 'PrometheusRule', 'prometheusrules', { hasStatus: false }),
  kind('monitoring.coreos.com/v1', 'ServiceMonitor', 'servicemonitors', { hasStatus: false }),
  kind('azmonitoring.coreos.com/v1', 'PodMonitor', 'podmonitors', { hasStatus: false }),
  kind('azmonitoring.coreos.com/v1', 'ServiceMonitor', 'servicemonitors', { hasStatus: false }),
  kind('secrets-store.csi.x-k8s.io/v1', 'SecretProviderClass', 'secretproviderclasses', { hasStatus: false }),
];

/**
 * Definitions that let an API server take the kinds of others, whatever their fields hold: what the fields may be is
 * checked when they are rendered. They stand in for those that charts and add-ons bring.
 */
export function thirdPartyDefinitions(): Manifest[] {
  return KINDS.map(({ group, version, kind: name, plural, isClusterScoped, hasStatus }) => ({
    apiVersion: 'apiextensions.k8s.io/v1',
    kind: 'CustomResourceDefinition',
    metadata: { name: `${plural}.${group}`, annotations: approval(group) },
    spec: {
      group,
      scope: isClusterScoped === true ? 'Cluster' : 'Namespaced',
      names: { kind: name, listKind: `${name}List`, plural, singular: name.toLowerCase() },
      versions: [
        {
          name: version,
          served: true,
          storage: true,
          schema: { openAPIV3Schema: { type: 'object', 'x-kubernetes-preserve-unknown-fields': true } },
          ...(hasStatus && { subresources: { status: {} } }),
        },
      ],
    },
  }));
}

function kind(
  apiVersion: string,
  name: string,
  plural: string,
  more: Partial<Pick<ThirdPartyKind, 'isClusterScoped' | 'hasStatus'>> = {},
): ThirdPartyKind {
  const [group = '', version = ''] = apiVersion.split('/');
  return { group, version, kind: name, plural, hasStatus: true, ...more };
}

/** The API server takes a group of Kubernetes' own only with a word on its review. */
function approval(group: string): Record<string, string> {
  return /\.(k8s|kubernetes)\.io$/.test(group)
    ? { 'api-approved.kubernetes.io': 'unapproved: a stand-in without fields' }
    : {};
}

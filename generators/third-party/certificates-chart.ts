import { CERT_MANAGER_NAMESPACE } from '../kubernetes/names.ts';
import type { RenderContext } from '../render-context.ts';
import { containerResources } from './container-resources.ts';
import type { ChartSetting, ThirdPartyChart } from './third-party-chart.ts';
import { imageSettings } from './third-party-image.ts';
import { unverified } from './unverified.ts';

const NAME = 'cert-manager';
// Before it asks for a certificate it looks whether the world sees the proof. The cluster's own DNS may answer privately.
const PUBLIC_RESOLVERS = '1.1.1.1:53,8.8.8.8:53';

/** Its parts, with the prefix of each one's settings; the controller's have none. */
const PARTS = [
  { prefix: '', component: 'controller' },
  { prefix: 'webhook.', component: 'webhook' },
  { prefix: 'cainjector.', component: 'cainjector' },
] as const;

/** cert-manager. Its containers are hardened by default, as Pod Security restricted asks. */
export const certManagerChart: ThirdPartyChart = {
  name: NAME,
  chart: 'cert_manager',
  namespace: CERT_MANAGER_NAMESPACE,
  wave: -4,
  isUsed: () => true,
  settings: (context) =>
    unverified([
      { path: 'crds.enabled', value: true, why: 'issuers and certificates are kinds of its own' },
      {
        path: 'crds.keep',
        value: true,
        why: 'without them every certificate would go too; said here since it matters',
      },
      {
        path: 'global.leaderElection.namespace',
        value: CERT_MANAGER_NAMESPACE,
        why: 'in kube-system by default, where this environment allows it nothing',
      },
      ...images(context),
      ...gatewaySettings(context),
      ...proofSettings(context),
      ...PARTS.flatMap((part) => partSettings(context, part)),
      { path: 'startupapicheck.resources', value: containerResources({ cpu: '10m', memory: '64Mi' }), why: 'one call' },
    ]),
  // cert-manager v1.21.2, deploy/charts/cert-manager/templates of github.com/cert-manager/cert-manager.
  kinds: [
    { group: '', kind: 'ConfigMap', isNamespaced: true },
    { group: '', kind: 'Service', isNamespaced: true },
    { group: '', kind: 'ServiceAccount', isNamespaced: true },
    { group: 'admissionregistration.k8s.io', kind: 'MutatingWebhookConfiguration', isNamespaced: false },
    { group: 'admissionregistration.k8s.io', kind: 'ValidatingWebhookConfiguration', isNamespaced: false },
    { group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition', isNamespaced: false },
    { group: 'apps', kind: 'Deployment', isNamespaced: true },
    { group: 'batch', kind: 'Job', isNamespaced: true },
    { group: 'networking.k8s.io', kind: 'NetworkPolicy', isNamespaced: true },
    { group: 'policy', kind: 'PodDisruptionBudget', isNamespaced: true },
    { group: 'rbac.authorization.k8s.io', kind: 'ClusterRole', isNamespaced: false },
    { group: 'rbac.authorization.k8s.io', kind: 'ClusterRoleBinding', isNamespaced: false },
    { group: 'rbac.authorization.k8s.io', kind: 'Role', isNamespaced: true },
    { group: 'rbac.authorization.k8s.io', kind: 'RoleBinding', isNamespaced: true },
  ],
};

function images(context: RenderContext): ChartSetting[] {
  return [
    ...imageSettings(context, 'image', 'cert_manager_controller'),
    ...imageSettings(context, 'webhook.image', 'cert_manager_webhook'),
    ...imageSettings(context, 'cainjector.image', 'cert_manager_cainjector'),
    ...imageSettings(context, 'acmesolver.image', 'cert_manager_acmesolver'),
    ...imageSettings(context, 'startupapicheck.image', 'cert_manager_startupapicheck'),
  ];
}

/** Without it the annotation of a Gateway, which asks for its certificates, is not looked at. */
function gatewaySettings({ environment: { settings } }: RenderContext): ChartSetting[] {
  if (settings.ingress.controller !== 'gateway_api') return [];
  return [{ path: 'config', value: { gatewayAPI: { enabled: true } }, why: 'the Gateway asks for its certificates' }];
}

/** How it proves whose a host name is: over HTTP from outside, or in the DNS zone where nobody outside can call. */
function proofSettings({ environment: { settings } }: RenderContext): ChartSetting[] {
  const { ingress, identities } = settings;
  if (ingress.exposure === 'internal')
    return [
      { path: 'dns01RecursiveNameservers', value: PUBLIC_RESOLVERS, why: 'the public zone, not the private one' },
      { path: 'dns01RecursiveNameserversOnly', value: true, why: "the zone's own servers may be out of reach" },
      { path: 'podLabels', value: { 'azure.workload.identity/use': 'true' }, why: 'it writes to the DNS zone' },
      {
        path: 'serviceAccount.annotations',
        value: { 'azure.workload.identity/client-id': identities.cert_manager },
        why: 'as whom it does so; no secret is kept for it',
      },
    ];
  return [
    {
      path: 'extraArgs',
      value: [`--acme-http01-solver-nameservers=${PUBLIC_RESOLVERS}`],
      why: 'it looks from where the certificate authority looks',
    },
  ];
}

function partSettings(context: RenderContext, { prefix, component }: (typeof PARTS)[number]): ChartSetting[] {
  return [
    {
      path: `${prefix}resources`,
      value: containerResources({ cpu: '20m', memory: '128Mi', cpuLimit: '500m', memoryLimit: '256Mi' }),
      why: 'none by default',
    },
    {
      path: `${prefix}networkPolicy.enabled`,
      value: true,
      why: "the chart's own rules: nothing else is let in or out",
    },
    ...(isZoned(context) ? replicaSettings(prefix, component) : []),
  ];
}

function replicaSettings(prefix: string, component: string): ChartSetting[] {
  const matchLabels = { 'app.kubernetes.io/instance': NAME, 'app.kubernetes.io/component': component };
  return [
    { path: `${prefix}replicaCount`, value: 2, why: 'a zone may go' },
    {
      path: `${prefix}podDisruptionBudget`,
      value: { enabled: true, minAvailable: 1 },
      why: 'a drained node never takes the last one',
    },
    {
      path: `${prefix}topologySpreadConstraints`,
      value: [
        {
          maxSkew: 1,
          topologyKey: 'topology.kubernetes.io/zone',
          whenUnsatisfiable: 'ScheduleAnyway',
          labelSelector: { matchLabels },
        },
      ],
      why: 'not both in one zone',
    },
  ];
}

function isZoned({ environment: { settings } }: RenderContext): boolean {
  return settings.cluster.zones.length > 1;
}

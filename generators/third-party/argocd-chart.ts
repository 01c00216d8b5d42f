import { ARGOCD_NAMESPACE } from '../kubernetes/names.ts';
import type { RenderContext } from '../render-context.ts';
import { argocdConfigSettings } from './argocd-config.ts';
import { containerResources } from './container-resources.ts';
import type { ChartSetting, ThirdPartyChart } from './third-party-chart.ts';
import { thirdPartyImage } from './third-party-image.ts';
import { unverified } from './unverified.ts';

/** Argo CD itself, which after its first installation keeps itself as it keeps all else. Its containers are hardened. */
export const argocdPlatformChart: ThirdPartyChart = {
  name: 'argocd',
  chart: 'argocd',
  namespace: ARGOCD_NAMESPACE,
  wave: -4,
  isUsed: () => true,
  settings: (context) =>
    unverified([
      ...images(context),
      { path: 'crds.keep', value: true, why: 'without them every Application would go; said here since it matters' },
      {
        path: 'global.networkPolicy.create',
        value: true,
        why: 'Redis and the repo server are for its own parts alone',
      },
      { path: 'dex.enabled', value: false, why: 'people sign in at Entra directly' },
      { path: 'notifications.enabled', value: false, why: 'alerts come from metrics' },
      {
        path: 'applicationSet.replicas',
        value: 0,
        why: 'every Application is rendered; the chart cannot leave it out',
      },
      ...argocdConfigSettings(context),
      ...identitySettings(context),
      ...RESOURCES,
      ...(context.environment.settings.cluster.zones.length > 1 ? REPLICAS : []),
    ]),
  // argo-cd 10.9.5, charts/argo-cd/templates of github.com/argoproj/argo-helm.
  kinds: [
    { group: '', kind: 'ConfigMap', isNamespaced: true },
    { group: '', kind: 'Secret', isNamespaced: true },
    { group: '', kind: 'Service', isNamespaced: true },
    { group: '', kind: 'ServiceAccount', isNamespaced: true },
    { group: 'apiextensions.k8s.io', kind: 'CustomResourceDefinition', isNamespaced: false },
    { group: 'apps', kind: 'Deployment', isNamespaced: true },
    { group: 'apps', kind: 'StatefulSet', isNamespaced: true },
    { group: 'batch', kind: 'Job', isNamespaced: true },
    { group: 'networking.k8s.io', kind: 'NetworkPolicy', isNamespaced: true },
    { group: 'policy', kind: 'PodDisruptionBudget', isNamespaced: true },
    { group: 'rbac.authorization.k8s.io', kind: 'ClusterRole', isNamespaced: false },
    { group: 'rbac.authorization.k8s.io', kind: 'ClusterRoleBinding', isNamespaced: false },
    { group: 'rbac.authorization.k8s.io', kind: 'Role', isNamespaced: true },
    { group: 'rbac.authorization.k8s.io', kind: 'RoleBinding', isNamespaced: true },
  ],
};

/** The chart joins `<repository>:<tag>` and knows no digest, so the digest ends the tag. */
function images(context: RenderContext): ChartSetting[] {
  const paths = [
    ['global.image', 'argocd'],
    ['redis.image', 'argocd_redis'],
  ] as const;
  return paths.flatMap(([path, key]): ChartSetting[] => {
    const { repository, tag, digest } = thirdPartyImage(context, key);
    return [
      { path: `${path}.repository`, value: repository, why: 'a registry that the cluster reaches' },
      { path: `${path}.tag`, value: `${tag}@${digest}`, why: 'release.yaml; the digest decides what is pulled' },
    ];
  });
}

const USES_IDENTITY = { 'azure.workload.identity/use': 'true' };

/** Who it is to Azure: to the registry that its charts lie in, and to Entra when people sign in. No secret is kept. */
function identitySettings({ environment: { settings }, registry }: RenderContext): ChartSetting[] {
  const clientId = (id: string) => ({ 'azure.workload.identity/client-id': id });
  const ofRegistry: ChartSetting[] = [
    { path: 'repoServer.podLabels', value: USES_IDENTITY, why: 'it pulls charts' },
    { path: 'repoServer.serviceAccount.annotations', value: clientId(settings.identities.argocd), why: 'as whom' },
    {
      path: 'configs.credentialTemplates',
      value: { registry: { url: registry, type: 'helm', enableOCI: 'true', useAzureWorkloadIdentity: 'true' } },
      why: 'every chart of this registry is pulled with that identity',
    },
  ];
  return [
    ...(settings.third_party_from === 'registry' ? ofRegistry : []),
    { path: 'server.podLabels', value: USES_IDENTITY, why: 'it signs people in without a secret of its own' },
    { path: 'server.serviceAccount.annotations', value: clientId(settings.argocd.sso_client_id), why: 'as which app' },
  ];
}

const SMALL = containerResources({ cpu: '10m', memory: '64Mi', cpuLimit: '200m', memoryLimit: '128Mi' });
const RESOURCES: readonly ChartSetting[] = [
  {
    path: 'controller.resources',
    value: containerResources({ cpu: '250m', memory: '512Mi', cpuLimit: '2', memoryLimit: '2Gi' }),
    why: 'it holds every object that it looks after',
  },
  {
    path: 'repoServer.resources',
    value: containerResources({ cpu: '100m', memory: '256Mi', cpuLimit: '1', memoryLimit: '1Gi' }),
    why: 'a clone, and a chart expanded now and then',
  },
  { path: 'repoServer.copyutil.resources', value: SMALL, why: 'it copies one program' },
  {
    path: 'server.resources',
    value: containerResources({ cpu: '50m', memory: '128Mi', cpuLimit: '500m', memoryLimit: '512Mi' }),
    why: 'for people alone',
  },
  { path: 'redis.resources', value: SMALL, why: 'a cache' },
  { path: 'redisSecretInit.resources', value: SMALL, why: 'one password' },
  { path: 'applicationSet.resources', value: SMALL, why: 'no pod of it runs' },
];

const REPLICAS: readonly ChartSetting[] = ['server', 'repoServer'].flatMap((part): ChartSetting[] => [
  { path: `${part}.replicas`, value: 2, why: 'a zone may go' },
  { path: `${part}.pdb.enabled`, value: true, why: 'a drained node never takes the last one' },
  { path: `${part}.pdb.minAvailable`, value: 1, why: 'none by default' },
]);

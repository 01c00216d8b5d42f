/* oxlint-disable eslint/no-new -- a construct adds itself to its chart */
import { Chart, type App } from 'cdk8s';
import { k8s } from 'cdk8s-plus-30';
import type { EnvironmentSettings } from '../../environments/schema/environment-settings.ts';
import { labels } from '../kubernetes/labels.ts';
import { privateDnsZones } from '../private-dns-zones.ts';
import type { RenderContext } from '../render-context.ts';

const COMPONENT = 'coredns';

/** Azure's DNS, which every virtual network has under this address. It alone knows the private zones. */
const AZURE_DNS = ['168.63.129.16'];
const PUBLIC_RESOLVERS = ['8.8.8.8', '1.1.1.1'];

/**
 * What the cluster's DNS is told beside its default: server blocks in the ConfigMap that AKS keeps for them. Argo CD
 * does not read this folder. Whoever applies it asks the cluster's DNS afterwards, and can put the old one back.
 */
export function corednsChart(app: App, { environment: { settings } }: RenderContext): Chart {
  const chart = new Chart(app, COMPONENT);
  new k8s.KubeConfigMap(chart, 'server-blocks', {
    metadata: {
      // Both are AKS's own names, and it ignores every key that does not end in .server or .override.
      name: 'coredns-custom',
      namespace: 'kube-system',
      labels: labels(COMPONENT),
      // It was there before us, and without it no new CoreDNS pod starts.
      annotations: { 'argocd.argoproj.io/sync-options': 'Prune=false,Delete=false' },
    },
    data: {
      'private-endpoints.server': privateEndpointsBlock(settings),
      ...(answersPublicly(settings) && { 'gateway-zone.server': gatewayZoneBlock(settings.dns.zone) }),
    },
  });
  return chart;
}

/** A parent covers the private zone below it, but both are written for the reader. */
function privateEndpointsBlock({ location }: EnvironmentSettings): string {
  const zones = [...privateDnsZones(location).values()].flatMap(({ parentZones, privateZones }) => [
    ...parentZones,
    ...privateZones,
  ]);
  return serverBlock({
    comment: 'Private endpoints: whoever asks a public resolver is led to their public addresses, which are closed.',
    zones,
    resolvers: AZURE_DNS,
    options: [],
  });
}

function gatewayZoneBlock(zone: string): string {
  return serverBlock({
    comment: "The gateway's own zone, as the world sees it: a private zone of the same name must not hide it.",
    zones: [zone],
    resolvers: PUBLIC_RESOLVERS,
    // The second one is asked where the first does not answer.
    options: ['policy sequential'],
  });
}

interface ServerBlock {
  readonly comment: string;
  readonly zones: readonly string[];
  readonly resolvers: readonly string[];
  readonly options: readonly string[];
}

/** A server block has none of the default block's plugins; a short cache spares Azure's DNS, which limits each node. */
function serverBlock({ comment, zones, resolvers, options }: ServerBlock): string {
  return [
    `# ${comment}`,
    `${zones.map((zone) => `${zone}:53`).join(',\n')} {`,
    '    errors',
    '    cache 30',
    `    forward . ${resolvers.join(' ')} {`,
    ...[...options, 'max_concurrent 1000'].map((option) => `        ${option}`),
    '    }',
    '}',
    '',
  ].join('\n');
}

/** The names of an internal gateway may stand in a private zone alone, so they are left to the default. */
function answersPublicly(settings: EnvironmentSettings): settings is EnvironmentSettings & { dns: { zone: string } } {
  return settings.ingress.exposure === 'public' && settings.dns !== undefined;
}

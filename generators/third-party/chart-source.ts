import { CHARTS } from '../../environments/schema/artifacts.ts';
import type { Pin } from '../../environments/schema/release.ts';
import { shownDigest } from '../kubernetes/image.ts';
import type { RenderContext } from '../render-context.ts';
import type { ThirdPartyChart } from './third-party-chart.ts';

/** The part of an Application's `source` that says where its chart comes from. */
export type ChartSource =
  | { readonly repoURL: string; readonly path: '.'; readonly targetRevision: string }
  | { readonly repoURL: string; readonly chart: string; readonly targetRevision: string };

/**
 * From its maker, a chart is any OCI artifact to Argo CD: a digest beside the version decides what is read.
 * From the environment's registry it is a Helm chart, since Argo CD signs in to a registry with its workload identity
 * only for those (argo-cd issues 24432 and 26045). Such a revision is a version alone: the import that put it there
 * looks at the digest. Throws when release.yaml does not pin the chart: a check asks for it first.
 */
export function chartSource(context: RenderContext, { chart }: Pick<ThirdPartyChart, 'chart'>): ChartSource {
  const { settings, release } = context.environment;
  const pin = release.charts[chart];
  if (pin === undefined) throw new Error(`release.yaml of ${settings.name} does not pin charts.${chart}`);

  const { registry, repository } = CHARTS[chart];
  if (settings.third_party_from === 'maker')
    return { repoURL: `oci://${registry}/${repository}`, path: '.', targetRevision: withDigest(pin) };
  const slash = repository.lastIndexOf('/');
  return {
    repoURL: `${context.registry}/${repository.slice(0, slash)}`,
    chart: repository.slice(slash + 1),
    // No registry has such a version, so a chart whose digest nobody looked up is never installed.
    targetRevision: pin.digest === 'unresolved' ? withDigest(pin) : pin.version,
  };
}

function withDigest(pin: Pin): string {
  return `${pin.version}@${shownDigest(pin)}`;
}

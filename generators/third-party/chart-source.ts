import { CHARTS } from '../../environments/schema/artifacts.ts';
import { shownDigest } from '../kubernetes/image.ts';
import type { RenderContext } from '../render-context.ts';
import type { ThirdPartyChart } from './third-party-chart.ts';

/** The part of an Application's `source` that says where its chart comes from. */
export interface ChartSource {
  readonly repoURL: string;
  readonly path: '.';
  readonly targetRevision: string;
}

/**
 * Argo CD reads a chart as any OCI artifact: the whole address, the path `.`, and a revision in which the digest
 * decides and the version only tells people what it is. An unresolved digest is none, so nothing is installed unseen.
 * Throws when release.yaml does not pin the chart: a check asks for it first.
 */
export function chartSource(context: RenderContext, { chart }: Pick<ThirdPartyChart, 'chart'>): ChartSource {
  const { settings, release } = context.environment;
  const pin = release.charts[chart];
  if (pin === undefined) throw new Error(`release.yaml of ${settings.name} does not pin charts.${chart}`);

  const { registry, repository } = CHARTS[chart];
  const from = settings.third_party_from === 'maker' ? registry : context.registry;
  return { repoURL: `oci://${from}/${repository}`, path: '.', targetRevision: `${pin.version}@${shownDigest(pin)}` };
}

import { join } from 'node:path';
import { loadEnvironment } from '../../../environments/schema/load-environment.ts';
import type { Environment } from '../../../environments/schema/environment.ts';
import { renderEnvironments } from '../../../generators/render.ts';
import { isManifest, parseManifest, type CommittedManifest } from '../manifests.ts';

type Settings = Environment['settings'];

interface Variant {
  readonly title: string;
  readonly manifests: readonly CommittedManifest[];
}

const DEV = join(import.meta.dirname, '../../../environments/dev');
const UNPINNED = { version: 'v1.91.4', digest: 'unresolved' };

/** What the committed environments do not choose. */
const CHANGES: Readonly<Record<string, (settings: Settings) => Partial<Settings>>> = {
  'engine litellm': () => ({ engine: 'litellm' }),
  'autoscaling by KEDA': ({ gateway }) => ({
    gateway: { ...gateway, autoscaling: 'keda', prometheus_url: 'https://prometheus.example.com' },
  }),
  'one replica': ({ gateway }) => ({ gateway: { ...gateway, replicas: { min: 1, max: 1 } } }),
  'the Gateway API': ({ ingress }) => ({ ingress: { ...ingress, controller: 'gateway_api' } }),
  'an internal Gateway': ({ ingress }) => ({
    ingress: { ...ingress, controller: 'gateway_api', exposure: 'internal' },
  }),
  'an internal ingress': ({ ingress }) => ({ ingress: { ...ingress, exposure: 'internal' } }),
  "Azure's monitoring": () => ({ monitoring: 'azure' }),
  'the Prometheus Operator': () => ({ monitoring: 'operator' }),
  'charts from their makers': () => ({ third_party_from: 'maker' }),
  'no way to the internet': ({ gateway }) => ({ gateway: { ...gateway, internet_egress: false } }),
};

/** The environment dev as other settings would render it. Throws where one of them cannot be rendered. */
export function renderVariants(): Variant[] {
  const { environment } = loadEnvironment(DEV, { now: new Date(0) });
  if (environment === undefined) throw new Error('environments/dev has an error: npm run check:environments');
  const images = { litellm: UNPINNED, ...environment.release.images };
  return Object.entries(CHANGES).map(([title, change]) => {
    const settings = { ...environment.settings, ...change(environment.settings) };
    const { files } = renderEnvironments([{ ...environment, settings, release: { ...environment.release, images } }]);
    const paths = [...files.keys()].filter(isManifest);
    return { title, manifests: paths.map((path) => parseManifest(path, files.get(path) ?? '')) };
  });
}

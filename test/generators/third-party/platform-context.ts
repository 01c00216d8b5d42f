import { CHARTS, IMAGES } from '../../../environments/schema/artifacts.ts';
import { renderContext, type RenderContext } from '../../../generators/render-context.ts';
import { exampleEnvironment, exampleRelease, exampleSettings } from '../example-environment.ts';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;

/** The context of an environment whose release pins every image and chart of others, with the settings that differ. */
export function platformContext(settings: object = {}, digest = DIGEST): RenderContext {
  const pins = (artifacts: object) =>
    Object.fromEntries(Object.keys(artifacts).map((key) => [key, { version: '1.2.3', digest }]));
  return renderContext(
    exampleEnvironment({
      settings: { ...exampleSettings, ...settings },
      release: { images: { ...exampleRelease.images, ...pins(IMAGES) }, charts: pins(CHARTS) },
    }),
  );
}

const CLIENT_ID = '5f0c9a52-3b7e-4d2c-9c1e-7a1d0b6e4f21';

/** Settings under which every branch of the charts' values is taken by one of them. */
export const VARIANTS: Readonly<Record<string, object>> = {
  'the defaults': {},
  'an internal production environment': {
    tenant_id: CLIENT_ID,
    host_names: ['llm.example.com'],
    dns: { zone: 'example.com', resource_group: 'rg-dns' },
    cluster: { zones: [1, 2, 3] },
    ingress: { exposure: 'internal' },
    certificates: { issuer: 'letsencrypt', email: 'platform@example.com' },
    identities: { cert_manager: CLIENT_ID },
    argocd: { host_name: 'argocd.example.com', sso_client_id: CLIENT_ID, admin_group_id: CLIENT_ID },
  },
  'the Gateway API, from the makers': {
    host_names: ['llm.example.com', 'ai.example.com'],
    dns: { zone: 'example.com' },
    ingress: { controller: 'gateway_api' },
    third_party_from: 'maker',
  },
};

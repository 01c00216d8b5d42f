// Software of others, as its maker publishes it. `release.yaml` pins each by version and digest under the same key.

/** A registry and the path in it, as in `quay.io/jetstack/cert-manager-controller`. */
export interface Artifact {
  readonly registry: string;
  readonly repository: string;
}

export const IMAGES = {
  litellm: { registry: 'ghcr.io', repository: 'berriai/litellm' },
  nginx_ingress: { registry: 'docker.io', repository: 'nginx/nginx-ingress' },
  cert_manager_controller: { registry: 'quay.io', repository: 'jetstack/cert-manager-controller' },
  cert_manager_webhook: { registry: 'quay.io', repository: 'jetstack/cert-manager-webhook' },
  cert_manager_cainjector: { registry: 'quay.io', repository: 'jetstack/cert-manager-cainjector' },
  cert_manager_acmesolver: { registry: 'quay.io', repository: 'jetstack/cert-manager-acmesolver' },
  cert_manager_startupapicheck: { registry: 'quay.io', repository: 'jetstack/cert-manager-startupapicheck' },
  argocd: { registry: 'quay.io', repository: 'argoproj/argocd' },
  argocd_redis: { registry: 'public.ecr.aws', repository: 'docker/library/redis' },
} as const satisfies Record<string, Artifact>;
export type ImageKey = keyof typeof IMAGES;

export const CHARTS = {
  nginx_ingress: { registry: 'ghcr.io', repository: 'nginx/charts/nginx-ingress' },
  cert_manager: { registry: 'quay.io', repository: 'jetstack/charts/cert-manager' },
  argocd: { registry: 'ghcr.io', repository: 'argoproj/argo-helm/argo-cd' },
} as const satisfies Record<string, Artifact>;
export type ChartKey = keyof typeof CHARTS;

/** Our own image, in the environment's registry: nobody else publishes it. */
export const GATEWAY_REPOSITORY = 'tollgate/gateway';

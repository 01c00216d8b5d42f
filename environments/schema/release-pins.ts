import type { ChartKey, ImageKey } from './artifacts.ts';
import type { EnvironmentSettings } from './environment-settings.ts';
import type { Pin, Release } from './release.ts';

/** One pin of a release and its place in `release.yaml`. */
export interface PlacedPin {
  readonly kind: 'images' | 'charts';
  readonly key: ImageKey | ChartKey | 'gateway';
  readonly pin: Pin;
}

/** Every pin that a release has: images, then charts, in the order of `artifacts.ts`. */
export function pinsOf({ images, charts }: Release): PlacedPin[] {
  return [...placed('images', images), ...placed('charts', charts)];
}

/** The pins that no registry has given a digest for yet, such as `images.gateway`. */
export function unresolvedPins(release: Release): string[] {
  return pinsOf(release)
    .filter(({ pin }) => pin.digest === 'unresolved')
    .map(({ kind, key }) => `${kind}.${key}`);
}

/** A pin that the settings of an environment ask for, and what asks for it. */
export type NeededPin = { readonly reason: string } & (
  | { readonly kind: 'images'; readonly key: ImageKey }
  | { readonly kind: 'charts'; readonly key: ChartKey }
);

/** What an environment runs beside its own image. */
export function neededPins({ engine, ingress }: EnvironmentSettings): NeededPin[] {
  return [
    ...(engine === 'litellm' ? pinsFor('engine litellm needs', ['litellm'], []) : []),
    ...(ingress.controller === 'nginx' ? pinsFor('controller nginx needs', ['nginx_ingress'], ['nginx_ingress']) : []),
    ...pinsFor(
      'every environment needs',
      [
        'cert_manager_controller',
        'cert_manager_webhook',
        'cert_manager_cainjector',
        'cert_manager_acmesolver',
        'cert_manager_startupapicheck',
        'argocd',
        'argocd_redis',
      ],
      ['cert_manager', 'argocd'],
    ),
  ];
}

function pinsFor(reason: string, images: readonly ImageKey[], charts: readonly ChartKey[]): NeededPin[] {
  return [
    ...images.map((key) => ({ kind: 'images' as const, key, reason })),
    ...charts.map((key) => ({ kind: 'charts' as const, key, reason })),
  ];
}

function placed(kind: PlacedPin['kind'], pins: Readonly<Record<string, Pin | undefined>>): PlacedPin[] {
  return Object.entries(pins).flatMap(([key, pin]) =>
    pin === undefined ? [] : [{ kind, key: key as PlacedPin['key'], pin }],
  );
}

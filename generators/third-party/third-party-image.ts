import { IMAGES, type ImageKey } from '../../environments/schema/artifacts.ts';
import { shownDigest } from '../kubernetes/image.ts';
import type { RenderContext } from '../render-context.ts';
import type { ChartSetting } from './third-party-chart.ts';

/** The parts of an image's name, since charts join them in ways of their own. */
export interface ThirdPartyImage {
  /** With the registry before it. */
  readonly repository: string;
  readonly tag: string;
  /** `sha256:unresolved`, which cannot be pulled, until a registry was asked. */
  readonly digest: string;
}

/** From the environment's registry or its maker's, as release.yaml pins it. Throws without a pin: a check asks first. */
export function thirdPartyImage({ environment, registry }: RenderContext, key: ImageKey): ThirdPartyImage {
  const { settings, release } = environment;
  const pin = release.images[key];
  if (pin === undefined) throw new Error(`release.yaml of ${settings.name} does not pin images.${key}`);
  const from = settings.third_party_from === 'maker' ? IMAGES[key].registry : registry;
  return { repository: `${from}/${IMAGES[key].repository}`, tag: pin.version, digest: shownDigest(pin) };
}

/** The settings of a chart that keeps an image as `<path>.repository`, `.tag` and `.digest`. */
export function imageSettings(context: RenderContext, path: string, key: ImageKey): ChartSetting[] {
  const { repository, tag, digest } = thirdPartyImage(context, key);
  return [
    { path: `${path}.repository`, value: repository, why: 'a registry that the cluster reaches' },
    { path: `${path}.tag`, value: tag, why: 'release.yaml' },
    { path: `${path}.digest`, value: digest, why: 'decides what is pulled, whatever the tag is moved to' },
  ];
}

import { z } from 'zod';
import { CHARTS, IMAGES, type ChartKey, type ImageKey } from './artifacts.ts';

/** A digest that a registry gave, or the word `unresolved`. It is never invented. */
const Digest = z
  .string()
  .regex(
    /^(sha256:[0-9a-f]{64}|unresolved)$/,
    'write unresolved, and let `npm run pin` write the sha256:<64 hex digits> that the registry gives',
  );

const Commit = z.string().regex(/^([0-9a-f]{40}|unresolved)$/, 'write the 40 hex digits of the commit, or unresolved');

/** Tags that their makers move: what they name today is another thing tomorrow. */
const MOVING_TAG = /^(latest|stable|main|master|edge|nightly|dev)$/;

const Version = z
  .string()
  .regex(/^[0-9A-Za-z][0-9A-Za-z._-]{0,127}$/, 'write an image tag such as 0.1.0')
  .refine((tag) => !MOVING_TAG.test(tag), 'that tag moves: write the version that you mean, such as 0.1.0');

/** What is published under a version, and the digest that its registry gave for it. */
const Pin = z.strictObject({ version: Version, digest: Digest });
export type Pin = z.infer<typeof Pin>;

/** `release.yaml`: the pins of one environment. */
export const Release = z.strictObject({
  images: z.strictObject({
    gateway: Pin.extend({ commit: Commit }),
    ...pinOfEach<ImageKey>(IMAGES),
  }),
  charts: z.strictObject(pinOfEach<ChartKey>(CHARTS)).default({}),
});
export type Release = z.infer<typeof Release>;

/** Which of them an environment needs depends on its settings: `check-release.ts`. */
function pinOfEach<Key extends string>(artifacts: Readonly<Record<Key, unknown>>) {
  const keys = Object.keys(artifacts) as Key[];
  return Object.fromEntries(keys.map((key) => [key, Pin.optional()])) as Record<Key, z.ZodOptional<typeof Pin>>;
}

import { z } from 'zod';

/** A digest that a registry gave, or the word `unresolved`. It is never invented. */
const Digest = z
  .string()
  .regex(/^(sha256:[0-9a-f]{64}|unresolved)$/, 'write the sha256:<64 hex digits> that a registry gave, or unresolved');

const Commit = z.string().regex(/^([0-9a-f]{40}|unresolved)$/, 'write the 40 hex digits of the commit, or unresolved');

const Version = z.string().regex(/^[0-9A-Za-z][0-9A-Za-z._-]{0,127}$/, 'write an image tag such as 0.1.0');

/** `release.yaml`: the pins of one environment. */
export const Release = z.strictObject({
  images: z.strictObject({
    gateway: z.strictObject({ version: Version, digest: Digest, commit: Commit }),
    litellm: z
      .strictObject({ version: Version, digest: Digest })
      .optional()
      .describe('Needed only where environment.yaml says `engine: litellm`.'),
  }),
});
export type Release = z.infer<typeof Release>;

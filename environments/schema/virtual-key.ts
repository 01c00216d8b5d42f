import { z } from 'zod';
import { limitFields } from './budget.ts';
import { Alias, KeyHash, ModelName } from './identifiers.ts';

/** A day such as 2027-06-30 (the key ends with its first second, UTC) or a time with its zone. */
export const Expiry = z.union([z.iso.date(), z.iso.datetime({ offset: true })], {
  error: 'write a day such as 2027-06-30 or a time such as 2027-06-30T12:00:00Z',
});

/** A credential that we issue, as a team's file declares it. */
export const VirtualKey = z.strictObject({
  key_alias: Alias,
  models: z
    .array(ModelName)
    .min(1, 'list at least one model, or leave it out')
    .optional()
    .describe("A subset of the team's; left out: all of them."),
  ...limitFields,
  expires: Expiry.optional(),
  blocked: z.boolean().optional(),
  /** One, or two while a rotation runs: the older first. */
  hashes: z
    .array(KeyHash)
    .min(1, 'give one hash; `npm run key -- new` makes a key and writes it')
    .max(2, 'at most two hashes: end the running rotation with `npm run key -- revoke --oldest` first'),
});
export type VirtualKey = z.infer<typeof VirtualKey>;

import { z } from 'zod';
import { limitFields } from './budget.ts';
import { Alias, ModelName } from './identifiers.ts';
import { VirtualKey } from './virtual-key.ts';

/** `keys/<team>.yaml`: who pays, and the keys that it pays for. */
export const Team = z.strictObject({
  team_alias: Alias,
  owners: z
    .array(z.string().min(1))
    .min(1, 'name at least one owner')
    .describe('Whom to ask: mail addresses or GitHub teams.'),
  models: z.array(ModelName).min(1, 'list at least one model').describe('What every key of the team may use at most.'),
  ...limitFields,
  blocked: z.boolean().optional(),
  virtual_keys: z.array(VirtualKey),
});
export type Team = z.infer<typeof Team>;

import { z } from 'zod';

const Level = z.enum(['deny', 'warn', 'off']);

/** `environments/policy.yaml`: what every environment but local is held to. */
export const Policy = z.strictObject({
  team_budget: z.strictObject({ level: Level }).describe('Every team has a budget with a duration.'),
  key_expiry: z
    .strictObject({ level: Level, within_days: z.int().min(1).max(3_660) })
    .describe('Every key ends within so many days.'),
  image_digest: z.strictObject({ level: Level }).describe('Every image is pinned by a digest that a registry gave.'),
});
export type Policy = z.infer<typeof Policy>;

import { z } from 'zod';

const BudgetDuration = z
  .string()
  .regex(/^[1-9]\d{0,3}(s|m|h|d|w|mo)$/, 'write a number and s, m, h, d, w or mo, such as 30d or 1mo');

export type DurationUnit = 's' | 'm' | 'h' | 'd' | 'w' | 'mo';

/** `1mo` to `{ count: 1, unit: 'mo' }`. The value must have passed BudgetDuration. */
export function parseDuration(duration: string): { count: number; unit: DurationUnit } {
  const unit = duration.replace(/^\d+/, '') as DurationUnit;
  return { count: Number.parseInt(duration, 10), unit };
}

/** What a key and a team may spend and how fast; a field left out means no limit. */
export const limitFields = {
  max_budget: z
    .number()
    .nonnegative()
    .max(1_000_000_000)
    .optional()
    .describe('USD per `budget_duration`, or in all without one.'),
  budget_duration: BudgetDuration.optional(),
  rpm_limit: z.int().nonnegative().optional().describe('Requests per minute.'),
  tpm_limit: z.int().nonnegative().optional().describe('Tokens per minute.'),
};

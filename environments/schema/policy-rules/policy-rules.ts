import { budgetCeiling, teamBudget } from './budget-rules.ts';
import { imageDigest } from './image-digest.ts';
import { keyExpiry, rateLimit } from './key-rules.ts';

/** Every rule by its name in `policy.yaml`, in the order in which people read them. */
export const POLICY_RULES = {
  team_budget: teamBudget,
  budget_ceiling: budgetCeiling,
  key_expiry: keyExpiry,
  rate_limit: rateLimit,
  image_digest: imageDigest,
};
export type RuleName = keyof typeof POLICY_RULES;

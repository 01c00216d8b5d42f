import { allowedHosts } from './allowed-hosts.ts';
import { blastRadius } from './blast-radius.ts';
import { budgetRaise } from './budget-raise.ts';
import { budgetCeiling, teamBudget } from './budget-rules.ts';
import { companyZone, ownerDomain } from './company-rules.ts';
import { environmentRemoval } from './environment-removal.ts';
import { fixedSettings } from './fixed-settings.ts';
import { imageDigest } from './image-digest.ts';
import { keyInUse } from './key-in-use.ts';
import { keyExpiry, rateLimit } from './key-rules.ts';
import { modelInUse } from './model-in-use.ts';
import { allowedModels, allowedProviders, httpsUpstreams, knownPrice } from './model-rules.ts';
import { policyLoosened } from './policy-loosened.ts';
import {
  alertReceivers,
  backups,
  highAvailability,
  purgeProtection,
  replicas,
  trustedCertificates,
} from './production-rules.ts';
import { priceOverride } from './price-override.ts';
import { promotionOrder } from './promotion-order.ts';
import { wildcardModel } from './wildcard-model.ts';

/** Every rule by its name in `policy.yaml`, in the order in which people read them. */
export const POLICY_RULES = {
  team_budget: teamBudget,
  budget_ceiling: budgetCeiling,
  owner_domain: ownerDomain,
  key_expiry: keyExpiry,
  rate_limit: rateLimit,
  known_price: knownPrice,
  price_override: priceOverride,
  allowed_models: allowedModels,
  allowed_providers: allowedProviders,
  wildcard_model: wildcardModel,
  https_upstreams: httpsUpstreams,
  allowed_hosts: allowedHosts,
  image_digest: imageDigest,
  company_zone: companyZone,
  trusted_certificates: trustedCertificates,
  replicas,
  high_availability: highAvailability,
  purge_protection: purgeProtection,
  backups,
  alert_receivers: alertReceivers,
  budget_raise: budgetRaise,
  model_in_use: modelInUse,
  key_in_use: keyInUse,
  promotion_order: promotionOrder,
  blast_radius: blastRadius,
  fixed_settings: fixedSettings,
  environment_removal: environmentRemoval,
  policy_loosened: policyLoosened,
};
export type RuleName = keyof typeof POLICY_RULES;

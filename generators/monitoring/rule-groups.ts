import type { EnvironmentSettings } from '../../environments/schema/environment-settings.ts';
import type { RuleGroup } from './alert-rule.ts';
import { availabilityRules } from './availability-rules.ts';
import { clusterRules } from './cluster-rules.ts';
import { operationRules, servingRules, spendRules } from './gateway-rules.ts';
import { ledgerRules } from './ledger-rules.ts';

/**
 * Every rule of an environment. The stock LiteLLM image exports none of the gateway's metrics (its own need a callback
 * that the configuration does not switch on), so that only what the cluster says of it is left.
 */
export function ruleGroups(settings: EnvironmentSettings): RuleGroup[] {
  if (settings.engine === 'litellm') return [clusterRules(settings)];
  return [
    availabilityRules(),
    servingRules(),
    spendRules(),
    ledgerRules(settings.gateway.database.batch_write_at),
    operationRules(),
    clusterRules(settings),
  ];
}

import { ACCESS_RULES } from './access-rules.ts';
import { DECISION_RULES } from './decision-rules.ts';
import { DOOR_RULES } from './door-rules.ts';
import { NAME_RULES } from './name-rules.ts';
import { NETWORK_RULES } from './network-rules.ts';
import { PRIVATE_RULES } from './private-rules.ts';
import { SETTING_RULES } from './setting-rules.ts';
import { TRACE_RULES } from './trace-rules.ts';
import { ZONE_RULES } from './zone-rules.ts';
import { ORDER_RULES } from './order-rules.ts';
import { TEMPLATE_RULES } from './template-rules.ts';
import type { CompiledRule, ResourceRule } from './rule.ts';

/** Every rule over what would be created. */
export const RESOURCE_RULES: readonly ResourceRule[] = [
  ...PRIVATE_RULES,
  ...NETWORK_RULES,
  ...DOOR_RULES,
  ...ACCESS_RULES,
  ...SETTING_RULES,
  ...ZONE_RULES,
  ...NAME_RULES,
  ...TRACE_RULES,
];

/** Every rule over what the compiler writes. */
export const COMPILED_RULES: readonly CompiledRule[] = [...ORDER_RULES, ...DECISION_RULES];

/** All rules, as infra/README.md lists them. */
export const EVERY_RULE = [...RESOURCE_RULES, ...COMPILED_RULES, ...TEMPLATE_RULES];

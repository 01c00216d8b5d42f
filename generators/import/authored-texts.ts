import { Document, isMap, isSeq, visit } from 'yaml';
import type { Models } from '../../environments/schema/model.ts';
import type { Team } from '../../environments/schema/team.ts';
import { flowText } from '../edit-yaml/flow-text.ts';
import { STYLE } from '../edit-yaml/text-lines.ts';
import type { GatewayPart } from './translate-settings.ts';

// The files as people write them here: the schema's line for editors first, short lists in one line.

/** The text of models.yaml. */
export function modelsText(models: Models): string {
  const document = new Document(models);
  visit(document, {
    Scalar(_key, node) {
      // Other readers of YAML take api_version: 2024-10-21 for a day.
      if (typeof node.value === 'string' && /^\d{4}-\d{2}-\d{2}$/.test(node.value)) node.type = 'QUOTE_DOUBLE';
    },
  });
  const text = document.toString(STYLE).replaceAll(/(?<=: )\d(\.\d+)?e-\d+$/gm, plainDecimal);
  return `# yaml-language-server: $schema=../schema/models.json\n${text}`;
}

/** The text of keys/<team>.yaml. */
export function teamText(team: Team): string {
  const document = new Document(team);
  const keys = document.get('virtual_keys');
  for (const block of [document.contents, ...(isSeq(keys) ? keys.items : [])]) {
    if (!isMap(block)) continue;
    for (const name of ['owners', 'models']) {
      const list = block.get(name);
      if (isSeq(list)) list.flow = true;
    }
  }
  return `# yaml-language-server: $schema=../../schema/team.json\n${document.toString(STYLE)}`;
}

/** `5.9e-7` as people write prices: 0.00000059. */
function plainDecimal(number: string): string {
  const [digits = '', exponent] = number.replace('.', '').split('e-');
  return `0.${'0'.repeat(Number(exponent) - 1)}${digits}`;
}

export interface FreshSettings {
  readonly name: string;
  readonly nameSuffix: string;
  /** As another environment has them; undefined where there is none. */
  readonly repository: unknown;
  readonly certificates: unknown;
  readonly addressSpace: string;
  readonly gateway: GatewayPart;
}

/** The text of an environment.yaml that says no more than it must. */
export function settingsText({
  name,
  nameSuffix,
  repository,
  certificates,
  addressSpace,
  gateway,
}: FreshSettings): string {
  const { master_key, database, cache } = gateway;
  return [
    '# yaml-language-server: $schema=../schema/environment.json',
    `name: ${name}`,
    'subscription_id: unset         # an id that is not known yet; deploying refuses it',
    'tenant_id: unset',
    `name_suffix: ${flowText(nameSuffix)}              # ends the names that are unique in all of Azure`,
    ...(repository === undefined ? [] : [`repository: ${flowText(repository)}`]),
    ...(certificates === undefined ? [] : [`certificates: ${flowText(certificates)}`]),
    `network: { address_space: ${addressSpace} }`,
    'gateway:',
    ...(master_key === undefined ? [] : [`  master_key: ${master_key}`]),
    `  database: ${flowText(database)}`,
    ...(cache === undefined ? [] : [`  cache: ${flowText(cache)}`]),
    '',
  ].join('\n');
}

import { z } from 'zod';
import type { Model } from '../model.ts';
import { findListedPrices } from '../price-list.ts';
import type { Path } from '../value-at.ts';
import { deployedModels } from './deployed-models.ts';
import { stateRule } from './policy-rule.ts';

const SIDES = ['input', 'output'] as const;
const TOKENS_PER_MTOK = 1_000_000;

export const priceOverride = stateRule({
  says: 'A price of our own, or one by base_model, is not far below that of the model in the price list.',
  scope: 'every environment',
  exceptBy: ['model'],
  options: { percent: z.number().min(0).max(100).describe('Of the listed price: the least.') },
  looser: { percent: 'less' },
  evaluate: ({ files }, { percent }) => {
    const deployed = deployedModels(files);
    return (files.models.value?.model_list ?? []).flatMap((entry, index) =>
      SIDES.flatMap((side) => {
        const served = deployed.get(entry.litellm_params.model)?.model ?? entry.litellm_params.model;
        const listed = findListedPrices({ model: served })?.[side];
        const counted = countedUsd(entry, side);
        if (listed === undefined || counted === undefined || counted.usd >= (listed * percent) / 100) return [];
        const message = `budgets would count ${counted.usd} USD for a million tokens of ${side}, and ${served} costs ${listed}: write at least ${percent} % of it`;
        return [
          { model: entry.model_name, problem: files.models.locate(['model_list', index, ...counted.path], message) },
        ];
      }),
    );
  },
});

interface Counted {
  readonly usd: number;
  readonly path: Path;
}

/** As the gateway finds it: the entry's own price, else that of `base_model` or of what the entry names. */
function countedUsd(
  { litellm_params: params, model_info: info }: Model,
  side: (typeof SIDES)[number],
): Counted | undefined {
  const field = `${side}_cost_per_token` as const;
  if (params[field] !== undefined) return { usd: perMillion(params[field]), path: ['litellm_params', field] };
  if (info?.[field] !== undefined) return { usd: perMillion(info[field]), path: ['model_info', field] };
  const base = info?.base_model;
  const usd = findListedPrices({ model: params.model, baseModel: base })?.[side];
  const path = base === undefined ? ['litellm_params', 'model'] : ['model_info', 'base_model'];
  return usd === undefined ? undefined : { usd, path };
}

/** Without the digits that a product of fractions leaves behind. */
function perMillion(usdPerToken: number): number {
  return Number((usdPerToken * TOKENS_PER_MTOK).toPrecision(9));
}

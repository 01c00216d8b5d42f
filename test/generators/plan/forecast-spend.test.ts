import { describe, expect, it } from 'vitest';
import { Model } from '../../../environments/schema/model.ts';
import { findOverspent, findUnjudged } from '../../../generators/plan/find-overspent.ts';
import { kindPrices } from '../../../generators/plan/forecast-spend-prices.ts';
import type { RecordedSpend, SpentGroup } from '../../../generators/plan/forecast-spend-query.ts';
import { mostInOneWindow } from '../../../generators/plan/forecast-spend-windows.ts';
import { forecastLines } from '../../../generators/plan/forecast-spend.ts';
import { budgetWindow } from '../../../proxy/limits/budget-window.ts';
import { findPrices } from '../../../proxy/usage/find-prices.ts';
import { exampleEnvironment, exampleModel, exampleTeam } from '../example-environment.ts';

const USD = 1_000_000_000;
const DAY_MS = 86_400_000;

function priced(input: number, name = 'azure-gpt-4o') {
  return {
    ...exampleModel,
    model_name: name,
    model_info: { input_cost_per_token: input, output_cost_per_token: input * 2 },
  };
}

function environmentWith(parts: { models?: object[]; teams?: object[] } = {}) {
  return exampleEnvironment({
    models: { model_list: parts.models ?? [priced(0.000001)] },
    teams: parts.teams ?? [exampleTeam],
  });
}

function group(parts: Partial<SpentGroup> = {}): SpentGroup {
  return {
    team: 'search',
    key: 'search-api',
    model: 'azure-gpt-4o',
    upstreamModel: 'gpt-4o',
    requests: 1_000,
    unpriced: 0,
    tokens: { input: 1e6, cachedRead: 0, cacheWrite: 0, audioInput: 0, output: 1e6, reasoning: 0, audioOutput: 0 },
    costNanoUsd: 3 * USD,
    ...parts,
  };
}

function spendOf(parts: Partial<RecordedSpend> = {}): RecordedSpend {
  return { groups: [group()], days: [], isCut: false, ...parts };
}

describe('forecastLines', () => {
  it('says what the same requests would cost, and which models make the difference', () => {
    const sides = { before: environmentWith(), after: environmentWith({ models: [priced(0.000002)] }) };
    expect(forecastLines(spendOf(), sides)).toEqual([
      'dev: 1,000 requests of the last 30 days cost $3.00 and would cost $6.00 under the prices of this change.',
      'Model azure-gpt-4o: $3.00 would be $6.00.',
    ]);
  });

  it('does not guess a price that nobody knows', () => {
    const unknown = { model_name: 'azure-gpt-4o', litellm_params: { model: 'openai/ours', api_base: 'http://a.b' } };
    const lines = forecastLines(spendOf(), {
      before: environmentWith(),
      after: environmentWith({ models: [unknown] }),
    });
    expect(lines).toContain('Model azure-gpt-4o: its new price is not known, so what it would cost is not either.');
    expect(lines[0]).toContain('0 requests');
  });

  it('counts requests whose model, key or access is gone', () => {
    const before = environmentWith({ models: [priced(1e-6), priced(1e-6, 'old')] });
    const after = environmentWith({ teams: [{ ...exampleTeam, virtual_keys: [] }] });
    const lines = forecastLines(spendOf({ groups: [group(), group({ model: 'old', requests: 7 })] }), {
      before: { ...before, teams: before.teams.map((team) => ({ ...team, models: ['azure-gpt-4o', 'old'] })) },
      after,
    });
    expect(lines.slice(1)).toEqual([
      '1,000 requests that cost $3.00 would be refused: there is no key search-api of team search.',
      '7 requests that cost $3.00 would be refused: there is no model old.',
    ]);
  });

  it('says nothing of keys that no file declares, and of what was refused before too', () => {
    const groups = [
      group({ key: 'made-at-run-time' }),
      group({ key: undefined, team: undefined }),
      group({ model: 'x' }),
    ];
    const lines = forecastLines(spendOf({ groups }), { before: environmentWith(), after: environmentWith() });
    expect(lines.filter((line) => line.includes('refused'))).toEqual([]);
  });

  it('names who spent more than the budget that is given now', () => {
    const day = { id: 'search', dayMs: Date.UTC(2026, 10, 3), costNanoUsd: 800 * USD };
    const days = [
      { ...day, scope: 'team' },
      { ...day, scope: 'team', dayMs: day.dayMs + DAY_MS },
    ] as const;
    const lowered = { ...exampleTeam, max_budget: 1_000 };
    const sides = {
      before: environmentWith({ teams: [{ ...exampleTeam, max_budget: 2_000 }] }),
      after: environmentWith({ teams: [lowered] }),
    };
    const sentence =
      'Team search spent $1,600.00 in one window of its budget, more than the $1,000.00 that it gets: it would be refused.';
    expect(forecastLines(spendOf({ days }), sides)).toContain(sentence);
    expect(forecastLines(spendOf({ days }), { ...sides, before: sides.after })).not.toContain(sentence);
  });

  it('says that there was nothing, or more than it looked at', () => {
    const sides = { before: environmentWith(), after: environmentWith() };
    expect(forecastLines(spendOf({ groups: [] }), sides)).toEqual(['dev: no request in the last 30 days.']);
    expect(forecastLines(spendOf({ isCut: true }), sides).at(-1)).toMatch(/more than is looked at/);
  });
});

describe('findOverspent', () => {
  const now = new Date('2026-11-25T12:00:00Z');
  const spent = (dayMs: number, usd: number) =>
    ({ scope: 'team', id: 'search', dayMs, costNanoUsd: usd * USD }) as const;
  const lowered = (budget: object) => ({
    before: environmentWith({ teams: [{ ...exampleTeam, max_budget: 5_000, budget_duration: '1mo' }] }),
    after: environmentWith({ teams: [{ ...exampleTeam, ...budget }] }),
  });
  const days = [spent(Date.UTC(2026, 9, 31), 900), spent(Date.UTC(2026, 10, 1), 600)];

  it.each([
    {
      budget: { max_budget: 600, budget_duration: '1mo' },
      says: ['has spent $600.00 since 2026-11-01, and the budget is $600.00'],
    },
    { budget: { max_budget: 601, budget_duration: '1mo' }, says: [] },
    { budget: { max_budget: 1_500, budget_duration: '2mo' }, says: [] },
    {
      budget: { max_budget: 1_500, budget_duration: undefined },
      says: ['has spent $1,500.00, and the budget is $1,500.00'],
    },
    { budget: { max_budget: 0, budget_duration: '1mo' }, says: [] },
    { budget: { max_budget: 10, budget_duration: '12h' }, says: [] },
  ])('names who has nothing left in the window that runs: $budget', ({ budget, says }) => {
    expect(findOverspent(days, lowered(budget), now).map(({ reason }) => reason)).toEqual(says);
  });

  it('leaves out who had nothing left before', () => {
    const { after } = lowered({ max_budget: 600, budget_duration: '1mo' });
    expect(findOverspent(days, { before: after, after }, now)).toEqual([]);
  });

  it('knows of whom it knows nothing: days do not tell hours', () => {
    const { after } = lowered({ max_budget: 10, budget_duration: '12h', virtual_keys: [] });
    expect(findUnjudged(after, now)).toEqual([{ team: 'search' }]);
  });
});

describe('mostInOneWindow', () => {
  it.each(['1d', '2d', '7d', '14d', '30d', '1w', '2w', '1mo', '3mo'])(
    'begins its windows where the gateway does: %s',
    (duration) => {
      const days = Array.from({ length: 120 }, (_, index) => ({
        scope: 'team' as const,
        id: 'search',
        dayMs: Date.UTC(2026, 7, 1) + index * DAY_MS,
        costNanoUsd: index + 1,
      }));
      const sums = new Map<number, number>();
      for (const { dayMs, costNanoUsd } of days) {
        const { startMs } = budgetWindow(duration, dayMs);
        sums.set(startMs, (sums.get(startMs) ?? 0) + costNanoUsd);
      }
      expect(mostInOneWindow(days, duration)).toBe(Math.max(...sums.values()));
    },
  );

  it('adds all of a budget that never begins anew, and does not judge what is shorter than a day', () => {
    const days = [1, 2].map((costNanoUsd) => ({ scope: 'key' as const, id: 'a', dayMs: 0, costNanoUsd }));
    expect(mostInOneWindow(days, undefined)).toBe(3);
    expect(mostInOneWindow(days, '12h')).toBeUndefined();
  });
});

describe('kindPrices', () => {
  const base = { model_name: 'm', litellm_params: { model: 'openai/gpt-4o-mini' } };
  it.each([
    base,
    { ...base, litellm_params: { model: 'deepseek/deepseek-chat' } },
    { ...base, litellm_params: { model: 'openai/unknown-model-name' } },
    { ...base, litellm_params: { model: 'openai/text-embedding-3-small' }, model_info: { mode: 'embedding' } },
    {
      ...base,
      model_info: { input_cost_per_token: 1e-6, output_cost_per_token: 2e-6, output_cost_per_reasoning_token: 3e-6 },
    },
    { ...base, model_info: { input_cost_per_token: 1e-6 } },
    {
      ...base,
      litellm_params: { ...base.litellm_params, cache_read_input_token_cost: 1e-8 },
      model_info: { base_model: 'openai/gpt-4o' },
    },
  ])('are the prices that the gateway finds: %j', (entry) => {
    const model = Model.parse(entry);
    const { source: _, ...found } = findPrices(model) ?? { source: '' };
    expect(kindPrices(model) ?? {}).toEqual(found);
  });
});

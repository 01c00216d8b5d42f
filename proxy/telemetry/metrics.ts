import { Gauge, Registry, collectDefaultMetrics } from 'prom-client';
import { NANO_USD_PER_USD } from '../../environments/schema/money.ts';
import type { RequestState } from '../request-state.ts';
import type { TokenUsage } from '../spend/spend-log.ts';
import { NO_USAGE } from '../usage/read-usage.ts';
import { DurationTally } from './duration-tally.ts';
import { Tally, type Cell } from './tally.ts';

const NO_LABEL = 'none';
const STATUSES = ['success', 'failure', 'client_closed', 'refused'] as const;
const TOKEN_KINDS = Object.keys(NO_USAGE) as readonly (keyof TokenUsage)[];

interface CallerCells {
  readonly requests: Readonly<Record<(typeof STATUSES)[number], Cell>>;
  readonly tokens: Readonly<Record<keyof TokenUsage, Cell>>;
  readonly spend: Cell;
}

/** What the gateway counts, in base units; scraped at GET /metrics. Labels are names, never keys. */
export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];

  const requests = new Tally(registry, 'tollgate_requests_total', 'Requests to model endpoints by how they ended', [
    'model',
    'team',
    'key_alias',
    'status',
  ]);
  const duration = new DurationTally(
    registry,
    'tollgate_request_duration_seconds',
    'Time from the request to the last byte of its answer',
    'model',
  );
  const tokens = new Tally(
    registry,
    'tollgate_tokens_total',
    'Tokens by kind, as the upstream reported or as estimated',
    ['model', 'team', 'kind'],
  );
  const spend = new Tally(registry, 'tollgate_spend_usd_total', 'Cost of requests whose price is known', [
    'model',
    'team',
    'key_alias',
  ]);
  const unpriced = new Tally(
    registry,
    'tollgate_unpriced_requests_total',
    'Requests that cost something nobody knows: their model has no price',
    ['model'],
  );
  const cacheLookups = new Tally(registry, 'tollgate_cache_lookups_total', 'Looks into the answer cache by result', [
    'result',
  ]);
  const inFlight = new Tally(registry, 'tollgate_requests_in_flight', 'Requests that have not ended', []);
  const reloads = new Tally(registry, 'tollgate_config_reloads_total', 'Changes of the configuration file by result', [
    'result',
  ]);
  const revisions = new Gauge({
    name: 'tollgate_config_revision',
    help: 'Always 1; the label is the revision that is served',
    labelNames: ['revision'],
    registers,
  });

  // What one key does with one model is counted in a dozen cells, found with one look.
  const cellsByCaller = new Map<string, CallerCells>();
  function cellsOf(model: string, team: string, keyAlias: string): CallerCells {
    const name = `${model}\n${team}\n${keyAlias}`;
    let cells = cellsByCaller.get(name);
    if (cells === undefined) {
      cells = {
        requests: record(STATUSES, (status) => requests.cell(model, team, keyAlias, status)),
        tokens: record(TOKEN_KINDS, (kind) => tokens.cell(model, team, kind)),
        spend: spend.cell(model, team, keyAlias),
      };
      cellsByCaller.set(name, cells);
    }
    return cells;
  }

  return {
    registry,
    inFlight,
    countCacheLookup: (isHit: boolean) => cacheLookups.add(1, isHit ? 'hit' : 'miss'),
    countReload: (result: 'applied' | 'refused') => reloads.add(1, result),
    setRevision(revision: string) {
      revisions.reset();
      revisions.set({ revision }, 1);
    },
    /** Counts a request with its tokens and its cost. */
    countSpend(state: RequestState) {
      const { caller, outcome, costNanoUsd } = state;
      // A model that is not ours would let clients make labels without end.
      const model = state.route?.name ?? 'unknown';
      const team = caller.teamId ?? NO_LABEL;
      const keyAlias = caller.keyAlias ?? (caller.isAdmin ? 'master' : NO_LABEL);
      const cells = cellsOf(model, team, keyAlias);
      cells.requests[outcome?.status ?? 'refused'].value += 1;
      if (outcome === undefined || outcome.isCacheHit) return;
      for (const kind of TOKEN_KINDS) cells.tokens[kind].value += outcome.usage[kind];
      if (costNanoUsd === undefined) unpriced.add(1, model);
      else cells.spend.value += costNanoUsd / NANO_USD_PER_USD;
    },
    observeDuration: (model: string, seconds: number) => duration.observe(model, seconds),
  };
}

function record<Name extends string>(names: readonly Name[], make: (name: Name) => Cell): Record<Name, Cell> {
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<Name, Cell>;
}

export type GatewayMetrics = ReturnType<typeof createMetrics>;

import { Gauge, Registry, collectDefaultMetrics } from 'prom-client';
import { NANO_USD_PER_USD } from '../../environments/schema/money.ts';
import type { Snapshot } from '../config/snapshot.ts';
import type { RequestState } from '../request-state.ts';
import type { TokenUsage } from '../spend/spend-log.ts';
import type { AttemptResult } from '../upstreams/exchange.ts';
import { NO_USAGE } from '../usage/read-usage.ts';
import { attemptWord, ATTEMPT_WORDS, type AttemptWord } from './attempt-words.ts';
import { DurationTally } from './duration-tally.ts';
import { Tally, type Cell } from './tally.ts';

const NO_LABEL = 'none';
const STATUSES = ['success', 'failure', 'client_closed', 'refused'] as const;
/** Upper bounds in seconds for what should take no time. */
const OVERHEAD_BOUNDS = [0.001, 0.002, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 1, 5];
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
  const duration = new DurationTally(registry, {
    name: 'tollgate_request_duration_seconds',
    help: 'Time from the request to the last byte of its answer',
    labelName: 'model',
  });
  const firstByte = new DurationTally(registry, {
    name: 'tollgate_time_to_first_byte_seconds',
    help: 'Time from a streamed request to the first byte that its upstream answered',
    labelName: 'model',
  });
  const overhead = new DurationTally(registry, {
    name: 'tollgate_overhead_seconds',
    help: 'Time of a request that no upstream was working on: what the gateway itself adds',
    labelName: 'model',
    bounds: OVERHEAD_BOUNDS,
  });
  const errors = new Tally(registry, 'tollgate_errors_total', 'Requests that ended in an error, by its code', [
    'code',
    'model',
    'team',
  ]);
  const attempts = new Tally(
    registry,
    'tollgate_upstream_attempts_total',
    'Calls to a model deployment by how they ended: success, rejected, throttled, failed, abandoned',
    ['deployment', 'result'],
  );
  const upstreamDuration = new DurationTally(registry, {
    name: 'tollgate_upstream_duration_seconds',
    help: 'Time of one call to a model deployment, to the last byte of its answer',
    labelName: 'deployment',
  });
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
  const lastReload = new Tally(
    registry,
    'tollgate_config_last_reload_successful',
    '0 while a broken configuration file waits and the one before it is served',
    [],
  );
  lastReload.cell().value = 1;
  for (const result of ['applied', 'refused']) reloads.show(result);
  for (const result of ['hit', 'miss']) cacheLookups.show(result);
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

  const cellsByDeployment = new Map<string, Readonly<Record<AttemptWord, Cell>>>();
  function attemptCellsOf(deployment: string): Readonly<Record<AttemptWord, Cell>> {
    let cells = cellsByDeployment.get(deployment);
    if (cells === undefined) {
      cells = record(ATTEMPT_WORDS, (word) => attempts.cell(deployment, word));
      cellsByDeployment.set(deployment, cells);
    }
    return cells;
  }

  return {
    registry,
    inFlight,
    countCacheLookup: (isHit: boolean) => cacheLookups.add(1, isHit ? 'hit' : 'miss'),
    countReload(result: 'applied' | 'refused') {
      reloads.add(1, result);
      lastReload.cell().value = result === 'applied' ? 1 : 0;
    },
    /** Tells what is served from now on. */
    setSnapshot({ revision, models }: Snapshot) {
      revisions.reset();
      revisions.set({ revision }, 1);
      for (const { name, deployments } of models.values())
        if (deployments.some(({ prices }) => prices === undefined)) unpriced.show(name);
    },
    /** Counts a request with its tokens and its cost. */
    countSpend(state: RequestState) {
      const { caller, outcome, costNanoUsd } = state;
      const model = modelOf(state);
      const team = caller.teamId ?? NO_LABEL;
      const keyAlias = caller.keyAlias ?? (caller.isAdmin ? 'master' : NO_LABEL);
      const cells = cellsOf(model, team, keyAlias);
      cells.requests[outcome?.status ?? 'refused'].value += 1;
      if (outcome === undefined || outcome.isCacheHit) return;
      for (const kind of TOKEN_KINDS) cells.tokens[kind].value += outcome.usage[kind];
      if (costNanoUsd === undefined) unpriced.add(1, model);
      else cells.spend.value += costNanoUsd / NANO_USD_PER_USD;
    },
    /** Counts how long a request took, and the part of it in which no upstream was working. */
    countDuration({ route, outcome, startedAtMs, upstreamMs }: RequestState, durationMs: number) {
      if (route === undefined) return;
      duration.observe(route.name, durationMs / 1_000);
      overhead.observe(route.name, Math.max(0, durationMs - upstreamMs) / 1_000);
      if (outcome?.firstByteAtMs !== undefined)
        firstByte.observe(route.name, (outcome.firstByteAtMs - startedAtMs) / 1_000);
    },
    /** Counts a request that did not end well. Off the path of those that do. */
    countError: (code: string, state: RequestState) =>
      errors.add(1, code, modelOf(state), (state.hasCaller ? state.caller.teamId : undefined) ?? NO_LABEL),
    countAttempt: (deployment: string, result: AttemptResult, durationMs: number): void => {
      attemptCellsOf(deployment)[attemptWord(result)].value += 1;
      upstreamDuration.observe(deployment, durationMs / 1_000);
    },
  };
}

/** A model that is not ours would let clients make labels without end. */
function modelOf({ route }: RequestState): string {
  return route?.name ?? 'unknown';
}

function record<Name extends string>(names: readonly Name[], make: (name: Name) => Cell): Record<Name, Cell> {
  return Object.fromEntries(names.map((name) => [name, make(name)])) as Record<Name, Cell>;
}

export type GatewayMetrics = ReturnType<typeof createMetrics>;

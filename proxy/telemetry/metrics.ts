import { Counter, Gauge, Histogram, Registry, collectDefaultMetrics } from 'prom-client';
import { NANO_USD_PER_USD } from '../../environments/schema/money.ts';
import type { RequestState } from '../request-state.ts';
import type { TokenUsage } from '../spend/spend-log.ts';

const DURATION_BUCKETS_SECONDS = [0.005, 0.02, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600];
const NO_LABEL = 'none';

/** What the gateway counts, in base units; scraped at GET /metrics. Labels are names, never keys. */
export function createMetrics() {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];

  const requests = new Counter({
    name: 'tollgate_requests_total',
    help: 'Requests to model endpoints by how they ended',
    labelNames: ['model', 'team', 'key_alias', 'status'],
    registers,
  });
  const duration = new Histogram({
    name: 'tollgate_request_duration_seconds',
    help: 'Time from the request to the last byte of its answer',
    labelNames: ['model'],
    buckets: DURATION_BUCKETS_SECONDS,
    registers,
  });
  const tokens = new Counter({
    name: 'tollgate_tokens_total',
    help: 'Tokens by kind, as the upstream reported or as estimated',
    labelNames: ['model', 'team', 'kind'],
    registers,
  });
  const spend = new Counter({
    name: 'tollgate_spend_usd_total',
    help: 'Cost of requests whose price is known',
    labelNames: ['model', 'team', 'key_alias'],
    registers,
  });
  const unpriced = new Counter({
    name: 'tollgate_unpriced_requests_total',
    help: 'Requests that cost something nobody knows: their model has no price',
    labelNames: ['model'],
    registers,
  });
  const cacheLookups = new Counter({
    name: 'tollgate_cache_lookups_total',
    help: 'Looks into the answer cache by result',
    labelNames: ['result'],
    registers,
  });
  const inFlight = new Gauge({ name: 'tollgate_requests_in_flight', help: 'Requests that have not ended', registers });
  const reloads = new Counter({
    name: 'tollgate_config_reloads_total',
    help: 'Changes of the configuration file by result',
    labelNames: ['result'],
    registers,
  });
  const revisions = new Gauge({
    name: 'tollgate_config_revision',
    help: 'Always 1; the label is the revision that is served',
    labelNames: ['revision'],
    registers,
  });

  return {
    registry,
    inFlight,
    countCacheLookup: (isHit: boolean) => cacheLookups.inc({ result: isHit ? 'hit' : 'miss' }),
    countReload: (result: 'applied' | 'refused') => reloads.inc({ result }),
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
      requests.inc({ model, team, key_alias: keyAlias, status: outcome?.status ?? 'refused' });
      if (outcome === undefined || outcome.isCacheHit) return;
      for (const kind of Object.keys(outcome.usage) as (keyof TokenUsage)[])
        if (outcome.usage[kind] > 0) tokens.inc({ model, team, kind }, outcome.usage[kind]);
      if (costNanoUsd === undefined) unpriced.inc({ model });
      else if (costNanoUsd > 0) spend.inc({ model, team, key_alias: keyAlias }, costNanoUsd / NANO_USD_PER_USD);
    },
    observeDuration: (model: string, seconds: number) => duration.observe({ model }, seconds),
  };
}

export type GatewayMetrics = ReturnType<typeof createMetrics>;

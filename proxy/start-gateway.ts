import type { Logger } from 'pino';
import { formatProblem } from '../environments/schema/parse-yaml.ts';
import { createApp } from './app.ts';
import { handleRequests } from './handle-requests.ts';
import { isSameCache, openCache } from './cache/open-cache.ts';
import type { CommandLine } from './config/command-line.ts';
import { LiveConfig, type ServedConfig } from './config/live-config.ts';
import { loadConfig } from './config/load-config.ts';
import type { Lookup } from './config/resolve-references.ts';
import { buildSnapshot, type Snapshot } from './config/snapshot.ts';
import { Variables } from './config/variables.ts';
import { createEmbeddedParts, type EmbeddedParts } from './embedded/start-parts.ts';
import { createMemoryBudgets } from './limits/memory-budgets.ts';
import { createMemoryRateLimits } from './limits/rate-limits.ts';
import { isLoopback, listen, type Listener } from './listen.ts';
import { openBooks } from './spend/open-books.ts';
import { refuseBadAddress } from './spend/postgres-connection.ts';
import { StartError } from './start-error.ts';
import { createLogger } from './telemetry/logger.ts';
import { createMetrics } from './telemetry/metrics.ts';
import { exposeSpend } from './telemetry/spend-metrics.ts';
import { exposeState } from './telemetry/state-metrics.ts';
import { Connections } from './upstreams/connections.ts';
import { VERSION } from './version.ts';

export interface Gateway {
  /** Such as http://127.0.0.1:4000. */
  readonly address: string;
  /** Lets requests in flight end, writes what is left of the books, and closes everything. */
  stop(): Promise<void>;
}

const BOOKS_DEADLINE_MS = 15_000;

/**
 * Builds every part, listens, and watches the configuration.
 * @throws ConfigError, StartError; what had started is stopped again
 */
export async function startGateway(options: CommandLine, variable: Lookup): Promise<Gateway> {
  const { log, flush } = createLogger(options.logLevel);
  const started = new AsyncDisposableStack();
  started.defer(flush);
  try {
    return await assemble(options, variable, log, started);
  } catch (error) {
    await started.disposeAsync();
    throw error;
  }
}

/** What `started` holds is stopped in the opposite order. */
async function assemble(
  options: CommandLine,
  variable: Lookup,
  log: Logger,
  started: AsyncDisposableStack,
): Promise<Gateway> {
  const now = Date.now;
  const metrics = createMetrics();
  const embedded = createEmbeddedParts({ dataDir: options.dataDir, log });
  started.defer(() => embedded.stop());
  const variables = new Variables(variable, options.secretsDir);
  const live = await LiveConfig.open(options.config, () => readConfig(options, variables, embedded, log));

  const budgets = createMemoryBudgets(now);
  budgets.track(limitsOf(live.snapshot));
  const databaseUrl = await embedded.databaseUrl(live.config);
  const books = await openBooks(live.config, { databaseUrl, dataDir: options.dataDir, budgets, log });
  const { spend } = books;
  started.defer(() => spend.drain(BOOKS_DEADLINE_MS));
  exposeSpend(metrics, spend);
  let cache = openCache(live.config.litellm_settings, { log, now });
  started.defer(() => cache?.close());
  exposeState(metrics, { spend, budgets, cache: () => cache });
  const connections = new Connections();
  started.defer(() => connections.close());

  let listener: Listener | undefined;
  const app = createApp({
    snapshot: () => live.snapshot,
    health: () => ({
      isDraining: listener?.isDraining ?? false,
      database: spend.database,
      cache: cache?.kind ?? null,
      version: VERSION,
    }),
    budgets,
    rateLimits: createMemoryRateLimits(now),
    cache: () => cache,
    connections,
    spend,
    log,
    metrics,
    now,
    random: Math.random,
  });
  const handle = handleRequests(app, (err) => log.debug({ err }, 'connection ended early'));
  listener = await listen(handle, options);
  started.defer(listener.drain);

  function swapped(before: ServedConfig, { config, snapshot }: ServedConfig): void {
    budgets.track(limitsOf(snapshot));
    // In the same tick, so that a row counts either as spent before or as spent since.
    spend.checkpoint().catch((err: Error) => log.warn({ err }, 'totals of new budgets are not known yet'));
    if (!isSameCache(before.config, config)) {
      const old = cache;
      cache = openCache(config.litellm_settings, { log, now });
      old?.close().catch((err: Error) => log.debug({ err }, 'old cache did not close'));
    }
    books.follow(config);
    metrics.setSnapshot(snapshot);
    metrics.countReload('applied');
    log.info({ revision: snapshot.revision }, 'configuration swapped');
  }

  function refused({ message }: Error): void {
    metrics.countReload('refused');
    log.error({ revision: live.snapshot.revision, problem: message }, 'configuration kept: the new one is broken');
  }

  const configWatcher = live.watch({ swapped, refused });
  started.defer(() => configWatcher.close());
  const secretsWatcher = variables.watch({
    async changed(names) {
      log.info({ names }, 'secrets changed, the configuration is read again');
      await configWatcher.reload();
    },
    unreadable: ({ message }) => log.error({ problem: message }, 'secrets kept: their folder cannot be read'),
  });
  started.defer(() => secretsWatcher.close());
  metrics.setSnapshot(live.snapshot);
  log.info({ address: listener.address, revision: live.snapshot.revision, database: spend.database }, 'listening');
  return { address: listener.address, stop: () => started.disposeAsync() };
}

async function readConfig(
  options: CommandLine,
  variables: Variables,
  embedded: EmbeddedParts,
  log: Logger,
): Promise<ServedConfig> {
  const { config, warnings } = await loadConfig(options.config, await variables.read(), options);
  for (const warning of warnings) log.warn({ problem: formatProblem(warning) }, 'configuration warning');
  const databaseUrl = config.general_settings?.database_url;
  if (databaseUrl !== undefined && databaseUrl !== 'embedded') refuseBadAddress(databaseUrl);
  const simulatorApiBase = await embedded.simulatorApiBase(config);
  const allowsAnonymous = isLoopback(options.host);
  const snapshot = buildSnapshot(config, { simulatorApiBase, allowsAnonymous });
  if (snapshot.callers.size > 0 || allowsAnonymous) return { config, snapshot };
  throw new StartError(
    `${options.config} has no master_key and no virtual_keys, and --host ${options.host} would let everybody in: set general_settings.master_key or LITELLM_MASTER_KEY`,
  );
}

function limitsOf(snapshot: Snapshot) {
  return [...snapshot.callers.values()].flatMap((caller) => caller.limits);
}

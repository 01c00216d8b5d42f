import type { Logger } from 'pino';
import type { GatewayConfig } from '../../environments/schema/gateway-config.ts';
import type { BudgetTotals } from './budget-totals.ts';
import { startSpend, type Spend, type SpendSettings } from './start-spend.ts';

const DEFAULT_CONNECTION_TIMEOUT_SECONDS = 60;
const DEFAULT_BATCH_WRITE_SECONDS = 10;

/** Spend as general_settings says, while they change. */
export interface Books {
  readonly spend: Spend;
  /** Goes on with what another configuration says. */
  follow(config: GatewayConfig): void;
}

/**
 * Starts spend as general_settings says, with LiteLLM's defaults; without a database nothing is kept. `databaseUrl` is
 * the embedded database's address in place of the word.
 */
export async function openBooks(
  config: GatewayConfig,
  parts: { databaseUrl: string | undefined; dataDir: string; budgets: BudgetTotals; log: Logger },
): Promise<Books> {
  const { databaseUrl, log, ...others } = parts;
  const kind = kindOf(config);
  if (databaseUrl === undefined) log.warn('no database_url: spend is not kept');
  const spend = await startSpend({ ...others, ...settingsOf(config, databaseUrl), log });
  return {
    spend,
    follow(next) {
      const nextKind = kindOf(next);
      if (nextKind !== kind)
        log.warn({ served: kind, configured: nextKind }, 'another kind of database takes effect at the next start');
      else spend.follow(settingsOf(next, kind === 'embedded' ? databaseUrl : next.general_settings?.database_url));
    },
  };
}

function settingsOf({ general_settings: general }: GatewayConfig, databaseUrl: string | undefined): SpendSettings {
  const timeout = general?.database_connection_timeout ?? DEFAULT_CONNECTION_TIMEOUT_SECONDS;
  return {
    database: databaseUrl === undefined ? undefined : { url: databaseUrl, connectionTimeoutMs: timeout * 1_000 },
    intervalMs: (general?.proxy_batch_write_at ?? DEFAULT_BATCH_WRITE_SECONDS) * 1_000,
  };
}

function kindOf({ general_settings: general }: GatewayConfig): 'none' | 'embedded' | 'address' {
  if (general?.database_url === undefined) return 'none';
  return general.database_url === 'embedded' ? 'embedded' : 'address';
}

import type { Logger } from 'pino';
import type { GatewayConfig } from '../../environments/schema/gateway-config.ts';
import type { BudgetTotals } from './budget-totals.ts';
import { startSpend, type Spend } from './start-spend.ts';

const DEFAULT_CONNECTION_TIMEOUT_SECONDS = 60;
const DEFAULT_BATCH_WRITE_SECONDS = 10;

/** Starts spend as general_settings says, with LiteLLM's defaults; without a database nothing is kept. */
export function openBooks(
  config: GatewayConfig,
  parts: { databaseUrl: string | undefined; dataDir: string; budgets: BudgetTotals; log: Logger },
): Promise<Spend> {
  const { databaseUrl, ...others } = parts;
  const general = config.general_settings;
  if (databaseUrl === undefined) parts.log.warn('no database_url: spend is not kept');
  const database =
    databaseUrl === undefined
      ? undefined
      : {
          url: databaseUrl,
          connectionTimeoutMs: (general?.database_connection_timeout ?? DEFAULT_CONNECTION_TIMEOUT_SECONDS) * 1_000,
        };
  const intervalMs = (general?.proxy_batch_write_at ?? DEFAULT_BATCH_WRITE_SECONDS) * 1_000;
  return startSpend({ ...others, database, intervalMs });
}

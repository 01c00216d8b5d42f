import { Gauge } from 'prom-client';
import type { Spend } from '../spend/start-spend.ts';
import type { GatewayMetrics } from './metrics.ts';

/** What the books say of themselves, read when it is scraped. */
export function exposeSpend({ registry }: GatewayMetrics, spend: Spend): void {
  const gauges: readonly [name: string, help: string, read: () => number][] = [
    ['tollgate_spend_database_up', '1 while Postgres takes spend logs', () => (spend.database === 'connected' ? 1 : 0)],
    ['tollgate_spend_journal_bytes', 'Spend logs that Postgres does not have yet', () => spend.pendingBytes],
    ['tollgate_spend_journal_writable', '1 while the journal takes rows', () => (spend.isWritable ? 1 : 0)],
    ['tollgate_spend_rows_written', 'Spend logs that Postgres took since the start', () => spend.counters.rowsWritten],
    ['tollgate_spend_rows_refused', 'Spend logs that Postgres will never take', () => spend.counters.rowsRefused],
    ['tollgate_spend_write_failures', 'Writes to Postgres that failed', () => spend.counters.writeFailures],
    ['tollgate_spend_journal_failures', 'Writes to the journal that failed', () => spend.counters.journalFailures],
  ];
  for (const [name, help, read] of gauges) {
    const gauge = new Gauge({
      name,
      help,
      registers: [],
      collect() {
        this.set(read());
      },
    });
    registry.registerMetric(gauge);
  }
}

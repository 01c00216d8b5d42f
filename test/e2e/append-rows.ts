import { setTimeout as delay } from 'node:timers/promises';
import { pino } from 'pino';
import { startSpend } from '../../proxy/spend/start-spend.ts';
import { spendRow } from '../support/spend-row.ts';

// A gateway's books without the gateway: appends rows without end and tells, one id a line, which are acknowledged;
// a line that says `unwritable` when the journal cannot be written, and then waits until it can.

const ROWS_OF_A_TURN = 20;
const PAUSE_MS = 20;
const [dataDir = '', url = '', prefix = '', intervalMs = ''] = process.argv.slice(2);

const spend = await startSpend({
  dataDir,
  database: { url, connectionTimeoutMs: 1_000 },
  intervalMs: Number(intervalMs),
  budgets: { openWindows: () => [], addRecovered: () => undefined, replaceRecovered: () => undefined },
  log: pino({ level: 'silent' }),
});
for (let turn = 0; ; turn += 1) {
  const ids = Array.from({ length: ROWS_OF_A_TURN }, (_, index) => `${prefix}-${turn}-${index}`);
  await Promise.all(ids.map((id) => spend.append(spendRow(id))));
  process.stdout.write(`${spend.isWritable ? ids.join('\n') : 'unwritable'}\n`);
  while (!spend.isWritable) await delay(PAUSE_MS);
}

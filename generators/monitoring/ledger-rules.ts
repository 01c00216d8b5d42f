import type { RuleGroup } from './alert-rule.ts';

/** What a journal holds when something must be done: a quarter of the room that a pod has for it. */
export const JOURNAL_ALARM_BYTES = 1024 ** 3;

const SHORTEST_WINDOW_MINUTES = 15;
/** A single late write is no reason to tell anybody. */
const WRITES_MISSED = 3;

/** Whether spend reaches Postgres. `batchSeconds` lie between two writes of a healthy gateway. */
export function ledgerRules(batchSeconds: number): RuleGroup {
  const minutes = Math.max(SHORTEST_WINDOW_MINUTES, Math.ceil((WRITES_MISSED * batchSeconds) / 60));
  return {
    name: 'tollgate-ledger',
    rules: [
      {
        alert: 'TollgateLedgerDatabaseDown',
        expression: 'min(tollgate_spend_database_up) == 0',
        forMinutes: 30,
        severity: 'critical',
        summary: 'Postgres has taken no spend from a pod for half an hour.',
        action:
          'Rows wait in the journals of the pods and land by themselves. Look at the server, its private endpoint and the secret DATABASE_URL. Delete no pod: its journal goes with it.',
      },
      {
        alert: 'TollgateLedgerNotDraining',
        expression: `min_over_time(tollgate_spend_journal_bytes[${minutes}m]) > 0 and increase(tollgate_spend_rows_written[${minutes}m]) == 0`,
        forMinutes: 5,
        severity: 'critical',
        summary: 'Spend has waited in the pod {{ $labels.pod }} for long, and nothing of it lands.',
        action:
          'The log of the pod says what Postgres answers. Delete no pod before its journal is empty: its rows would be lost.',
      },
      {
        alert: 'TollgateLedgerJournalLarge',
        expression: `max by (pod) (tollgate_spend_journal_bytes) > ${JOURNAL_ALARM_BYTES}`,
        forMinutes: 0,
        severity: 'critical',
        summary: 'More than 1 GiB of spend waits in the pod {{ $labels.pod }}; at 4 GiB it refuses requests.',
        action: 'Bring Postgres back, or raise the size of the volume journal. Delete no pod.',
      },
      {
        alert: 'TollgateLedgerUnwritable',
        expression: 'min by (pod) (tollgate_spend_journal_writable) == 0',
        forMinutes: 1,
        severity: 'critical',
        summary: 'The pod {{ $labels.pod }} refuses requests: it cannot write what they cost.',
        action: 'Its disk is full or broken. Once its journal is empty, delete the pod; until then the others serve.',
      },
      {
        alert: 'TollgateLedgerRowsRefused',
        expression: 'sum(increase(tollgate_spend_rows_refused[1h])) > 0',
        forMinutes: 0,
        severity: 'warning',
        summary: 'Postgres refuses rows of spend for what is in them.',
        action:
          'The log names each row and the reason. It is kept beside the journal: report it as a defect, with the reason.',
      },
    ],
  };
}

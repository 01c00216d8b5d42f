import { JOURNAL_ALARM_BYTES } from '../ledger-rules.ts';
import type { DashboardText } from './panel.ts';

export const LEDGER: DashboardText = {
  name: 'ledger',
  title: 'Tollgate: ledger',
  description: 'Whether what is spent reaches Postgres. Every request is a row; rows wait in a journal in each pod.',
  panels: [
    {
      title: 'Postgres',
      description: '1: every pod writes to it. 0: at least one does not, and its rows wait.',
      unit: 'short',
      kind: 'number',
      queries: [{ expression: 'min(tollgate_spend_database_up)', legend: 'up' }],
      thresholds: { orange: 1, red: 0.5 },
    },
    {
      title: 'Journals',
      description: '1: every pod can write its journal. 0: at least one refuses requests.',
      unit: 'short',
      kind: 'number',
      queries: [{ expression: 'min(tollgate_spend_journal_writable)', legend: 'writable' }],
      thresholds: { orange: 1, red: 0.5 },
    },
    {
      title: 'Waiting in the journals',
      description: 'By pod. A saw is healthy: rows gather between two writes. A ramp is Postgres not taking them.',
      unit: 'bytes',
      kind: 'lines',
      queries: [{ expression: 'sum by (pod) (tollgate_spend_journal_bytes)', legend: '{{pod}}' }],
      thresholds: { orange: JOURNAL_ALARM_BYTES / 4, red: JOURNAL_ALARM_BYTES },
    },
    {
      title: 'Rows that landed',
      description: 'Per second, by pod; should follow the requests.',
      unit: 'short',
      kind: 'lines',
      queries: [
        { expression: 'sum by (pod) (rate(tollgate_spend_rows_written[$__rate_interval]))', legend: '{{pod}}' },
      ],
    },
    {
      title: 'What went wrong',
      description:
        'Over the time that is shown. write: Postgres did not answer, repeated later. row: Postgres will never take it. journal: the disk.',
      unit: 'short',
      kind: 'bars',
      queries: [
        { expression: 'sum(increase(tollgate_spend_write_failures[$__range]))', legend: 'write' },
        { expression: 'sum(increase(tollgate_spend_rows_refused[$__range]))', legend: 'row' },
        { expression: 'sum(increase(tollgate_spend_journal_failures[$__range]))', legend: 'journal' },
      ],
      thresholds: { orange: 1, red: 10 },
    },
    {
      title: 'Parts that are missing',
      description: '1 while a pod serves without that part.',
      unit: 'short',
      kind: 'lines',
      queries: [{ expression: 'max by (part) (tollgate_degraded)', legend: '{{part}}' }],
    },
  ],
};

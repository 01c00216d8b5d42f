import { ONCE, type AlertCase } from './alert-case.ts';

/** Whether spend lands. For each alert a moment at which it must go off, and one that looks like it and is none. */
export const LEDGER_CASES: readonly AlertCase[] = [
  {
    alert: 'TollgateLedgerDatabaseDown',
    title: 'one pod has not reached Postgres for half an hour',
    series: {
      'tollgate_spend_database_up{pod="a"}': '1x5 0x60',
      'tollgate_spend_database_up{pod="b"}': '1x65',
    },
    atMinute: 40,
    fires: ONCE,
  },
  {
    alert: 'TollgateLedgerDatabaseDown',
    title: 'Postgres failed over within ten minutes',
    series: { 'tollgate_spend_database_up{pod="a"}': '1x5 0x10 1x60' },
    atMinute: 40,
  },
  {
    alert: 'TollgateLedgerNotDraining',
    title: 'bytes wait and no row lands',
    series: { 'tollgate_spend_journal_bytes{pod="a"}': '500+10x60', 'tollgate_spend_rows_written{pod="a"}': '7x60' },
    atMinute: 40,
    fires: [{ pod: 'a' }],
  },
  {
    alert: 'TollgateLedgerNotDraining',
    title: 'bytes wait all the time, and rows land all the time',
    series: { 'tollgate_spend_journal_bytes{pod="a"}': '500x60', 'tollgate_spend_rows_written{pod="a"}': '7+3x60' },
    atMinute: 40,
  },
  {
    alert: 'TollgateLedgerNotDraining',
    title: 'nobody asks anything',
    series: { 'tollgate_spend_journal_bytes{pod="a"}': '0x60', 'tollgate_spend_rows_written{pod="a"}': '7x60' },
    atMinute: 40,
  },
  {
    alert: 'TollgateLedgerJournalLarge',
    title: '2 GB wait in one pod',
    series: { 'tollgate_spend_journal_bytes{pod="a"}': '2000000000x5' },
    atMinute: 3,
    fires: [{ pod: 'a' }],
  },
  {
    alert: 'TollgateLedgerJournalLarge',
    title: '100 MB wait',
    series: { 'tollgate_spend_journal_bytes{pod="a"}': '100000000x5' },
    atMinute: 3,
  },
  {
    alert: 'TollgateLedgerUnwritable',
    title: "a pod's disk is full",
    series: { 'tollgate_spend_journal_writable{pod="a"}': '0x5', 'tollgate_spend_journal_writable{pod="b"}': '1x5' },
    atMinute: 3,
    fires: [{ pod: 'a' }],
  },
  {
    alert: 'TollgateLedgerUnwritable',
    title: 'every pod writes',
    series: { 'tollgate_spend_journal_writable{pod="a"}': '1x5' },
    atMinute: 3,
  },
  {
    alert: 'TollgateLedgerRowsRefused',
    title: 'one row is refused',
    series: { 'tollgate_spend_rows_refused{pod="a"}': '0x5 1x20' },
    atMinute: 8,
    fires: ONCE,
  },
  {
    alert: 'TollgateLedgerRowsRefused',
    title: 'rows were refused before today',
    series: { 'tollgate_spend_rows_refused{pod="a"}': '9x30' },
    atMinute: 20,
  },
];

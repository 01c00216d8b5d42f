// A gateway's stand-in, to be killed: starts the embedded Postgres of the folder it is given, tells, and stays.
import { pino } from 'pino';
import { startEmbeddedPostgres } from '../../../proxy/embedded/start-postgres.ts';

const { url } = await startEmbeddedPostgres({ folder: process.argv[2] ?? '', log: pino({ level: 'silent' }) });
process.send?.(url);
process.once('disconnect', () => process.exit(1));

import { ConfigError, loadDatabaseUrl } from './config/load-config.ts';
import { parseFlags, readSeconds, UsageError } from './config/parse-flags.ts';
import { Variables } from './config/variables.ts';
import { migrateDatabase } from './spend/migrate-database.ts';
import { StartError } from './start-error.ts';

// A gateway migrates while it starts; this does the same before the first gateway of a new version starts.

const HELP = `brings the tables of a gateway's database to this version

  node proxy/migrate.ts --config FILE [--timeout-seconds N]

  --config FILE          the gateway's configuration; general_settings.database_url is all that is read of it
  --timeout-seconds N    how long to wait for the database, and for what others do there (default 120)
  --help                 this text

Variables: DATABASE_URL where the file has none, TOLLGATE_SECRETS_DIR (os.environ/NAME is the variable NAME, else the
file NAME in this folder). It may run beside gateways and beside another one of itself. Exit code 0: the tables are of
this version, or there is no database to keep; 1: they are not, and a line says why.`;

const DEFAULT_TIMEOUT_SECONDS = '120';

async function main(): Promise<void> {
  const flags = parseFlags(process.argv.slice(2), {
    config: { type: 'string' },
    'timeout-seconds': { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  });
  if (flags.help === true) return console.log(HELP);
  if (flags.config === undefined) throw new UsageError('--config FILE is missing; --help tells more');
  const withinMs = readSeconds('--timeout-seconds', flags['timeout-seconds'] ?? DEFAULT_TIMEOUT_SECONDS);

  const secretsDir = process.env['TOLLGATE_SECRETS_DIR'] || undefined;
  const find = await new Variables((name) => process.env[name], secretsDir).read();
  const url = await loadDatabaseUrl(flags.config, find, secretsDir);
  if (url === undefined) return console.log(`nothing to migrate: ${flags.config} has no database_url`);
  if (url === 'embedded') return console.log('nothing to migrate: the gateway makes the embedded database by itself');
  await migrateDatabase({ url, withinMs, print: console.log });
}

try {
  await main();
} catch (error) {
  const isForPeople = error instanceof UsageError || error instanceof ConfigError || error instanceof StartError;
  console.error(isForPeople ? error.message : error);
  process.exit(1);
}

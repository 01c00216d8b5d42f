// `npm run import -- litellm config.yaml`: from a running LiteLLM to the files of an environment.
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { redactSecrets } from '../../environments/schema/find-secrets.ts';
import { ENVIRONMENTS_FOLDER } from '../command-line/environments-folder.ts';
import { Refusal } from '../command-line/refusal.ts';
import { reportRefusal } from '../command-line/report-refusal.ts';
import { planImport } from './import-litellm.ts';
import type { PlannedFile } from './plan-files.ts';
import { readImportOptions } from './read-import-options.ts';
import { reportText } from './report.ts';
import { diffText } from './show-diff.ts';
import { writeFilesTogether } from './write-files.ts';

const HELP = `Turns a LiteLLM config.yaml, and the keys and teams of its database, into the files of an environment.
Keys keep working: their hashes move, and nobody needs a new one. No secret is written.

  npm run import -- litellm config.yaml --env staging --dry-run
  npm run import -- litellm config.yaml --env staging --database-url-env LITELLM_DATABASE_URL

  --env NAME               the environment, a folder of environments/; it may be new
  --database-url ADDRESS   LiteLLM's Postgres, which is only read
  --database-url-env NAME  the variable with that address: npm prints its command line, passwords too
  --owner WHO              whom to ask about teams for which LiteLLM names no admin
  --expires DAY            when keys end that never end in LiteLLM, such as 2027-06-30
  --dry-run                prints what would change and writes nothing
  --force                  replaces files that are there

What has no counterpart is told with its reason, and the values that the vault has to hold are listed by name.`;

async function main(args: readonly string[]): Promise<void> {
  const options = readImportOptions(args, (name) => process.env[name]);
  if (options === undefined) {
    console.log(HELP);
    return;
  }
  const isThere = existsSync(join(ENVIRONMENTS_FOLDER, options.environment));
  const planned = await planImport(options, isThere, new Date());
  if (!options.isForced && !options.isDryRun) refuseOverwriting(planned.files);
  if (options.isDryRun) console.log(redactSecrets(diffText(planned.files)));
  else writeFilesTogether(planned.files);
  console.log(redactSecrets(reportText(planned, !options.isDryRun)));
}

function refuseOverwriting(files: readonly PlannedFile[]): void {
  const replaced = files.filter(({ before }) => before !== undefined).map(({ path }) => `  ${path}`);
  if (replaced.length === 0) return;
  throw new Refusal(
    [
      'nothing is written: these files are there already. See --dry-run, then replace them with --force:',
      ...replaced,
    ].join('\n'),
  );
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  reportRefusal(error, process.env);
}

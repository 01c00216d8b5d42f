// `npm run bench`: the gateway beside what is faster, measured side by side. `--help` tells how.
import { execFileSync } from 'node:child_process';
import { EXPLANATION, formatTable, summarise } from './report.ts';
import { checkSpendRows } from './check-spend-rows.ts';
import { startGatewayUnderTest } from './gateways.ts';
import { measure } from './measure.ts';
import { startMockUpstream } from './mock-upstream.ts';
import { HELP, parseOptions, type BenchOptions } from './options.ts';
import { findLacks } from './required-programs.ts';
import { LOAD_CORE } from './variants.ts';
import { freePort } from '../../generators/local-cluster/free-port.ts';
import { startPostgres } from '../support/postgres.ts';
import { makeTempFolder, removeFolder } from '../support/temp-folder.ts';

async function main(): Promise<void> {
  const options = parseOptions(process.argv.slice(2));
  if (options.wantsHelp) return console.log(HELP);
  const lacks = findLacks(options);
  if (lacks.length > 0) throw new Error(`the benchmark cannot start: ${lacks.join('; ')}`);

  const ending = new AsyncDisposableStack();
  const end = () => void ending.disposeAsync().then(() => process.exit(130));
  process.once('SIGINT', end).once('SIGTERM', end);
  try {
    await run(options, ending);
  } finally {
    await ending.disposeAsync();
  }
}

async function run(options: BenchOptions, ending: AsyncDisposableStack): Promise<void> {
  const progress = (line: string) => (options.isJson ? undefined : console.error(line));
  // Whatever is not a gateway inherits this process's core.
  execFileSync('taskset', ['-acp', String(LOAD_CORE), String(process.pid)]);
  const folder = ending.adopt(makeTempFolder(), removeFolder);

  const upstreamPort = await freePort();
  const upstream = await startMockUpstream(folder, upstreamPort, options.isStream);
  ending.defer(() => upstream.stop());
  const postgres = options.variants.includes('tollgate') ? await startPostgres() : undefined;
  ending.defer(async () => postgres?.remove());

  const around = { folder, upstreamPort, isStream: options.isStream, databaseUrl: postgres?.url };
  const gateways = [];
  for (const variant of options.variants) {
    const gateway = await startGatewayUnderTest(variant, around);
    ending.defer(() => gateway.program.stop());
    gateways.push(gateway);
  }

  const upstreamAddress = `http://127.0.0.1:${upstreamPort}`;
  const samples = await measure({ folder, upstreamAddress, gateways, options }, progress);
  const figures = summarise(samples);
  console.log(options.isJson ? JSON.stringify(figures, null, 2) : `${formatTable(figures)}\n\n${EXPLANATION}`);

  const failed = figures.reduce((sum, line) => sum + line.errors, 0);
  if (failed > 0) throw new Error(`${failed} requests failed: the figures say nothing`);
  if (postgres !== undefined) progress(await checkSpendRows(postgres.url, samples));
}

try {
  await main();
} catch (error) {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
}

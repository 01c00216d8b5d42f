// `npm start`: an environment of this repository, on this machine, with nothing else installed.
import { join, relative, resolve } from 'node:path';
import { styleText } from 'node:util';
import { Refusal } from '../command-line/refusal.ts';
import { reportRefusal } from '../command-line/report-refusal.ts';
import { loadDemoKey } from './load-demo-key.ts';
import { makeBanner } from './make-banner.ts';
import { makeStateFolder } from './make-state-folder.ts';
import { HELP, readStartOptions, type StartOptions } from './read-start-options.ts';
import { refreshConfig, type Refreshed } from './refresh-config.ts';
import { runGateway } from './run-gateway.ts';
import { watchEnvironment } from './watch-environment.ts';

const root = join(import.meta.dirname, '..', '..');
const stateFolder = resolve(process.env['TOLLGATE_DATA_DIR'] ?? join(root, '.tollgate'));
const variables = { ...process.env, TOLLGATE_DATA_DIR: stateFolder };

async function main(): Promise<number> {
  const options = readStartOptions(process.argv.slice(2));
  if (options === undefined) {
    console.log(HELP);
    return 0;
  }
  makeStateFolder(stateFolder);
  return options.config === undefined ? startEnvironment(options) : startConfig(options.config, options);
}

/** A foreign configuration: it brings its own keys and servers. */
function startConfig(config: string, { gatewayArgs }: StartOptions): Promise<number> {
  const onListening = (address: string) => console.log(`Tollgate serves ${config} at ${address}`);
  return runGateway(['--config', config, ...gatewayArgs], { variables, onListening });
}

async function startEnvironment({ environmentName, gatewayArgs }: StartOptions): Promise<number> {
  const demoKey = loadDemoKey(stateFolder);
  const folder = join(root, 'environments', environmentName);
  const configFile = join(stateFolder, 'config.yaml');
  const refresh = () => refreshConfig({ folder, configFile, variables, demoKey, now: new Date() });

  let current = refresh();
  if (current === undefined) return 1;
  const watcher = watchEnvironment(folder, () => {
    const next = refresh();
    if (next !== undefined) tellChange(current, next, folder);
    current = next ?? current;
  });
  const onListening = (address: string) => {
    if (current !== undefined)
      console.log(makeBanner({ address, demoKey, folder, stateFolder, ...current, emphasize: bold }));
  };
  try {
    return await runGateway(['--config', configFile, ...gatewayArgs], { variables, onListening });
  } finally {
    watcher.close();
  }
}

function tellChange(before: Refreshed | undefined, after: Refreshed, folder: string): void {
  if (before?.config.revision === after.config.revision) return;
  console.log(`${relative(process.cwd(), folder)} has changed: revision ${after.config.revision}`);
}

/** Plain where standard output is no terminal, or with NO_COLOR. */
function bold(text: string): string {
  return styleText('bold', text, { stream: process.stdout });
}

try {
  process.exitCode = await main();
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  reportRefusal(error, process.env);
}

import { HELP, readCommandLine } from './config/command-line.ts';
import { ConfigError } from './config/load-config.ts';
import { UsageError } from './config/parse-flags.ts';
import { StartError } from './start-error.ts';
import { startGateway, type Gateway } from './start-gateway.ts';

// The only file of the gateway that reads the environment and that ends the process.

async function main(): Promise<void> {
  const variable = (name: string) => process.env[name];
  const options = readCommandLine(process.argv.slice(2), variable);
  if (options === undefined) {
    console.log(HELP);
    return;
  }
  const starting = startGateway(options, variable);
  stopWhenAsked(starting);
  process.send?.({ type: 'listening', address: (await starting).address });
}

/** A signal drains, also during the start, and so does the end of a launcher; a second signal does not wait. */
function stopWhenAsked(starting: Promise<Gateway>): void {
  let isStopping = false;
  const stop = () => {
    isStopping = true;
    starting
      .then((gateway) => gateway.stop())
      .then(
        () => process.exit(0),
        () => process.exit(1),
      );
  };
  const onSignal = () => (isStopping ? process.exit(1) : stop());
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  process.once('disconnect', () => isStopping || stop());
}

try {
  await main();
} catch (error) {
  const isForPeople = error instanceof UsageError || error instanceof ConfigError || error instanceof StartError;
  console.error(isForPeople ? error.message : error);
  process.exit(1);
}

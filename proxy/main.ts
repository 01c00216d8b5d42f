import { HELP, readCommandLine, UsageError } from './config/command-line.ts';
import { ConfigError } from './config/load-config.ts';
import { StartError } from './start-error.ts';
import { startGateway, type Gateway } from './start-gateway.ts';

// The only file that reads the environment and the only one that ends the process.

async function main(): Promise<void> {
  const variable = (name: string) => process.env[name];
  const options = readCommandLine(process.argv.slice(2), variable);
  if (options === undefined) {
    console.log(HELP);
    return;
  }
  const gateway = await startGateway(options, variable);
  process.send?.({ type: 'listening', address: gateway.address });
  stopOnSignal(gateway);
}

/** The first signal drains; a second one does not wait. */
function stopOnSignal(gateway: Gateway): void {
  let isStopping = false;
  const stop = () => {
    if (isStopping) process.exit(1);
    isStopping = true;
    gateway.stop().then(
      () => process.exit(0),
      () => process.exit(1),
    );
  };
  process.on('SIGTERM', stop);
  process.on('SIGINT', stop);
}

try {
  await main();
} catch (error) {
  const isForPeople = error instanceof UsageError || error instanceof ConfigError || error instanceof StartError;
  console.error(isForPeople ? error.message : error);
  process.exit(1);
}

import { parseFlags, readPort, readSeconds, UsageError } from './config/parse-flags.ts';
import { askRevision } from './rollout/ask-revision.ts';
import { awaitRevision } from './rollout/await-revision.ts';
import { resolvePods } from './rollout/resolve-pods.ts';
import { StartError } from './start-error.ts';

// After a deployment the pods get the new configuration one after the other and without a restart, so that no
// Deployment says when it is live everywhere. This asks them.

const HELP = `waits until every ready gateway serves one revision of its configuration

  node proxy/smoke-test.ts --pods NAME --port PORT --revision REVISION [--timeout-seconds N]

  --pods NAME            a name with an address per pod, such as a headless Service's; or one address
  --port PORT            where they listen
  --revision REVISION    what GET /revision has to answer
  --timeout-seconds N    how long to wait (default 240)
  --help                 this text

Exit code 0: there is a pod, and every one of them answers with the revision; 1: it names those that do not.`;

const DEFAULT_TIMEOUT_SECONDS = '240';

async function main(): Promise<void> {
  const flags = parseFlags(process.argv.slice(2), {
    pods: { type: 'string' },
    port: { type: 'string' },
    revision: { type: 'string' },
    'timeout-seconds': { type: 'string' },
    help: { type: 'boolean', short: 'h' },
  });
  if (flags.help === true) return console.log(HELP);
  const { pods, revision } = flags;
  if (pods === undefined || flags.port === undefined || revision === undefined)
    throw new UsageError('--pods, --port and --revision are needed; --help tells more');
  const port = readPort(flags.port);
  const withinMs = readSeconds('--timeout-seconds', flags['timeout-seconds'] ?? DEFAULT_TIMEOUT_SECONDS);

  await awaitRevision({
    resolve: () => resolvePods(pods),
    ask: (address) => askRevision(address, port),
    revision,
    withinMs,
    print: console.log,
  });
}

try {
  await main();
  // A name server that never answered would still be waited for.
  process.exit(0);
} catch (error) {
  console.error(error instanceof UsageError || error instanceof StartError ? error.message : error);
  process.exit(1);
}

import { join } from 'node:path';
import type { Logger } from 'pino';
import type { GatewayConfig } from '../../environments/schema/gateway-config.ts';
import { splitProvider } from '../../environments/schema/providers.ts';

/** The servers that a configuration may want inside the gateway. Each is loaded and started where it is first wanted. */
export interface EmbeddedParts {
  /** The configured database's address, or the embedded one's where `database_url` is `embedded`. */
  databaseUrl(config: GatewayConfig): Promise<string | undefined>;
  /** Where the models of provider `simulator` are; undefined where there are none. */
  simulatorApiBase(config: GatewayConfig): Promise<string | undefined>;
  stop(): Promise<void>;
}

/** Prepares the embedded Postgres, with its rows under `dataDir`, and the simulator. */
export function createEmbeddedParts(options: { dataDir: string; log: Logger }): EmbeddedParts {
  const running = new AsyncDisposableStack();
  let simulator: Promise<{ apiBase: string }> | undefined;

  async function startPostgres(): Promise<string> {
    const { startEmbeddedPostgres } = await import('./start-postgres.ts');
    const postgres = await startEmbeddedPostgres({ folder: join(options.dataDir, 'postgres'), log: options.log });
    running.defer(() => postgres.stop());
    return postgres.url;
  }

  async function startSimulator(): Promise<{ apiBase: string }> {
    const room = await import('../simulator/start-simulator.ts');
    const started = await room.startSimulator();
    running.defer(() => started.close());
    return started;
  }

  return {
    async databaseUrl({ general_settings: general }) {
      return general?.database_url === 'embedded' ? startPostgres() : general?.database_url;
    },
    async simulatorApiBase({ model_list: models }) {
      if (models.some(isSimulated)) simulator ??= startSimulator();
      return (await simulator)?.apiBase;
    },
    stop: () => running.disposeAsync(),
  };
}

function isSimulated({ litellm_params: params }: GatewayConfig['model_list'][number]): boolean {
  return splitProvider(params.model).provider === 'simulator' && params.api_base === undefined;
}

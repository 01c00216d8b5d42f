import type { EnvironmentSettings } from '../../environments/schema/environment-settings.ts';
import { GATEWAY_NODE_FLAGS } from '../gateway-node-flags.ts';
import { GATEWAY_PORT } from '../kubernetes/names.ts';
import type { ProbeTiming } from '../kubernetes/probes.ts';

export const CONFIG_FOLDER = '/etc/tollgate';
const CONFIG_FILE = `${CONFIG_FOLDER}/config.yaml`;

/** What differs between the two programs that can serve one configuration. */
export interface GatewayEngine {
  /** The image's name in the environment's registry. */
  readonly repository: string;
  /** Left out: the image's own entry point. */
  readonly command?: readonly string[];
  readonly args: readonly string[];
  readonly variables: Readonly<Record<string, string>>;
  /** The root file system is read-only; these folders are not. */
  readonly writableFolders: readonly WritableFolder[];
  readonly probes: ProbeTiming;
  readonly resources: { readonly requests: Resources; readonly limits: Resources };
  /** False restarts the pods on every change of the configuration. */
  readonly swapsConfigWhileRunning: boolean;
}

interface WritableFolder {
  readonly name: string;
  readonly path: string;
  readonly sizeLimit: string;
}

type Resources = Readonly<Record<'cpu' | 'memory' | 'ephemeral-storage', string>>;

const JOURNAL_FOLDER = '/var/lib/tollgate';
const LITELLM_FOLDER = '/var/lib/litellm';

export const ENGINES: Readonly<Record<EnvironmentSettings['engine'], GatewayEngine>> = {
  tollgate: {
    repository: 'tollgate/gateway',
    command: ['node', ...GATEWAY_NODE_FLAGS, 'proxy/main.ts'],
    args: ['--config', CONFIG_FILE, '--host', '0.0.0.0', '--port', String(GATEWAY_PORT)],
    variables: { TOLLGATE_DATA_DIR: JOURNAL_FOLDER },
    writableFolders: [
      // Spend waits here while the database is away, so there is room for hours of it.
      { name: 'journal', path: JOURNAL_FOLDER, sizeLimit: '4Gi' },
      { name: 'tmp', path: '/tmp', sizeLimit: '256Mi' },
    ],
    // It migrates while it starts, and readiness itself waits for that.
    probes: { startupSeconds: 60 },
    resources: {
      requests: { cpu: '500m', memory: '512Mi', 'ephemeral-storage': '1Gi' },
      limits: { cpu: '2', memory: '1Gi', 'ephemeral-storage': '5Gi' },
    },
    swapsConfigWhileRunning: true,
  },
  litellm: {
    repository: 'berriai/litellm',
    args: ['--config', CONFIG_FILE, '--port', String(GATEWAY_PORT)],
    variables: {
      HOME: LITELLM_FOLDER,
      LITELLM_ASSETS_PATH: `${LITELLM_FOLDER}/assets`,
      LITELLM_MIGRATION_DIR: `${LITELLM_FOLDER}/migrations`,
      LITELLM_NON_ROOT: 'true',
      LITELLM_UI_PATH: `${LITELLM_FOLDER}/ui`,
      XDG_CACHE_HOME: `${LITELLM_FOLDER}/cache`,
    },
    writableFolders: [
      // Prisma's engines and migrations, and the UI, which it rewrites when it starts.
      { name: 'litellm', path: LITELLM_FOLDER, sizeLimit: '1Gi' },
      { name: 'tmp', path: '/tmp', sizeLimit: '256Mi' },
    ],
    // Prisma migrates while the port already answers.
    probes: { startupSeconds: 300, readinessDelaySeconds: 30 },
    resources: {
      requests: { cpu: '1', memory: '2Gi', 'ephemeral-storage': '1Gi' },
      limits: { cpu: '2', memory: '4Gi', 'ephemeral-storage': '2Gi' },
    },
    swapsConfigWhileRunning: false,
  },
};

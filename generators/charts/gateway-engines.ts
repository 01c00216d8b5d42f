import { GATEWAY_REPOSITORY, IMAGES } from '../../environments/schema/artifacts.ts';
import type { EnvironmentSettings } from '../../environments/schema/environment-settings.ts';
import { GATEWAY_NODE_FLAGS } from '../gateway-node-flags.ts';
import { GATEWAY_PODS, GATEWAY_PORT, NAMESPACE } from '../kubernetes/names.ts';
import type { ProbeTiming } from '../kubernetes/probes.ts';
import type { Resources } from '../kubernetes/quantities.ts';
import { CONFIG_FILE, SECRETS_FOLDER } from './gateway-files.ts';

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
  readonly resources: Resources;
  /**
   * Whether it reads secrets as files, and follows these and its configuration while it runs. Else secrets are copied
   * into environment variables, and every change of the configuration restarts the pods.
   */
  readonly watchesFiles: boolean;
  /** A gauge of the requests that a pod is working on, where it serves one. */
  readonly requestsInFlight?: string;
  /** Left out where the program can neither migrate beforehand nor tell which configuration it runs. */
  readonly jobs?: GatewayJobs;
}

/** Commands around a sync. */
export interface GatewayJobs {
  readonly migrate: readonly string[];
  /** Ends well once every ready pod runs the configuration `revision`. */
  readonly smokeTest: (revision: string) => readonly string[];
}

interface WritableFolder {
  readonly name: string;
  readonly path: string;
  readonly sizeLimit: string;
}

/** As long as a new ConfigMap (90 s) and then a new secret (2 min, polled) may take to reach every pod, with room. */
export const SMOKE_TEST_SECONDS = 300;

const JOURNAL_FOLDER = '/var/lib/tollgate';
const LITELLM_FOLDER = '/var/lib/litellm';

export const ENGINES: Readonly<Record<EnvironmentSettings['engine'], GatewayEngine>> = {
  tollgate: {
    repository: GATEWAY_REPOSITORY,
    command: ['node', ...GATEWAY_NODE_FLAGS, 'proxy/main.ts'],
    args: ['--config', CONFIG_FILE, '--host', '0.0.0.0', '--port', String(GATEWAY_PORT)],
    variables: { TOLLGATE_DATA_DIR: JOURNAL_FOLDER, TOLLGATE_SECRETS_DIR: SECRETS_FOLDER },
    writableFolders: [
      // Spend waits here while the database is away, so there is room for hours of it.
      { name: 'journal', path: JOURNAL_FOLDER, sizeLimit: '4Gi' },
      { name: 'tmp', path: '/tmp', sizeLimit: '256Mi' },
    ],
    // It migrates while it starts where no Job has, and readiness itself waits for that.
    probes: { startupSeconds: 60 },
    resources: {
      requests: { cpu: '500m', memory: '512Mi', 'ephemeral-storage': '1Gi' },
      limits: { cpu: '2', memory: '1Gi', 'ephemeral-storage': '5Gi' },
    },
    watchesFiles: true,
    requestsInFlight: 'tollgate_requests_in_flight',
    jobs: {
      migrate: ['node', 'proxy/migrate.ts', '--config', CONFIG_FILE],
      smokeTest: (revision) => [
        'node',
        'proxy/smoke-test.ts',
        '--pods',
        `${GATEWAY_PODS}.${NAMESPACE}.svc.cluster.local`,
        '--port',
        String(GATEWAY_PORT),
        '--revision',
        revision,
        '--timeout-seconds',
        String(SMOKE_TEST_SECONDS),
      ],
    },
  },
  litellm: {
    repository: IMAGES.litellm.repository,
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
    // Prisma migrates in every pod that starts, while the port already answers; so there is no Job for it.
    probes: { startupSeconds: 300, readinessDelaySeconds: 30 },
    resources: {
      requests: { cpu: '1', memory: '2Gi', 'ephemeral-storage': '1Gi' },
      limits: { cpu: '2', memory: '4Gi', 'ephemeral-storage': '2Gi' },
    },
    watchesFiles: false,
  },
};

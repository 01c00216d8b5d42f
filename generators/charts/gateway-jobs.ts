/* oxlint-disable eslint/no-new -- a construct adds itself to its chart */
import type { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-30';
import { labels } from '../kubernetes/labels.ts';
import { GATEWAY, MIGRATION, NAMESPACE, SMOKE_TEST } from '../kubernetes/names.ts';
import { containerSecurityContext, podSecurityContext } from '../kubernetes/pod-security.ts';
import { resourceRequirements, type Resources } from '../kubernetes/quantities.ts';
import { MIGRATION_WAVE, syncHook } from '../kubernetes/sync-order.ts';
import { SMOKE_TEST_SECONDS, type GatewayJobs } from './gateway-engines.ts';
import { fileMounts, fileVolumes, SECRETS_FOLDER } from './gateway-files.ts';

// Argo CD waits for a Job, so each has an end. A minute is for the image on a fresh node.
const PULL_SECONDS = 60;
const MIGRATION_SECONDS = 540;
const MIGRATION_RETRIES = 2;
const SMOKE_TEST_RETRIES = 1;

const RESOURCES: Resources = {
  requests: { cpu: '100m', memory: '128Mi', 'ephemeral-storage': '64Mi' },
  limits: { cpu: '1', memory: '512Mi', 'ephemeral-storage': '256Mi' },
};

interface HookJob {
  readonly name: string;
  readonly annotations: Record<string, string>;
  readonly image: string;
  readonly command: readonly string[];
  /** For all attempts together. */
  readonly deadlineSeconds: number;
  readonly retries: number;
  /** Left out where it needs neither the configuration nor a secret. */
  readonly files?: boolean;
}

/** The database is brought up to date before the new pods; afterwards every ready pod must run `revision`. */
export function addJobs(chart: Chart, { migrate, smokeTest }: GatewayJobs, image: string, revision: string): void {
  addJob(chart, {
    name: MIGRATION,
    annotations: syncHook('Sync', MIGRATION_WAVE),
    image,
    command: migrate,
    deadlineSeconds: PULL_SECONDS + MIGRATION_SECONDS,
    retries: MIGRATION_RETRIES,
    files: true,
  });
  addJob(chart, {
    name: SMOKE_TEST,
    annotations: syncHook('PostSync'),
    image,
    command: smokeTest(revision),
    deadlineSeconds: PULL_SECONDS + (1 + SMOKE_TEST_RETRIES) * SMOKE_TEST_SECONDS,
    retries: SMOKE_TEST_RETRIES,
  });
}

function addJob(chart: Chart, job: HookJob): void {
  const { name, annotations, image, command, files = false } = job;
  new k8s.KubeJob(chart, name, {
    metadata: { name, namespace: NAMESPACE, labels: labels(name), annotations },
    // Without ttlSecondsAfterFinished: a Job that is gone too early looks to Argo CD as if it never ended.
    spec: {
      activeDeadlineSeconds: job.deadlineSeconds,
      backoffLimit: job.retries,
      template: {
        metadata: { labels: labels(name) },
        spec: {
          restartPolicy: 'Never',
          serviceAccountName: GATEWAY,
          automountServiceAccountToken: false,
          enableServiceLinks: false,
          securityContext: podSecurityContext,
          containers: [
            {
              name,
              image,
              imagePullPolicy: 'IfNotPresent',
              command: [...command],
              resources: resourceRequirements(RESOURCES),
              securityContext: containerSecurityContext,
              ...(files && {
                env: [{ name: 'TOLLGATE_SECRETS_DIR', value: SECRETS_FOLDER }],
                volumeMounts: [...fileMounts],
              }),
            },
          ],
          ...(files && { volumes: [...fileVolumes] }),
        },
      },
    },
  });
}

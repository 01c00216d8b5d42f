import type { k8s } from 'cdk8s-plus-30';
import { GATEWAY_CONFIG, GATEWAY_SECRETS } from '../kubernetes/names.ts';

const CONFIG_FOLDER = '/etc/tollgate';
export const CONFIG_FILE = `${CONFIG_FOLDER}/config.yaml`;

/** Where the gateway finds the value of `os.environ/NAME` as the file NAME. */
export const SECRETS_FOLDER = '/mnt/secrets';

/** The configuration and the secrets, as volumes of a pod of the gateway or of a Job that works for it. */
export const fileVolumes: readonly k8s.Volume[] = [
  { name: 'config', configMap: { name: GATEWAY_CONFIG } },
  {
    name: 'secrets',
    csi: {
      driver: 'secrets-store.csi.k8s.io',
      readOnly: true,
      volumeAttributes: { secretProviderClass: GATEWAY_SECRETS },
    },
  },
];

/** Folders, never single files: only a folder follows its ConfigMap or its vault when they change. */
export const fileMounts: readonly k8s.VolumeMount[] = [
  { name: 'config', mountPath: CONFIG_FOLDER, readOnly: true },
  { name: 'secrets', mountPath: SECRETS_FOLDER, readOnly: true },
];

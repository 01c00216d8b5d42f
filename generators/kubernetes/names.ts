// Names are written out, never derived: a renamed object is a deletion and a creation on the cluster.

/** One cluster holds one environment, so its namespace needs no environment in its name. */
export const NAMESPACE = 'tollgate';

/** The namespaces of other makers' charts. */
export const ARGOCD_NAMESPACE = 'argocd';
export const CERT_MANAGER_NAMESPACE = 'cert-manager';
export const NGINX_INGRESS_NAMESPACE = 'nginx-ingress';

export const GATEWAY = 'gateway';
export const GATEWAY_CONFIG = 'gateway-config';
/** The SecretProviderClass and, for engine litellm alone, the Secret that it fills. */
export const GATEWAY_SECRETS = 'gateway-secrets';
/** Has no namespace, so it says whose it is. */
export const GATEWAY_PRIORITY = 'tollgate-gateway';
/** The headless Service of the pods that are ready: whoever asks each of them finds their addresses here. */
export const GATEWAY_PODS = 'gateway-pods';
/** Jobs around a sync. Each is a component of its own in its labels, so that no Service of the gateway selects it. */
export const MIGRATION = 'gateway-migration';
export const SMOKE_TEST = 'gateway-smoke-test';

/** The gateway's port, in the pod and on its Service, by number and by name. */
export const GATEWAY_PORT = 4000;
export const GATEWAY_PORT_NAME = 'http';

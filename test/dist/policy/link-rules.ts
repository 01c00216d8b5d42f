import { environmentOf, type CommittedManifest, type KubernetesObject } from '../manifests.ts';
import type { Rule } from './rule.ts';
import { containersOf, selects, workloadsOf, type LabelSelector, type Workload } from './workloads.ts';

// How requests and questions find their way from object to object.

interface Service extends KubernetesObject {
  readonly spec: { selector?: Record<string, string>; ports: { name?: string; port: number; targetPort?: Port }[] };
}
type Port = number | string;

interface Ingress extends KubernetesObject {
  readonly spec: {
    tls?: { hosts: string[] }[];
    rules?: {
      host: string;
      http?: { paths: { backend: { service: { name: string; port: { number: number } } } }[] };
    }[];
  };
}

interface HttpRoute extends KubernetesObject {
  readonly spec: {
    parentRefs: { name: string; sectionName?: string }[];
    rules: { backendRefs?: { name: string; port: number }[] }[];
  };
}

interface Gateway extends KubernetesObject {
  readonly spec: { listeners: { name: string }[] };
}

interface Monitor extends KubernetesObject {
  readonly spec: {
    namespaceSelector?: { matchNames?: string[] };
    selector: LabelSelector;
    podMetricsEndpoints?: { port: string }[];
    endpoints?: { port: string }[];
  };
}

interface Kinds {
  readonly ClusterIssuer: KubernetesObject;
  readonly Gateway: Gateway;
  readonly HTTPRoute: HttpRoute;
  readonly Ingress: Ingress;
  readonly PodMonitor: Monitor;
  readonly Service: Service;
  readonly ServiceMonitor: Monitor;
}

/** A Service has pods, all of one workload, which listen where it sends. */
export const servicesFindPods: Rule = (manifests) =>
  objectsOf(manifests, 'Service').flatMap(({ manifest, object }) => {
    const pods = workloadsNear(manifests, manifest).filter(({ labels }) =>
      selects({ matchLabels: object.spec.selector ?? {} }, labels),
    );
    const [only] = pods;
    if (only === undefined || pods.length > 1) return [`${manifest.path}: finds the pods of ${pods.length} workloads`];
    return object.spec.ports
      .filter(({ port, targetPort = port }) => !listens(only, targetPort))
      .map(({ targetPort }) => `${manifest.path}: its pods do not listen on ${targetPort}`);
  });

/** By the namespace that a chart of others is installed in: what it serves people with. */
const SERVICES_OF_CHARTS: Readonly<Record<string, { name: string; port: number }>> = {
  argocd: { name: 'argocd-server', port: 80 },
};

/** Whatever is routed has somewhere to go. */
export const backendsExist: Rule = (manifests) => {
  const ingresses = objectsOf(manifests, 'Ingress').map(({ manifest, object }) => ({
    manifest,
    backends: (object.spec.rules ?? [])
      .flatMap(({ http }) => http?.paths ?? [])
      .map(({ backend: { service } }) => ({ name: service.name, port: service.port.number })),
  }));
  const routes = objectsOf(manifests, 'HTTPRoute').map(({ manifest, object }) => ({
    manifest,
    backends: object.spec.rules.flatMap(({ backendRefs = [] }) => backendRefs),
  }));
  return [...ingresses, ...routes].flatMap(({ manifest, backends }) =>
    backends
      .filter(({ name, port }) => !isOfAChart(manifest, name, port))
      .filter(({ name, port }) => !servicesNear(manifests, manifest, name).some((service) => serves(service, port)))
      .map(({ name, port }) => `${manifest.path}: there is no Service ${name} with port ${port}`),
  );
};

export const routesHaveAListener: Rule = (manifests) =>
  objectsOf(manifests, 'HTTPRoute').flatMap(({ manifest, object }) =>
    object.spec.parentRefs
      .filter(({ name, sectionName }) => {
        const gateways = objectsOf(manifests, 'Gateway').filter(
          (gateway) => isNear(gateway.manifest, manifest) && gateway.object.metadata.name === name,
        );
        return !gateways.some(({ object: { spec } }) =>
          spec.listeners.some((listener) => listener.name === sectionName),
        );
      })
      .map(({ name, sectionName }) => `${manifest.path}: the Gateway ${name} has no listener ${sectionName}`),
  );

/** A host name that is served has a certificate. */
export const hostsAreEncrypted: Rule = (manifests) => {
  const ingresses = objectsOf(manifests, 'Ingress');
  return ingresses.flatMap(({ manifest, object }) => {
    const encrypted = ingresses
      .filter((other) => isNear(other.manifest, manifest))
      .flatMap((other) => (other.object.spec.tls ?? []).flatMap(({ hosts }) => hosts));
    return (object.spec.rules ?? [])
      .filter(({ host }) => !encrypted.includes(host))
      .map(({ host }) => `${manifest.path}: ${host} is served without a certificate`);
  });
};

/** Whoever asks for a certificate names an issuer that is there. */
export const issuersExist: Rule = (manifests) =>
  manifests.flatMap((manifest) => {
    const { metadata, kind, spec } = manifest.object;
    const wanted = [
      metadata.annotations?.['cert-manager.io/cluster-issuer'],
      kind === 'Certificate' ? (spec as { issuerRef: { name: string } }).issuerRef.name : undefined,
    ].filter((name) => name !== undefined);
    return wanted
      .filter(
        (name) =>
          !objectsOf(manifests, 'ClusterIssuer').some(
            (issuer) =>
              issuer.object.metadata.name === name && environmentOf(issuer.manifest) === environmentOf(manifest),
          ),
      )
      .map((name) => `${manifest.path}: there is no ClusterIssuer ${name}`);
  });

/** What is scraped in a namespace of ours is there, and has such a port. Others' pods are for their charts to know. */
export const monitorsFindPods: Rule = (manifests) =>
  [...objectsOf(manifests, 'PodMonitor'), ...objectsOf(manifests, 'ServiceMonitor')]
    .filter(({ manifest, object: { spec, metadata } }) => {
      const names = spec.namespaceSelector?.matchNames ?? [metadata.namespace ?? ''];
      return workloadsNear(manifests, manifest).some(({ object }) => names.includes(object.metadata.namespace ?? ''));
    })
    .flatMap(({ manifest, object: { spec } }) => {
      const pods = workloadsNear(manifests, manifest).filter(({ labels }) => selects(spec.selector, labels));
      const ports = [...(spec.podMetricsEndpoints ?? []), ...(spec.endpoints ?? [])].map(({ port }) => port);
      const isSound = ports.length > 0 && ports.every((port) => pods.some((workload) => listens(workload, port)));
      return isSound ? [] : [`${manifest.path}: finds nothing that can be scraped`];
    });

const HOST_IN_CLUSTER = /^([a-z0-9-]+)\.([a-z0-9-]+)\.svc(?:\.cluster\.local)?$/;

/** A host name in a command or a variable is that of a Service. */
export const namedServicesExist: Rule = (manifests) =>
  workloadsOf(manifests).flatMap((workload) =>
    containersOf(workload)
      .flatMap(({ command = [], args = [], env = [] }) => [...command, ...args, ...env.map(({ value = '' }) => value)])
      .flatMap((word) => {
        const [, name, namespace] = HOST_IN_CLUSTER.exec(word) ?? [];
        if (name === undefined) return [];
        const found = servicesNear(manifests, workload, name);
        const exists = found.some(({ metadata }) => metadata.namespace === namespace);
        return exists ? [] : [`${workload.path}: there is no Service ${word}`];
      }),
  );

function objectsOf<Kind extends keyof Kinds>(manifests: readonly CommittedManifest[], kind: Kind) {
  return manifests
    .filter(({ object }) => object.kind === kind)
    .map((manifest) => ({ manifest, object: manifest.object as Kinds[Kind] }));
}

/** Of one environment and one namespace. */
function isNear(one: Pick<CommittedManifest, 'path' | 'object'>, other: Pick<CommittedManifest, 'path' | 'object'>) {
  const isTogether = one.object.metadata.namespace === other.object.metadata.namespace;
  return isTogether && environmentOf(one) === environmentOf(other);
}

function workloadsNear(manifests: readonly CommittedManifest[], manifest: CommittedManifest): Workload[] {
  return workloadsOf(manifests).filter((workload) => isNear(workload, manifest));
}

function servicesNear(
  manifests: readonly CommittedManifest[],
  near: Pick<CommittedManifest, 'path' | 'object'>,
  name: string,
): Service[] {
  return objectsOf(manifests, 'Service')
    .filter(({ manifest, object }) => object.metadata.name === name && isNear(manifest, near))
    .map(({ object }) => object);
}

function isOfAChart({ object }: CommittedManifest, name: string, port: number): boolean {
  const served = SERVICES_OF_CHARTS[object.metadata.namespace ?? ''];
  return served?.name === name && served.port === port;
}

function serves({ spec }: Service, port: number): boolean {
  return spec.ports.some((own) => own.port === port);
}

function listens(workload: Workload, port: Port): boolean {
  const ports = containersOf(workload).flatMap((container) => container.ports ?? []);
  return ports.some(({ name, containerPort }) => name === port || containerPort === port);
}

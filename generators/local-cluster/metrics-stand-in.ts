import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { createServer } from 'node:https';
import type { AddressInfo } from 'node:net';
import { join } from 'node:path';
import type { ControlPlane } from './control-plane.ts';
import { applyObjects, getObjects } from './kubernetes-objects.ts';

// Containers do not run here, so nobody can measure them. Without an answer an autoscaler counts as broken.

export interface MetricsStandIn {
  /** What every container is said to use from now on, such as `250m`. */
  setCpu(quantity: string): void;
  close(): void;
}

const GROUP = 'metrics.k8s.io';
const NAME = 'metrics-stand-in';
const ROOT = `/apis/${GROUP}/v1beta1`;

/** Serves the metrics API of pods to the cluster, with the same figure for every container. */
export async function startMetricsStandIn(cluster: ControlPlane, cpu: string): Promise<MetricsStandIn> {
  let current = cpu;
  const certificate = (ending: string) =>
    readFileSync(join(cluster.processes.folder, `certificates/apiserver.${ending}`));
  const server = createServer({ cert: certificate('crt'), key: certificate('key') }, (request, response) => {
    answer(cluster, request, response, current).catch((error: Error) => response.writeHead(500).end(error.message));
  });
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  await register(cluster, (server.address() as AddressInfo).port);
  return {
    setCpu(quantity) {
      current = quantity;
    },
    close() {
      server.close();
      server.closeAllConnections();
    },
  };
}

/** The API server passes on what it is asked about the group to this machine. */
async function register(cluster: ControlPlane, port: number): Promise<void> {
  const place = { name: NAME, namespace: 'kube-system' };
  await applyObjects(cluster, [
    {
      apiVersion: 'v1',
      kind: 'Service',
      metadata: place,
      spec: { type: 'ExternalName', externalName: 'localhost', ports: [{ port }] },
    },
    {
      apiVersion: 'apiregistration.k8s.io/v1',
      kind: 'APIService',
      metadata: { name: `v1beta1.${GROUP}` },
      spec: {
        group: GROUP,
        version: 'v1beta1',
        service: { ...place, port },
        insecureSkipTLSVerify: true,
        groupPriorityMinimum: 100,
        versionPriority: 100,
      },
    },
  ]);
}

async function answer(
  cluster: ControlPlane,
  request: IncomingMessage,
  response: ServerResponse,
  cpu: string,
): Promise<void> {
  const { pathname, searchParams } = new URL(request.url ?? '/', 'https://localhost');
  const [, namespace] = /\/namespaces\/([^/]+)\/pods$/.exec(pathname) ?? [];
  if (namespace !== undefined)
    return send(response, await podMetrics(cluster, namespace, searchParams.get('labelSelector') ?? '', cpu));
  if (pathname === ROOT) return send(response, resourceList());
  response.writeHead(404).end();
}

function send(response: ServerResponse, body: object): void {
  response.writeHead(200, { 'content-type': 'application/json' }).end(JSON.stringify(body));
}

function resourceList(): object {
  const pods = { name: 'pods', singularName: '', namespaced: true, kind: 'PodMetrics', verbs: ['get', 'list'] };
  return { kind: 'APIResourceList', apiVersion: 'v1', groupVersion: `${GROUP}/v1beta1`, resources: [pods] };
}

interface Pod {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly [field: string]: unknown };
  readonly spec: { readonly containers: readonly { readonly name: string }[] };
  readonly [field: string]: unknown;
}

async function podMetrics(cluster: ControlPlane, namespace: string, selector: string, cpu: string): Promise<object> {
  const pods = await getObjects<Pod>(cluster, 'pods', `--namespace=${namespace}`, `--selector=${selector}`);
  const timestamp = new Date().toISOString();
  const items = pods.map(({ metadata, spec }) => ({
    metadata: { name: metadata.name, namespace, labels: metadata['labels'] },
    timestamp,
    window: '10s',
    containers: spec.containers.map(({ name }) => ({ name, usage: { cpu, memory: '128Mi' } })),
  }));
  return { kind: 'PodMetricsList', apiVersion: `${GROUP}/v1beta1`, metadata: {}, items };
}

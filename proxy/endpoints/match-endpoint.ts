import type { EndpointName } from './endpoint-name.ts';
import { GatewayError } from '../errors.ts';

/** What an address asks for. Routes are read from the path alone, never from the Host header. */
export type Endpoint =
  | { readonly kind: 'liveliness' | 'readiness' | 'revision' | 'metrics' | 'models' }
  | { readonly kind: 'model'; readonly id: string }
  /** `model` where the address names it. */
  | { readonly kind: 'forward'; readonly name: EndpointName; readonly model: string | undefined };

const forward = (name: EndpointName): Endpoint => ({ kind: 'forward', name, model: undefined });

const POST_ROUTES: ReadonlyMap<string, Endpoint> = new Map([
  ['/v1/chat/completions', forward('chat_completions')],
  ['/chat/completions', forward('chat_completions')],
  ['/v1/embeddings', forward('embeddings')],
  ['/embeddings', forward('embeddings')],
]);

const GET_ROUTES: ReadonlyMap<string, Endpoint> = new Map([
  ['/v1/models', { kind: 'models' }],
  ['/models', { kind: 'models' }],
  ['/health/liveliness', { kind: 'liveliness' }],
  ['/health/liveness', { kind: 'liveliness' }],
  ['/health/readiness', { kind: 'readiness' }],
  ['/revision', { kind: 'revision' }],
  ['/metrics', { kind: 'metrics' }],
] as const);

/** Azure's form and OpenAI's old one; a model's name may hold slashes. */
const DEPLOYMENT_ROUTE = /^\/(?:openai\/deployments|engines)\/(?<model>.+)\/(?<name>chat\/completions|embeddings)$/;
const MODEL_ROUTE = /^(?:\/v1)?\/models\/(?<id>.+)$/;

/**
 * The endpoint of a method and path (without the query).
 * @throws GatewayError route_unknown, method_not_allowed
 */
export function matchEndpoint(method: string, path: string): Endpoint {
  if (method === 'POST') return POST_ROUTES.get(path) ?? matchDeploymentRoute(path) ?? refuse(method, path);
  if (method === 'GET' || method === 'HEAD')
    return GET_ROUTES.get(path) ?? matchModelRoute(path) ?? refuse(method, path);
  return refuse(method, path);
}

function matchDeploymentRoute(path: string): Endpoint | undefined {
  const groups = DEPLOYMENT_ROUTE.exec(path)?.groups;
  if (groups === undefined) return undefined;
  const name = groups['name'] === 'embeddings' ? 'embeddings' : 'chat_completions';
  return { kind: 'forward', name, model: decode(groups['model']) };
}

function matchModelRoute(path: string): Endpoint | undefined {
  const id = MODEL_ROUTE.exec(path)?.groups?.['id'];
  return id === undefined ? undefined : { kind: 'model', id: decode(id) };
}

function decode(part = ''): string {
  try {
    return decodeURIComponent(part);
  } catch {
    return part;
  }
}

function refuse(method: string, path: string): never {
  const isKnown =
    POST_ROUTES.has(path) || GET_ROUTES.has(path) || DEPLOYMENT_ROUTE.test(path) || MODEL_ROUTE.test(path);
  throw isKnown ? new GatewayError('method_not_allowed', { method }) : new GatewayError('route_unknown', { path });
}

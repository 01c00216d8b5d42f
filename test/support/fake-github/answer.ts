import type { IncomingHttpHeaders } from 'node:http';
import type { Access, Identity } from './identity.ts';

/** A request as a route sees it: somebody known, who may do this. */
export interface Call {
  readonly method: string;
  readonly url: URL;
  readonly headers: IncomingHttpHeaders;
  /** The parts of the path that the route names. */
  readonly parameters: Readonly<Record<string, string>>;
  readonly body: Readonly<Record<string, unknown>>;
  readonly by: Identity;
}

export interface Answer {
  readonly status: number;
  readonly body?: unknown;
  readonly headers?: Readonly<Record<string, string>>;
}

export interface Route {
  readonly method: string;
  /** Such as `/repos/:owner/:repo/pulls/:number`. */
  readonly path: string;
  /** One of these permissions is enough. Left out: an app's own signature is asked for. */
  readonly needs?: { readonly access: Access; readonly anyOf: readonly string[] };
  readonly handle: (call: Call) => Answer | Promise<Answer>;
}

const DOCUMENTATION = 'https://docs.github.com/rest';

export function refusal(status: number, message: string, headers: Readonly<Record<string, string>> = {}): Answer {
  return { status, body: { message, documentation_url: DOCUMENTATION, status: String(status) }, headers };
}

export function notFound(): Answer {
  return refusal(404, 'Not Found');
}

/** GitHub's envelope for a request that it understands and will not do. */
export function invalid(resource: string, field: string, message: string, code = 'custom'): Answer {
  const errors = [{ resource, code, field, message }];
  return {
    status: 422,
    body: { message: 'Validation Failed', errors, documentation_url: DOCUMENTATION, status: '422' },
  };
}

/** One page of `items` with the Link header that leads to the others. */
export function pageOf(items: readonly unknown[], url: URL): Answer {
  const perPage = Math.min(Math.max(Number(url.searchParams.get('per_page') ?? 30), 1), 100);
  const page = Math.max(Number(url.searchParams.get('page') ?? 1), 1);
  const last = Math.max(Math.ceil(items.length / perPage), 1);
  const links = [
    ...(page > 1 ? [linkTo(url, page - 1, 'prev'), linkTo(url, 1, 'first')] : []),
    ...(page < last ? [linkTo(url, page + 1, 'next'), linkTo(url, last, 'last')] : []),
  ];
  const body = items.slice((page - 1) * perPage, page * perPage);
  return { status: 200, body, headers: links.length > 0 ? { link: links.join(', ') } : {} };
}

function linkTo(url: URL, page: number, relation: string): string {
  const target = new URL(url);
  target.searchParams.set('page', String(page));
  return `<${target.href}>; rel="${relation}"`;
}

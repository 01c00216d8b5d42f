import { matchEndpoint } from '../endpoints/match-endpoint.ts';
import type { Stage } from '../request-state.ts';

/** Finds what the address asks for; what is not listed is refused before anybody is asked for a key. */
export function matchRoute(): Stage {
  return function matchRoute(ctx, next) {
    const url = ctx.req.url ?? '/';
    const query = url.indexOf('?');
    ctx.state.endpoint = matchEndpoint(ctx.req.method ?? 'GET', query === -1 ? url : url.slice(0, query));
    return next();
  };
}

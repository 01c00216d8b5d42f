import { GatewayError } from '../errors.ts';
import type { Stage } from '../request-state.ts';
import { readGatewayRequest } from '../request/gateway-request.ts';
import { readBody } from '../request/read-body.ts';

/** Reads the body once, within its bound, and finds the few members that the gateway needs. */
export function parseRequest(): Stage {
  return async function parseRequest(ctx, next) {
    const { endpoint, snapshot } = ctx.state;
    if (endpoint?.kind !== 'forward') throw new GatewayError('route_unknown', { path: ctx.path });
    const body = await readBody(ctx.req, snapshot.maxBodyBytes);
    ctx.state.request = readGatewayRequest(endpoint.name, body, endpoint.model);
    await next();
  };
}

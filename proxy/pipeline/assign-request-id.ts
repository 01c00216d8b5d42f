import { randomUUID } from 'node:crypto';
import type { Snapshot } from '../config/snapshot.ts';
import { RequestState, type Stage } from '../request-state.ts';

/** Begins the request's state: its id, its time, and the configuration that holds for all of it. */
export function assignRequestId(options: { snapshot: () => Snapshot; now: () => number }): Stage {
  return function assignRequestId(ctx, next) {
    ctx.state = new RequestState(randomUUID(), options.now(), options.snapshot());
    return next();
  };
}

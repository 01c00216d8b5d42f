import { listedModel, mayUse, visibleModels } from '../endpoints/visible-models.ts';
import { GatewayError } from '../errors.ts';
import { DONE, type Stage } from '../request-state.ts';
import { writeJson } from '../endpoints/write-json.ts';

/** GET /v1/models and /models/{id}: only what the key may see. */
export function listModels(): Stage {
  return function listModels(ctx, next) {
    const { endpoint, snapshot, caller } = ctx.state;
    if (endpoint?.kind === 'models') {
      writeJson(ctx.res, 200, { data: visibleModels(snapshot, caller), object: 'list' });
      return DONE;
    }
    if (endpoint?.kind !== 'model') return next();
    const { id } = endpoint;
    // A model that is not for this key does not exist for it.
    if (!snapshot.models.has(id) || !mayUse(caller, id)) throw new GatewayError('model_not_found', { model: id });
    writeJson(ctx.res, 200, listedModel(id));
    return DONE;
  };
}

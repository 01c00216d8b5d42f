import type { ModelAccess } from '../config/callers.ts';
import { GatewayError, type ErrorCode } from '../errors.ts';
import type { Stage } from '../request-state.ts';

/** Lets a key use the models that both it and its team list, and finds the model's deployments. */
export function authorizeModel(): Stage {
  return function authorizeModel(ctx, next) {
    const { caller, request, snapshot } = ctx.state;
    refuseOutside(caller.keyModels, request.model, 'key_model_denied');
    refuseOutside(caller.teamModels, request.model, 'team_model_denied');
    const route = snapshot.models.get(request.model);
    if (route === undefined) throw new GatewayError('model_unknown', { path: ctx.path, model: request.model });
    ctx.state.route = route;
    return next();
  };
}

function refuseOutside(access: ModelAccess, model: string, code: ErrorCode): void {
  if (access === undefined || access.has(model)) return;
  const models = [...access].map((name) => `'${name}'`).join(', ');
  throw new GatewayError(code, { models, model });
}

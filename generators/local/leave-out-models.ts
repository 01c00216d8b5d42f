import type { Model } from '../../environments/schema/model.ts';
import { PROVIDERS, splitProvider } from '../../environments/schema/providers.ts';
import { referencedVariables } from '../resolve-gateway-config.ts';

export interface LeftOutModel {
  readonly name: string;
  /** The variables that are not set. */
  readonly missing: readonly string[];
}

/** Parts the models that can be called from here from those whose address or credential is not set. */
export function leaveOutModels(
  models: readonly Model[],
  variables: Readonly<Record<string, string | undefined>>,
): { served: Model[]; leftOut: LeftOutModel[] } {
  const served: Model[] = [];
  const leftOut: LeftOutModel[] = [];
  for (const model of models) {
    const missing = neededVariables(model).filter((name) => (variables[name] ?? '') === '');
    if (missing.length === 0) served.push(model);
    else leftOut.push({ name: model.model_name, missing });
  }
  return { served, leftOut };
}

function neededVariables(model: Model): string[] {
  const { model: target, api_key: key } = model.litellm_params;
  const fallback = PROVIDERS[splitProvider(target).provider]?.keyVariable;
  return [...referencedVariables(model), ...(key === undefined && fallback !== undefined ? [fallback] : [])];
}

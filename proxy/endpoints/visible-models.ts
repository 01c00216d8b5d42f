import type { Caller } from '../config/callers.ts';
import type { Snapshot } from '../config/snapshot.ts';

/** LiteLLM's constant: when a model was made is nobody's business here. */
const CREATED = 1_677_610_602;

export interface ListedModel {
  readonly id: string;
  readonly object: 'model';
  readonly created: number;
  readonly owned_by: 'openai';
}

/** The public names that a caller may use, as GET /v1/models lists them. */
export function visibleModels(snapshot: Snapshot, caller: Caller): ListedModel[] {
  return [...snapshot.models.keys()].filter((name) => mayUse(caller, name)).map(listedModel);
}

/** Whether both the key and its team let the caller use a model. */
export function mayUse(caller: Caller, model: string): boolean {
  return (caller.keyModels?.has(model) ?? true) && (caller.teamModels?.has(model) ?? true);
}

export function listedModel(id: string): ListedModel {
  return { id, object: 'model', created: CREATED, owned_by: 'openai' };
}

import { splitProvider } from '../../environments/schema/providers.ts';
import type { PlacedModel } from './read-config.ts';

/** What LiteLLM's word for models means among those that were imported. */
export interface ExpandedModels {
  /** In the order of models.yaml; `all` where nothing narrows them. */
  readonly models: readonly string[] | 'all';
  /** Words that name no imported model. */
  readonly unknown: readonly string[];
}

const ALL = new Set(['*', 'all-proxy-models', 'all-team-models']);

/** Reads `models` of a key or a team: names, access groups, patterns such as `openai/*`, and LiteLLM's own words. */
export function expandModels(written: readonly string[], known: readonly PlacedModel[]): ExpandedModels {
  const words = written.filter((word) => word !== 'no-default-models');
  if (written.length === 0 || words.some((word) => ALL.has(word))) return { models: 'all', unknown: [] };
  const allowed = new Set<string>();
  const unknown: string[] = [];
  for (const word of words) {
    const found = known.filter((placed) => isMeant(word, placed));
    if (found.length === 0) unknown.push(word);
    for (const { model } of found) allowed.add(model.model_name);
  }
  return { models: modelNames(known).filter((name) => allowed.has(name)), unknown };
}

/** The public names, each once. */
export function modelNames(known: readonly PlacedModel[]): string[] {
  return [...new Set(known.map(({ model }) => model.model_name))];
}

/** A pattern of a provider also means a bare name that its provider knows by the same name, as in LiteLLM. */
function isMeant(word: string, { model, accessGroups }: PlacedModel): boolean {
  if (word === model.model_name || accessGroups.includes(word)) return true;
  if (!word.includes('*')) return false;
  const pattern = new RegExp(`^${word.replaceAll(/[^\w*]/g, '\\$&').replaceAll(/\*+/g, '.*')}$`);
  const { provider, upstreamModel } = splitProvider(model.litellm_params.model);
  const isNamedAlike = upstreamModel === model.model_name;
  return pattern.test(model.model_name) || (isNamedAlike && pattern.test(`${provider}/${upstreamModel}`));
}

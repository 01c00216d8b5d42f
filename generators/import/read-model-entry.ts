import type { z } from 'zod';
import { describeIssues } from '../../environments/schema/describe-issue.ts';
import { findSecrets } from '../../environments/schema/find-secrets.ts';
import { Model } from '../../environments/schema/model.ts';
import { PROVIDERS, splitProvider } from '../../environments/schema/providers.ts';
import { listAt, textAt, valueAt, type Path } from '../../environments/schema/value-at.ts';
import { CORRECT, type Advice } from './config-advice.ts';

/** One entry of LiteLLM's model_list: the model that it becomes, or why it becomes none. */
export type ModelEntry =
  | { readonly kind: 'kept'; readonly model: Model; readonly accessGroups: readonly string[] }
  | ({ readonly kind: 'left out'; readonly name: string; readonly path: Path } & Advice);

const CAPACITIES = ['rpm', 'tpm'] as const;

/**
 * Reads an entry. `known` is the entry without the keys that we do not know, `written` the entry as it stands in the
 * file. What LiteLLM takes from well-known variables is written out, since pods get those variables alone that are named.
 */
export function readModelEntry(known: unknown, written: unknown): ModelEntry {
  const entry = withVariables(withCapacities(known, written));
  const result = Model.safeParse(entry);
  const name = textAt(written, ['model_name']) ?? 'without a name';
  if (result.success) {
    const secret = secretField(result.data);
    if (secret !== undefined) return { kind: 'left out', name, path: secret, ...SECRET };
    return { kind: 'kept', model: result.data, accessGroups: accessGroups(written) };
  }
  const { issues } = result.error;
  const isServedElsewhere = issues.every(({ code, path }) => code === 'custom' || isMode(code, path));
  const path = issues[0]?.path ?? [];
  return {
    kind: 'left out',
    name,
    path: isServedElsewhere ? [] : path,
    ...(isServedElsewhere ? whyUnsupported(entry, issues) : whyWrong(entry, issues)),
  };
}

const SECRET: Advice = {
  reason: 'a credential stands in it, in a field that is no secret',
  advice: 'rotate this key now, and take it out of the file',
};

/** Addresses and keys are referred to, whatever they hold; the rest of an entry would stand in a file as it is. */
function secretField(model: Model): Path | undefined {
  const { api_key: _key, api_base: _base, ...params } = model.litellm_params;
  const fields = [
    [['model_name'], model.model_name],
    ...Object.entries(params).map(([name, value]) => [['litellm_params', name], value] as const),
    ...Object.entries(model.model_info ?? {}).map(([name, value]) => [['model_info', name], value] as const),
  ] as const;
  return fields.find(([, value]) => findSecrets(String(value)).length > 0)?.[0];
}

function whyWrong(entry: unknown, issues: readonly z.core.$ZodIssue[]): Advice {
  const isBlock = typeof entry === 'object' && entry !== null && !Array.isArray(entry);
  const messages = isBlock
    ? describeIssues(issues, entry, Model).map(({ message }) => message)
    : ['an entry is a block of keys'];
  return { reason: messages.join('; '), advice: CORRECT };
}

function whyUnsupported(entry: unknown, issues: readonly z.core.$ZodIssue[]): Advice {
  const model = textAt(entry, ['litellm_params', 'model']) ?? '';
  const isWild = `${model} ${textAt(entry, ['model_name'])}`.includes('*');
  const { provider } = splitProvider(model);
  if (issues.some(({ code, path }) => isMode(code, path)))
    return { reason: 'the gateway serves chat and embeddings', advice: 'call it directly, or keep LiteLLM for it' };
  if (!Object.hasOwn(PROVIDERS, provider))
    return {
      reason: `the gateway does not speak the protocol of ${provider}`,
      advice: 'write openai/ and an api_base where it has an OpenAI-compatible address, or keep LiteLLM for it',
    };
  if (isWild) return { reason: 'each model stands for itself', advice: 'write an entry for each model that is used' };
  return { reason: issues[0]?.message ?? '', advice: CORRECT };
}

/** A `mode` that the gateway has no endpoint for, such as image_generation. */
function isMode(code: string, path: readonly PropertyKey[]): boolean {
  return code === 'invalid_value' && path.at(-1) === 'mode';
}

/** LiteLLM takes rpm and tpm beside litellm_params too. */
function withCapacities(known: unknown, written: unknown): unknown {
  const found = CAPACITIES.map((name) => [name, valueAt(written, [name])] as const);
  const given = Object.fromEntries(found.filter(([, value]) => typeof value === 'number'));
  return withParams(known, (params) => ({ ...given, ...params }));
}

function withVariables(entry: unknown): unknown {
  const { provider } = splitProvider(textAt(entry, ['litellm_params', 'model']) ?? '');
  const variable = Object.hasOwn(PROVIDERS, provider) ? PROVIDERS[provider]?.keyVariable : undefined;
  return withParams(entry, (params) => ({
    ...params,
    ...(params['api_base'] === undefined && provider === 'azure' && { api_base: 'os.environ/AZURE_API_BASE' }),
    ...(params['api_key'] === undefined && variable !== undefined && { api_key: `os.environ/${variable}` }),
  }));
}

function withParams(entry: unknown, change: (params: Record<string, unknown>) => object): unknown {
  const params = valueAt(entry, ['litellm_params']);
  if (typeof entry !== 'object' || typeof params !== 'object' || params === null) return entry;
  return { ...entry, litellm_params: change(params as Record<string, unknown>) };
}

function accessGroups(written: unknown): string[] {
  return listAt(written, ['model_info', 'access_groups']).filter((name) => typeof name === 'string');
}

import { parse } from 'yaml';
import type { z } from 'zod';
import { describeIssues } from '../../environments/schema/describe-issue.ts';
import { GatewayConfig } from '../../environments/schema/gateway-config.ts';
import type { Model } from '../../environments/schema/model.ts';
import {
  formatProblem,
  parseYaml,
  problemOf,
  type ParsedFile,
  type Problem,
} from '../../environments/schema/parse-yaml.ts';
import { shownPath } from '../../environments/schema/read-authored-file.ts';
import { listAt, valueAt, type Path } from '../../environments/schema/value-at.ts';
import { Refusal } from '../command-line/refusal.ts';
import { adviceFor, CORRECT, type Advice } from './config-advice.ts';
import type { Findings } from './findings.ts';
import { readConfigText } from './read-config-text.ts';
import { readModelEntry, type ModelEntry } from './read-model-entry.ts';

const ConfigSettings = GatewayConfig.pick({
  router_settings: true,
  litellm_settings: true,
  general_settings: true,
  environment_variables: true,
});
export type ConfigSettings = z.infer<typeof ConfigSettings>;

/** A model that the gateway can serve, and the groups that let keys use it. */
export interface PlacedModel {
  readonly model: Model;
  readonly accessGroups: readonly string[];
  readonly index: number;
}

/** A config.yaml of LiteLLM, as far as the gateway can serve it. */
export interface LitellmConfig {
  readonly models: readonly PlacedModel[];
  readonly settings: ConfigSettings;
  /** Where a key stands, such as `config.yaml:12`. */
  readonly placeOf: (path: Path) => string;
}

type Parsed = ParsedFile<GatewayConfig>;
type Blocks = Record<string, Record<string, unknown> | undefined>;

/**
 * Reads a config.yaml as the gateway itself would, but what it cannot serve, or what is of the wrong kind, is left out
 * and told. Throws a Refusal with file, line and column where the file is no YAML, or no block of keys.
 */
export function readConfig(path: string, findings: Findings): LitellmConfig {
  const file = shownPath(path);
  const text = readConfigText(path, file);
  const parsed = parseYaml(text, file, GatewayConfig, { unknownKeys: 'warn' });
  if (parsed.input === null) refuse([problemOf(file, 'the file is empty: name the config.yaml of LiteLLM')]);
  if (typeof parsed.input !== 'object' || Array.isArray(parsed.input)) refuse(parsed.problems);
  const list = valueAt(parsed.input, ['model_list']);
  if (list !== undefined && !Array.isArray(list)) refuse(parsed.problems);

  const written: unknown = parse(text);
  const entries = listAt(parsed.input, ['model_list']).map((entry, index) =>
    readModelEntry(entry, listAt(written, ['model_list'])[index]),
  );
  const settings = readSettings(parsed, findings);
  const placeOf = (at: Path) => `${file}:${parsed.locate(at, '').line}`;
  for (const [index, entry] of entries.entries()) tellLeftOut(entry, index, placeOf, findings);
  tellUnknownKeys(parsed, entries, findings);
  const models = entries.flatMap((entry, index) => (entry.kind === 'kept' ? [{ ...entry, index }] : []));
  return { models, settings, placeOf };
}

function refuse(problems: readonly Problem[]): never {
  throw new Refusal(
    problems
      .filter(({ level }) => level === 'error')
      .map(formatProblem)
      .join('\n'),
  );
}

const MAX_PASSES = 10;

/** Every block but the models. What we do not have, such as a routing strategy, or cannot read is taken out and told. */
function readSettings(parsed: Parsed, findings: Findings): ConfigSettings {
  const blocks = Object.entries(structuredClone(parsed.input) as Blocks);
  const input = Object.fromEntries(blocks.filter(([name]) => Object.hasOwn(ConfigSettings.shape, name)));
  // To take one value out may leave another without what it needs.
  for (let pass = 0; pass < MAX_PASSES; pass += 1) {
    const result = ConfigSettings.safeParse(input);
    if (result.success) return result.data;
    for (const issue of result.error.issues) {
      tellIssue(parsed, issue, input, findings);
      takeOut(input, issue.path);
    }
  }
  return {};
}

function tellIssue(parsed: Parsed, issue: z.core.$ZodIssue, input: Blocks, findings: Findings): void {
  const [finding] = describeIssues([issue], input, ConfigSettings);
  // A block that was taken out whole is told once.
  if (finding === undefined || valueAt(input, finding.path.slice(0, 1)) === undefined) return;
  const why = issue.code === 'invalid_value' ? undefined : { reason: finding.message, advice: CORRECT };
  tellGap(parsed, finding.path, findings, why);
}

/** Without a part of it, a cache would be another one. */
function takeOut(input: Blocks, [block = '', key]: Path): void {
  const { [String(key)]: _left, ...rest } = input[String(block)] ?? {};
  if (key === 'cache_params') delete rest['cache'];
  if (key === undefined) delete input[String(block)];
  else input[String(block)] = rest;
}

function tellLeftOut(entry: ModelEntry, index: number, placeOf: LitellmConfig['placeOf'], findings: Findings): void {
  if (entry.kind !== 'left out') return;
  const { name, path, reason, advice } = entry;
  findings.gaps.push({ place: placeOf(['model_list', index, ...path]), found: `model ${name}`, reason, advice });
}

function tellUnknownKeys(parsed: Parsed, entries: readonly ModelEntry[], findings: Findings): void {
  for (const { field, level } of parsed.problems) {
    const [block, index, key = '', inner] = field.split('.');
    const isOfModel = block === 'model_list' && index !== undefined;
    if (level !== 'warning') continue;
    if (isOfModel && entries[Number(index)]?.kind !== 'kept') continue;
    if (isOfModel && (key === 'rpm' || key === 'tpm' || inner === 'access_groups')) continue;
    tellGap(parsed, field.split('.'), findings);
  }
  for (const block of ['revision', 'teams', 'virtual_keys'])
    if (Object.hasOwn(parsed.input as object, block)) tellGap(parsed, [block], findings);
}

function tellGap({ file, locate }: Parsed, path: Path, findings: Findings, why?: Advice): void {
  const field = path.map(String).join('.');
  const found = field.replaceAll(/\.\d+(?=\.|$)/g, '');
  findings.gaps.push({ place: `${file}:${locate(path, '').line}`, found, ...(why ?? adviceFor(field)) });
}

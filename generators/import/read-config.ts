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
import { adviceFor } from './config-advice.ts';
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
 * Reads a config.yaml as the gateway itself would, but a model or a choice that it cannot serve is left out and told.
 * Throws a Refusal with file, line and column where a value is of the wrong kind.
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
  const problems = [...entries.flatMap((entry, index) => problemsOf(parsed, entry, index)), ...settings.problems];
  if (problems.length > 0) refuse(problems);

  const placeOf = (at: Path) => `${file}:${parsed.locate(at, '').line}`;
  for (const [index, entry] of entries.entries()) tellUnsupported(entry, placeOf(['model_list', index]), findings);
  tellUnknownKeys(parsed, entries, findings);
  const models = entries.flatMap((entry, index) => (entry.kind === 'kept' ? [{ ...entry, index }] : []));
  return { models, settings: settings.value, placeOf };
}

function refuse(problems: readonly Problem[]): never {
  throw new Refusal(
    problems
      .filter(({ level }) => level === 'error')
      .map(formatProblem)
      .join('\n'),
  );
}

function problemsOf({ locate }: Parsed, entry: ModelEntry, index: number): Problem[] {
  if (entry.kind !== 'wrong') return [];
  return entry.findings.map(({ path, message }) => locate(['model_list', index, ...path], message));
}

/** Every block but the models. A choice that we do not have, such as a routing strategy, is taken out and told. */
function readSettings(parsed: Parsed, findings: Findings): { value: ConfigSettings; problems: Problem[] } {
  const blocks = Object.entries(structuredClone(parsed.input) as Blocks);
  const input = Object.fromEntries(blocks.filter(([name]) => Object.hasOwn(ConfigSettings.shape, name)));
  const first = ConfigSettings.safeParse(input);
  for (const { code, path } of first.error?.issues ?? []) {
    if (code !== 'invalid_value') continue;
    tellGap(parsed, path, findings);
    const isCache = path.includes('cache_params');
    const { [isCache ? 'cache' : String(path[1])]: _left, ...rest } = input[String(path[0])] ?? {};
    if (isCache) delete rest['cache_params'];
    input[String(path[0])] = rest;
  }
  const result = ConfigSettings.safeParse(input);
  if (result.success) return { value: result.data, problems: [] };
  const found = describeIssues(result.error.issues, input, ConfigSettings);
  return { value: {}, problems: found.map(({ path, message }) => parsed.locate(path, message)) };
}

function tellUnsupported(entry: ModelEntry, place: string, findings: Findings): void {
  if (entry.kind !== 'unsupported') return;
  const { name, reason, advice } = entry;
  findings.gaps.push({ place, found: `model ${name}`, reason, advice });
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

function tellGap({ file, locate }: Parsed, path: Path, findings: Findings): void {
  const field = path.map(String).join('.');
  const found = field.replaceAll(/\.\d+(?=\.|$)/g, '');
  findings.gaps.push({ place: `${file}:${locate(path, '').line}`, found, ...adviceFor(field) });
}

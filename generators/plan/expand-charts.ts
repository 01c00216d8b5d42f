import { execFile } from 'node:child_process';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { isMap, parseAllDocuments } from 'yaml';
import { CHARTS } from '../../environments/schema/artifacts.ts';
import { textAt, valueAt } from '../../environments/schema/value-at.ts';
import { missingPrograms } from '../local-cluster/find-program.ts';
import { MOST_STEPS, type StepsLeft } from './compare-lines.ts';
import { compareManifests, type ChangedText } from './compare-manifests.ts';
import type { Change, FileChange } from './plan.ts';
import { readManifest } from './risks/manifest-change.ts';

/** A chart whose version or settings differ, and what that does to the cluster. */
export interface ChartUpgrade {
  readonly environment: string;
  readonly name: string;
  readonly version: Change<string>;
  readonly result:
    | { readonly kind: 'expanded'; readonly files: readonly FileChange[] }
    | { readonly kind: 'not expanded'; readonly reason: string };
}

export interface ExpansionOptions {
  /** Written like the variable PATH. */
  readonly searchPath: string | undefined;
  /** How long all of it may take; the charts' registries may be out of reach. */
  readonly timeoutMs: number;
  /** Where a chart is read from in place of its maker's registry. */
  readonly addressOf?: (chart: string, version: string) => string | undefined;
}

/** What an Application of Argo CD says of its chart, which it names or reads as an artifact at an address. */
interface PinnedChart {
  readonly chart: string;
  readonly version: string;
  readonly values: string;
  readonly namespace: string;
}

interface RunningExpansion extends ExpansionOptions {
  /** By performance.now(). */
  readonly endsAt: number;
  /** For comparing lines, of all charts together. */
  readonly left: StepsLeft;
}

/** No environment has so many; each costs two runs of helm. */
const MOST_CHARTS = 20;
const MAX_OUTPUT_BYTES = 32 * 1_048_576;
const APPLICATION = /^(?<environment>[^/]+)\/argocd\/Application\.(?<name>[^/]+)\.yaml$/;

/**
 * Expands with helm, old against new, each chart that changes below dist/, with the values that are committed on each
 * side. Nothing of a pull request is run: a chart is a template, and its values are data. Never throws: what cannot be
 * expanded says why.
 */
export async function expandCharts(
  changed: readonly ChangedText[],
  options: ExpansionOptions,
): Promise<ChartUpgrade[]> {
  const upgrades: ChartUpgrade[] = [];
  const endsAt = performance.now() + options.timeoutMs;
  const left: StepsLeft = { steps: MOST_STEPS };
  for (const { path, before, after } of changed) {
    const { environment = '', name = '' } = APPLICATION.exec(path)?.groups ?? {};
    const [old, made] = [pinnedChart(before), pinnedChart(after)];
    if (old === undefined || made === undefined) continue;
    const version = { before: old.version, after: made.version };
    const result =
      upgrades.length < MOST_CHARTS
        ? await expand(name, { before: old, after: made }, { ...options, endsAt, left })
        : TOO_MANY;
    upgrades.push({ environment, name, version, result });
  }
  return upgrades;
}

const TOO_MANY = { kind: 'not expanded', reason: `more than ${MOST_CHARTS} change at once` } as const;

function pinnedChart(text: string | undefined): PinnedChart | undefined {
  const manifest = readManifest(text);
  const address = textAt(manifest, ['spec', 'source', 'repoURL']);
  const isArtifact = address?.startsWith('oci://') === true;
  const chart = textAt(manifest, ['spec', 'source', 'chart']) ?? (isArtifact ? address.replace(/.*\//, '') : undefined);
  const revision = textAt(manifest, ['spec', 'source', 'targetRevision']);
  if (chart === undefined || revision === undefined) return undefined;
  return {
    chart,
    version: revision.replace(/@.*/, ''),
    values: textAt(manifest, ['spec', 'source', 'helm', 'values']) ?? '',
    namespace: textAt(manifest, ['spec', 'destination', 'namespace']) ?? 'default',
  };
}

async function expand(
  name: string,
  { before, after }: Change<PinnedChart>,
  options: RunningExpansion,
): Promise<ChartUpgrade['result']> {
  if (missingPrograms(['helm'], options.searchPath).length > 0)
    return { kind: 'not expanded', reason: 'helm is not on PATH' };
  const folder = mkdtempSync(join(tmpdir(), 'tollgate-charts-'));
  try {
    const old = objectsOf(await template(name, before, { ...options, folder }));
    const made = objectsOf(await template(name, after, { ...options, folder }));
    const paths = [...new Set([...old.keys(), ...made.keys()])].toSorted();
    const texts = paths.map((path) => ({ path, before: old.get(path), after: made.get(path) }));
    return {
      kind: 'expanded',
      files: compareManifests(texts, () => false, options.left).flatMap(({ files }) => files),
    };
  } catch (error) {
    return { kind: 'not expanded', reason: reasonOf(error) };
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

/** Why helm did not expand a chart, in its own last line. */
class ExpansionFailure extends Error {
  override readonly name = 'ExpansionFailure';
}

async function template(
  name: string,
  { chart, version, values, namespace }: PinnedChart,
  { folder, endsAt, addressOf, searchPath }: RunningExpansion & { folder: string },
): Promise<string> {
  const address = addressOf?.(chart, version) ?? makersAddress(chart);
  if (address === undefined) throw new ExpansionFailure(`nothing here says who makes the chart ${chart}`);
  // All of these come from a pull request's files, and helm would read one that begins with a dash as an option.
  if (![name, version, namespace].every((word) => /^[A-Za-z0-9][\w.+-]*$/.test(word)))
    throw new ExpansionFailure('its name, version or namespace is not one');
  const valuesFile = join(folder, 'values.yaml');
  writeFileSync(valuesFile, values);
  const command = ['template', name, address, '--version', version, '--namespace', namespace, '--values', valuesFile];
  const env = {
    PATH: searchPath,
    HOME: folder,
    HELM_CACHE_HOME: folder,
    HELM_CONFIG_HOME: folder,
    HELM_DATA_HOME: folder,
  };
  const timeout = Math.ceil(endsAt - performance.now());
  if (timeout <= 0) throw new ExpansionFailure('the time for all charts together was over');
  const options = { timeout, maxBuffer: MAX_OUTPUT_BYTES, env, cwd: folder };
  const { stdout } = await promisify(execFile)('helm', [...command, '--include-crds'], options);
  return stdout;
}

/** Where its maker publishes a chart: an environment's own registry is private, and no address of a change is asked. */
function makersAddress(chart: string): string | undefined {
  const found = Object.values(CHARTS).find(({ repository }) => repository.endsWith(`/${chart}`));
  return found === undefined ? undefined : `oci://${found.registry}/${found.repository}`;
}

/** One text for each object, under its kind and name. */
function objectsOf(text: string): Map<string, string> {
  const documents = parseAllDocuments(text).filter((document) => isMap(document.contents));
  return new Map(
    documents.map((document) => {
      const manifest: unknown = document.toJS();
      const kind = textAt(manifest, ['kind']) ?? 'Object';
      const name = textAt(manifest, ['metadata', 'name']) ?? '';
      const namespace = textAt(manifest, ['metadata', 'namespace']);
      const place = namespace === undefined ? '' : `${namespace}/`;
      return [`${place}${kind}.${name}`, withoutNoise(document.toString(), manifest)];
    }),
  );
}

/** Labels with the chart's version are on every object, and say nothing that the title does not. */
function withoutNoise(text: string, manifest: unknown): string {
  const label = valueAt(manifest, ['metadata', 'labels', 'helm.sh/chart']);
  return typeof label !== 'string'
    ? text
    : text
        .split('\n')
        .filter((line) => !line.includes(`helm.sh/chart: `))
        .join('\n');
}

function reasonOf(error: unknown): string {
  if (error instanceof ExpansionFailure) return error.message;
  const { killed, stderr = '', message } = error as { killed?: boolean; stderr?: string; message: string };
  if (killed === true) return "the chart's registry did not answer in time";
  const line = stderr.split('\n').findLast((text) => text.trim() !== '') ?? message.split('\n', 1)[0];
  return `helm said: ${line}`;
}

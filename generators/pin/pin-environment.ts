import type { EnvironmentFiles } from '../../environments/schema/environment-files.ts';
import type { EnvironmentSettings } from '../../environments/schema/environment-settings.ts';
import { formatProblem } from '../../environments/schema/parse-yaml.ts';
import { pinsOf, type PlacedPin } from '../../environments/schema/release-pins.ts';
import type { Pin, Release } from '../../environments/schema/release.ts';
import { replaceValues, type ValueEdit } from '../edit-yaml/replace-values.ts';
import { Refusal } from '../command-line/refusal.ts';
import { replaceFile } from '../replace-file.ts';
import { ArtifactFailure } from './artifact-failure.ts';
import type { PinOptions } from './read-pin-options.ts';
import type { RegistryClient } from './registry-client.ts';
import { resolvePin, sourceOf } from './resolve-pin.ts';

/** How many pins of an environment were asked for, are other than the registry says, and could not be resolved. */
export interface PinOutcome {
  readonly asked: number;
  readonly changed: number;
  readonly failed: number;
}

/**
 * Asks for every pin of an environment, prints a line for each, and writes release.yaml where one changed and nothing
 * speaks against writing. Throws a Refusal where the environment's files have errors.
 */
export async function pinEnvironment(
  files: EnvironmentFiles,
  options: Omit<PinOptions, 'environments'>,
  client: RegistryClient,
): Promise<PinOutcome> {
  const { settings, release } = requireParsed(files);
  const edits: ValueEdit[] = [];
  let [changed, failed] = [0, 0];
  const asked = pinsOf(release).filter((pin) => isAskedFor(pin, options.only));
  for (const placed of asked) {
    const source = sourceOf(placed, settings);
    const title = `${files.name} ${placed.kind}.${placed.key} ${source.registry}/${source.repository}:${placed.pin.version}`;
    try {
      const found = editsOf(placed, await resolvePin(placed, source, client, options.mapping));
      console.log(`${title} ${describe(found, placed, options.check)}`);
      if (found.length > 0) changed += 1;
      edits.push(...found);
    } catch (error) {
      if (!(error instanceof ArtifactFailure)) throw error;
      failed += 1;
      console.error(`${title}: ${error.message}`);
    }
  }
  if (edits.length > 0 && !options.check) replaceFile(files.release.file, replaceValues(files.release.text, edits));
  return { asked: asked.length, changed, failed };
}

function requireParsed({ settings, release }: EnvironmentFiles): { settings: EnvironmentSettings; release: Release } {
  if (settings.value !== undefined && release.value !== undefined)
    return { settings: settings.value, release: release.value };
  const problems = [...settings.problems, ...release.problems];
  throw new Refusal(['mend the files first:', ...problems.map(formatProblem)].join('\n'));
}

function isAskedFor({ kind, key }: PlacedPin, only: readonly string[]): boolean {
  return only.length === 0 || only.includes(key) || only.includes(`${kind}.${key}`);
}

/** A commit goes with its digest: where a new image names none, the old one would be a lie. */
function editsOf(
  { kind, key, pin }: PlacedPin,
  { digest, commit }: { readonly digest: string; readonly commit?: string | undefined },
): ValueEdit[] {
  const edits: ValueEdit[] = [];
  if (digest !== pin.digest) edits.push({ path: [kind, key, 'digest'], value: digest });
  if (key !== 'gateway') return edits;
  const written = commitOf(pin);
  const known = commit ?? (digest === pin.digest ? written : 'unresolved');
  if (known !== undefined && known !== written) edits.push({ path: [kind, key, 'commit'], value: known });
  return edits;
}

function commitOf(pin: Pin): string | undefined {
  return 'commit' in pin && typeof pin.commit === 'string' ? pin.commit : undefined;
}

function describe(edits: readonly ValueEdit[], { pin }: PlacedPin, isCheck: boolean): string {
  if (edits.length === 0) return `is ${pin.digest}`;
  const told = edits.map(({ path, value }) => {
    const isDigest = path.at(-1) === 'digest';
    const before = isDigest ? pin.digest : commitOf(pin);
    const isMoved = isDigest && before !== 'unresolved';
    const field = isDigest ? '' : 'commit ';
    if (isCheck) return `${field}is ${value}, and the file says ${before}${isMoved ? ': the tag has moved' : ''}`;
    return `${field}is ${value} now${isMoved ? `, and was ${before}: the tag has moved` : ''}`;
  });
  return told.join('; ');
}

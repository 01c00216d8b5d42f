import { formatProblem, parseYaml } from '../../environments/schema/parse-yaml.ts';
import { pinsOf, type PlacedPin } from '../../environments/schema/release-pins.ts';
import { Release } from '../../environments/schema/release.ts';
import { replaceValues, type ValueEdit } from '../edit-yaml/replace-values.ts';
import { Refusal } from '../command-line/refusal.ts';

/** What a pin says. Our own image alone has a commit. */
export interface PinState {
  readonly version: string;
  readonly digest: string;
  readonly commit?: string | undefined;
}

/** A pin that a promotion changes. */
export interface PinMove {
  /** Such as `images.gateway`. */
  readonly pin: string;
  readonly before: PinState;
  readonly after: PinState;
}

export interface Promotion {
  /** The new text of the later environment's release.yaml; the old one where nothing moves. */
  readonly text: string;
  readonly moves: readonly PinMove[];
  /** Pins of the earlier environment that the later one does not have; they are left out. */
  readonly absent: readonly string[];
}

/** A release.yaml and the environment that it belongs to. */
export interface ReleaseText {
  readonly environment: string;
  readonly text: string;
}

const FIELDS = ['version', 'digest', 'commit'] as const satisfies (keyof PinState)[];

/**
 * Moves the pins of one environment to another, in the text of its release.yaml: nothing but values changes. `only` names
 * pins, such as `argocd` or `charts.argocd`; empty means all that both have. Throws a Refusal where a file is not sound,
 * where `only` names what is not there, and where a digest is `unresolved`.
 */
export function promoteRelease(from: ReleaseText, to: ReleaseText, only: readonly string[] = []): Promotion {
  const [offered, present] = [pinsByName(from), pinsByName(to)];
  for (const key of only) requireKnown(key, offered, from.environment);
  const chosen = [...offered].filter(([name]) => only.length === 0 || only.some((key) => isNamed(name, key)));
  const absent = chosen.map(([name]) => name).filter((name) => !present.has(name));
  if (only.length > 0 && absent.length > 0)
    throw new Refusal(
      `${to.environment} has no pin ${absent.join(', ')}: write it into its release.yaml first, if it runs that`,
    );

  const moved = chosen.filter(([name]) => present.has(name));
  refuseUnresolved(moved, from);
  const moves: PinMove[] = [];
  const edits: ValueEdit[] = [];
  for (const [pin, after] of moved) {
    const before = present.get(pin) ?? after;
    const fields = FIELDS.filter((field) => after[field] !== before[field]);
    if (fields.length > 0) moves.push({ pin, before, after });
    edits.push(...fields.map((field) => ({ path: [...pin.split('.'), field], value: after[field] ?? '' })));
  }
  return { text: edits.length === 0 ? to.text : replaceValues(to.text, edits), moves, absent };
}

function pinsByName({ environment, text }: ReleaseText): Map<string, PinState> {
  const { value, problems } = parseYaml(text, fileOf(environment), Release);
  if (value === undefined)
    throw new Refusal(['mend the file first:', ...problems.map(formatProblem)].join('\n'), { problems });
  return new Map(pinsOf(value).map((placed) => [nameOf(placed), placed.pin]));
}

function nameOf({ kind, key }: PlacedPin): string {
  return `${kind}.${key}`;
}

function isNamed(name: string, key: string): boolean {
  return name === key || name.endsWith(`.${key}`);
}

function requireKnown(key: string, offered: ReadonlyMap<string, PinState>, environment: string): void {
  const names = [...offered.keys()];
  if (names.some((name) => isNamed(name, key))) return;
  throw new Refusal(`--only ${key}: ${environment} has no such pin; it has ${names.join(', ')}`);
}

/** A digest that no registry gave says nothing about what would run. */
function refuseUnresolved(pins: readonly (readonly [string, PinState])[], { environment, text }: ReleaseText): void {
  const names = pins.filter(([, { digest }]) => digest === 'unresolved').map(([name]) => name);
  if (names.length === 0) return;
  const fix = `run npm run pin -- --env ${environment}, or promote the others with --only`;
  const { locate } = parseYaml(text, fileOf(environment), Release);
  const problems = names.map((name) => locate([...name.split('.'), 'digest'], `${name} has no digest: ${fix}`));
  throw new Refusal(`${environment} has no digest for ${names.join(', ')}: ${fix}`, { problems });
}

function fileOf(environment: string): string {
  return `environments/${environment}/release.yaml`;
}

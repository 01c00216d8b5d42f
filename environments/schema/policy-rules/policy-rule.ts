import type { z } from 'zod';
import type { EnvironmentFiles } from '../environment-files.ts';
import type { ParsedFile, Problem } from '../parse-yaml.ts';

/** What a rule found, and whom an exception must name to excuse it. */
export interface Violation {
  readonly environment?: string;
  readonly team?: string;
  readonly key?: string;
  readonly model?: string;
  /** Its level is the rule's own in the end. */
  readonly problem: Problem;
}

export type Selector = 'team' | 'key' | 'model';

interface RuleText<Shape extends z.ZodRawShape> {
  /** What holds where the rule is kept: one line, for editors and for environments/README.md. */
  readonly says: string;
  /** What an exception may name beside an environment. */
  readonly exceptBy: readonly Selector[];
  /** What `policy.yaml` gives beside a level. */
  readonly options: Shape;
  /** For each option that can loosen the rule: in which direction. */
  readonly looser?: Readonly<Partial<Record<keyof Shape, 'more' | 'less'>>>;
}

/** One environment of the head; it is never `local`. Files with errors have no value and are left out. */
export interface PolicyState {
  readonly files: EnvironmentFiles;
  readonly now: Date;
}

/** A rule that one look at an environment decides. */
export interface StateRule<Shape extends z.ZodRawShape = z.ZodRawShape> extends RuleText<Shape> {
  readonly kind: 'state';
  readonly scope: 'every environment' | 'production';
  evaluate(state: PolicyState, options: z.infer<z.ZodObject<Shape>>): Violation[];
}

/** One environment on both sides; undefined where a side has none of that name. */
export interface EnvironmentSides {
  readonly name: string;
  readonly isProduction: boolean;
  readonly base: EnvironmentFiles | undefined;
  readonly head: EnvironmentFiles | undefined;
  /** The folder as the head shows it, such as `environments/prod`. */
  readonly folder: string;
}

export interface PolicyChange {
  /** Those of which something changed, at least. */
  readonly environments: readonly EnvironmentSides[];
  readonly production: ReadonlySet<string>;
  readonly now: Date;
  /** From the repository's root, such as `dist/prod/gateway/Service.gateway.yaml`. */
  readonly changedPaths: readonly string[];
  readonly policy: ParsedFile<unknown>;
  readonly basePolicy: ParsedFile<unknown> | undefined;
  readonly rules: Readonly<Record<string, PolicyRule>>;
}

/** A rule about a change, which a label on the pull request lifts. */
export interface ChangeRule<Shape extends z.ZodRawShape = z.ZodRawShape> extends RuleText<Shape> {
  readonly kind: 'change';
  readonly needs: 'base' | 'changed paths';
  /** Unless `policy.yaml` names another one. */
  readonly label: string;
  evaluate(change: PolicyChange, options: z.infer<z.ZodObject<Shape>>): Violation[];
}

export type PolicyRule = StateRule | ChangeRule;

/** Gives the rule's `evaluate` the types of its options. */
export function stateRule<Shape extends z.ZodRawShape>(rule: Omit<StateRule<Shape>, 'kind'>): StateRule<Shape> {
  return { kind: 'state', ...rule };
}

/** Gives the rule's `evaluate` the types of its options. */
export function changeRule<Shape extends z.ZodRawShape>(rule: Omit<ChangeRule<Shape>, 'kind'>): ChangeRule<Shape> {
  return { kind: 'change', ...rule };
}

import { cpSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { evaluateChange, type NotEvaluated } from '../../../../environments/schema/evaluate-policy.ts';
import { loadEnvironments } from '../../../../environments/schema/load-environments.ts';
import { formatProblem } from '../../../../environments/schema/parse-yaml.ts';
import { FIXTURES, scratchEnvironments, TODAY } from '../scratch-environments.ts';

/** By path: what is replaced by what, or undefined for a file or folder that is gone. */
export type Edits = Readonly<Record<string, readonly (readonly [from: string, to: string])[] | undefined>>;

/** Sound environments with a policy of their own and with some edits; an edit that finds nothing is a mistake. */
export function editedEnvironments(policy: string, edits: Edits = {}): string {
  const root = scratchEnvironments();
  writeFileSync(join(root, 'policy.yaml'), policy);
  for (const [path, replacements] of Object.entries(edits)) {
    const file = join(root, path);
    if (replacements === undefined) rmSync(file, { recursive: true });
    else writeFileSync(file, replacements.reduce(replace, readFileSync(file, 'utf8')));
  }
  return root;
}

/** As `editedEnvironments`, with a second environment `staging` that is what dev was before the edits. */
export function withStaging(policy: string, edits: Edits = {}): string {
  const root = editedEnvironments(policy, edits);
  cpSync(join(FIXTURES, 'sound/dev'), join(root, 'staging'), { recursive: true });
  return root;
}

function replace(text: string, [from, to]: readonly [string, string]): string {
  if (!text.includes(from)) throw new Error(`the sound environments have no ${from}`);
  return text.replace(from, to);
}

export interface ChangeScene {
  readonly base: string;
  readonly head: string;
  readonly changedPaths?: readonly string[];
  readonly labels?: readonly string[];
}

/** What the rules about a change say of two roots: problems as they are printed, with paths from the head. */
export function judgeChange({ base, head, ...known }: ChangeScene): {
  problems: string[];
  notEvaluated: NotEvaluated[];
} {
  const [before, after] = [base, head].map((root) => loadEnvironments(root, { now: TODAY }));
  if (before?.policy === undefined || after?.policy === undefined) throw new Error('a side has no policy');
  const { problems, notEvaluated } = evaluateChange({
    policy: after.policy,
    environments: after.files,
    now: TODAY,
    change: { base: { environments: before.files, policy: before.policy }, ...known },
  });
  const printed = problems.map((problem) => formatProblem(problem).replaceAll(`${head}/`, ''));
  return { problems: printed, notEvaluated: [...notEvaluated] };
}

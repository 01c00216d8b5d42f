import { evaluateChange, type PolicyVerdict } from '../../environments/schema/evaluate-policy.ts';
import { findSecretsInLines } from '../../environments/schema/find-secrets-in-lines.ts';
import type { LoadedEnvironments } from '../../environments/schema/load-environments.ts';
import { filesOfSide, readSides } from '../plan/read-side.ts';
import { listAddedLines } from './list-added-lines.ts';

export interface ChangeToJudge {
  /** The repository's folder. */
  readonly root: string;
  readonly base: string | undefined;
  readonly labels: readonly string[] | undefined;
  readonly now: Date;
}

/**
 * Holds what leads from a commit to the work tree to the rules about a change, and looks for credentials in the lines
 * that it adds. Without a base it says which rules are not evaluated. Throws a PlanRefusal where git cannot tell.
 */
export function judgeChange(loaded: LoadedEnvironments, { root, base, labels, now }: ChangeToJudge): PolicyVerdict {
  const { policy } = loaded;
  if (policy === undefined) return { problems: [], judged: 0, notEvaluated: [] };
  const known = labels === undefined ? {} : { labels };
  if (base === undefined) return evaluateChange({ policy, environments: loaded.files, now, change: known });
  const sides = readSides(root, { base, now });
  const { problems, ...verdict } = evaluateChange({
    policy,
    environments: filesOfSide(sides.head),
    now,
    change: {
      ...known,
      base: {
        environments: filesOfSide(sides.base),
        ...(sides.base.policy === undefined ? {} : { policy: sides.base.policy }),
      },
      changedPaths: sides.changes.map(({ path }) => path),
    },
  });
  const secrets = findSecretsInLines(listAddedLines(root, sides.base.commit), policy.value?.allowed_secrets ?? []);
  return { ...verdict, problems: [...problems, ...secrets] };
}

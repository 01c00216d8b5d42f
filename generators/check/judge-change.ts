import type { EnvironmentFiles } from '../../environments/schema/environment-files.ts';
import { evaluateChange, type PolicyVerdict } from '../../environments/schema/evaluate-policy.ts';
import { findSecretsInLines } from '../../environments/schema/find-secrets-in-lines.ts';
import type { LoadedEnvironments } from '../../environments/schema/load-environments.ts';
import { readSides, type Sides } from '../plan/read-side.ts';
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
  const { policy, files: environments } = loaded;
  if (policy === undefined) return { problems: [], notEvaluated: [] };
  const known = labels === undefined ? {} : { labels };
  if (base === undefined) return evaluateChange({ policy, environments, now, change: known });
  const sides = readSides(root, { base, now });
  const { problems, notEvaluated } = evaluateChange({
    policy,
    environments,
    now,
    change: {
      ...known,
      base: {
        environments: wholeBase(sides, environments),
        ...(sides.base.policy === undefined ? {} : { policy: sides.base.policy }),
      },
      changedPaths: sides.changes.map(({ path }) => path),
    },
  });
  const secrets = findSecretsInLines(listAddedLines(root, sides.base.commit), policy.value?.allowed_secrets ?? []);
  return { problems: [...problems, ...secrets], notEvaluated };
}

/** The sides leave out what is the same on both: of those environments the base is what the head is. */
function wholeBase({ base, head }: Sides, environments: readonly EnvironmentFiles[]): EnvironmentFiles[] {
  const same = environments.filter(({ name }) => !base.environments.has(name) && !head.environments.has(name));
  return [...[...base.environments.values()].map(({ files }) => files), ...same];
}

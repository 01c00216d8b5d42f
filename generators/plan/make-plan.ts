import { checkPolicy } from '../../environments/schema/check-policy.ts';
import { describeNotEvaluated, evaluatePolicy, type PolicyVerdict } from '../../environments/schema/evaluate-policy.ts';
import type { Problem } from '../../environments/schema/parse-yaml.ts';
import { sortProblems } from '../../environments/schema/sort-problems.ts';
import { compareAzure, isOfAzure } from './azure/compare-azure.ts';
import { compareEnvironments } from './compare-environments.ts';
import { compareManifests } from './compare-manifests.ts';
import { findRisks } from './find-risks.ts';
import type { Plan } from './plan.ts';
import { productionNames } from './production-names.ts';
import { filesOfSide, readSides, type Side, type Sides, type SidesWanted } from './read-side.ts';

export interface PlanWanted extends SidesWanted {
  /** Of the pull request; left out, the rules that a label lifts are not judged. */
  readonly labels?: readonly string[];
}

/**
 * What the change from `base` to `head` (or to the work tree) of the repository `root` does. Reads and compares; runs
 * nothing of either side. Throws `PlanRefusal` with what to do where the sides cannot be read.
 */
export function makePlan(root: string, wanted: PlanWanted): Plan {
  return planOf(readSides(root, wanted), wanted);
}

/** The same, of sides that are read. */
export function planOf(given: Sides, { labels, now }: Pick<PlanWanted, 'labels' | 'now'>): Plan {
  const sides = withoutStrangers(given);
  const environments = compareEnvironments(sides, { now });
  const production = productionNames(sides);
  const manifests = compareManifests(changedTexts(sides), (name) => production.has(name));
  const azure = compareAzure({ before: sides.base.manifests, after: sides.head.manifests }, (name) =>
    production.has(name),
  );
  const verdict = judge(sides, now, labels);
  const changed = new Set([
    ...environments.map(({ name }) => name),
    ...[...manifests, ...azure].map((change) => change.environment),
  ]);
  return {
    base: sides.base.commit,
    head: sides.head.commit,
    environments,
    unchangedProduction: [...production]
      .filter((name) => sides.head.names.includes(name) && !changed.has(name))
      .toSorted(),
    manifests,
    azure,
    risks: findRisks({
      environments,
      azure,
      manifests: { before: sides.base.manifests, after: sides.head.manifests },
      policy: { before: sides.base.policy?.input, after: sides.head.policy?.input },
      paths: sides.changes,
    }),
    problems: newProblems(sides, verdict, now),
    rulesJudged: verdict.judged,
    notEvaluated: describeNotEvaluated(verdict.notEvaluated),
  };
}

/**
 * Without what lies in dist/ of the head and is of no environment: nothing renders it and nothing follows it, which is an
 * error and no change of what runs. What goes is told, since a cluster may follow it still.
 */
function withoutStrangers(sides: Sides): Sides {
  const { base, head, changes } = sides;
  const known = new Set([...base.names, ...head.names]);
  const strangers = new Set([...head.manifests.keys()].map(folderOf).filter((name) => !known.has(name)));
  const isPlanned = (path: string) => !strangers.has(folderOf(path));
  const planned = (texts: Side['manifests']) => new Map([...texts].filter(([path]) => isPlanned(path)));
  return {
    base: { ...base, manifests: planned(base.manifests) },
    head: { ...head, manifests: planned(head.manifests) },
    changes: changes.filter(({ path }) => !path.startsWith('dist/') || isPlanned(path.slice('dist/'.length))),
  };
}

function folderOf(path: string): string {
  return path.slice(0, path.indexOf('/'));
}

function changedTexts({ base, head, changes }: Sides) {
  return changes
    .filter(({ path }) => path.startsWith('dist/'))
    .map(({ path }) => path.slice('dist/'.length))
    .filter((path) => !isOfAzure(path))
    .map((path) => ({ path, before: base.manifests.get(path), after: head.manifests.get(path) }));
}

function judge({ base, head, changes }: Sides, now: Date, labels: readonly string[] | undefined): PolicyVerdict {
  const { policy } = head;
  if (policy === undefined) return { problems: [], judged: 0, notEvaluated: [] };
  return evaluatePolicy({
    policy,
    environments: filesOfSide(head),
    now,
    change: {
      base: { environments: filesOfSide(base), ...(base.policy !== undefined && { policy: base.policy }) },
      changedPaths: changes.map(({ path }) => path),
      ...(labels !== undefined && { labels }),
    },
  });
}

/** Every error, since it holds the change up, and the warnings that were not there before. */
function newProblems({ base, head }: Sides, { problems }: PolicyVerdict, now: Date): Problem[] {
  const known = new Set(problemsOf(base, now).map(identityOf));
  const found = [...ownProblems(head), ...problems];
  return sortProblems(found.filter((problem) => problem.level === 'error' || !known.has(identityOf(problem))));
}

function problemsOf(side: Side, now: Date): Problem[] {
  const rules = side.policy?.value;
  const ofPolicy = rules === undefined ? [] : filesOfSide(side).flatMap((files) => checkPolicy(files, rules, now));
  return [...ownProblems(side), ...ofPolicy];
}

function ownProblems({ environments, problems }: Side): Problem[] {
  return [...problems, ...[...environments.values()].flatMap((each) => each.problems)];
}

/** A line that only moved is no other problem. */
function identityOf({ file, field, message }: Problem): string {
  return `${file} ${field} ${message}`;
}

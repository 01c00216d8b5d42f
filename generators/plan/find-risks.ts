import { LOCAL_ENVIRONMENT } from '../../environments/schema/check-settings.ts';
import { azureRisks } from './azure/azure-risks.ts';
import type { ChangedPath } from './list-changes.ts';
import type { AzureChange, Change, EnvironmentChange, Risk } from './plan.ts';
import { APPLICATION_RULES } from './risks/application-rules.ts';
import { looseArtifacts } from './risks/artifact-risks.ts';
import { authoredRisks, changesConfig } from './risks/authored-risks.ts';
import {
  hostNamesRemoved,
  isConfigUnchanged,
  isAdded,
  isRemoved,
  secretsMissing,
  secretsNeeded,
} from './risks/find-environment-risks.ts';
import { manifestChanges } from './risks/manifest-change.ts';
import { NETWORK_RULES } from './risks/network-rules.ts';
import { OBJECT_RULES } from './risks/object-rules.ts';
import { pathRisks } from './risks/path-risks.ts';
import { policyRisks } from './risks/policy-risks.ts';
import { sourcesMoved } from './risks/source-risks.ts';
import { WORKLOAD_RULES } from './risks/workload-rules.ts';

export interface RiskInput {
  readonly environments: readonly EnvironmentChange[];
  readonly azure?: readonly AzureChange[];
  /** Path below dist/ to text: all files of each environment of which one changed. */
  readonly manifests: Change<ReadonlyMap<string, string>>;
  /** policy.yaml as it is parsed, before the schema has judged it. */
  readonly policy: Change<unknown>;
  /** Everything that differs. */
  readonly paths: readonly ChangedPath[];
}

const MANIFEST_RULES = [...OBJECT_RULES, ...WORKLOAD_RULES, ...NETWORK_RULES, ...APPLICATION_RULES];

/**
 * What a reviewer must not overlook, each once: of no one environment first (which is then empty), then by environment, in
 * the order of the plan. Plain text: names in it are as their authors wrote them.
 */
export function findRisks({ environments, azure = [], manifests, policy, paths }: RiskInput): Risk[] {
  const { before, after } = manifests;
  const names = new Set([...environments.map(({ name }) => name), ...environmentsOf(before), ...environmentsOf(after)]);
  const added = paths.filter(({ kind }) => kind === 'added').map(({ path }) => path);
  const changed = paths.map(({ path }) => path);
  const ofAll = [...policyRisks(policy.before, policy.after), ...pathRisks(added, changed)];
  const ofEnvironments = [...names].flatMap((name) => {
    const texts = [
      ...environments
        .filter((change) => change.name === name)
        .flatMap((change) => [...authoredRisks(change), ...outOfStep(change, manifests)]),
      ...renderedRisks(name, before, after),
      ...azure.filter(({ environment }) => environment === name).flatMap(azureRisks),
    ];
    return [...new Set(texts)].map((text) => ({ environment: name, text }));
  });
  return [...ofAll.map((text) => ({ environment: '', text })), ...ofEnvironments];
}

function environmentsOf(manifests: ReadonlyMap<string, string>): string[] {
  return [...manifests.keys()].filter((path) => path.includes('/')).map((path) => path.slice(0, path.indexOf('/')));
}

function renderedRisks(
  name: string,
  before: ReadonlyMap<string, string>,
  after: ReadonlyMap<string, string>,
): string[] {
  if (isRemoved(name, before, after)) return [GONE];
  const changes = manifestChanges(name, before, after);
  // Of what was not there, nothing can be lost or loosened.
  const rules = isAdded(name, before, after) ? [] : MANIFEST_RULES;
  return [
    ...changes.flatMap((change) => rules.flatMap((rule) => rule(change))),
    ...hostNamesRemoved(name, before, after),
    ...secretsNeeded(name, before, after),
    ...secretsMissing(name, before, after),
    ...sourcesMoved(changes),
    ...looseArtifacts(changes),
  ];
}

/** Argo CD refuses to read a folder that is not there, and then touches nothing. */
const GONE =
  'The environment is no longer declared, and the merge alone stops nothing: what runs goes on without updates, ' +
  'and costs money, until somebody deletes its resource group in Azure.';

/** What people wrote changed and what is rendered from it did not: the merge would change nothing. */
function outOfStep(change: EnvironmentChange, { before, after }: RiskInput['manifests']): string[] {
  if (change.name === LOCAL_ENVIRONMENT || change.kind === 'removed' || !changesConfig(change)) return [];
  if (!isConfigUnchanged(change.name, before, after)) return [];
  return [
    `environments/${change.name} changed, and dist/${change.name}, the files that the cluster is given, did not: run npm run render and commit dist/, or nothing of this gets there.`,
  ];
}

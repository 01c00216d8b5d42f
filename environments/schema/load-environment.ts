import { dirname, resolve } from 'node:path';
import { checkAzure } from './check-azure.ts';
import { checkBudgets } from './check-budgets.ts';
import { checkDeployments } from './check-deployments.ts';
import { checkDuplicates } from './check-duplicates.ts';
import { checkExpiry } from './check-expiry.ts';
import { checkHostNames } from './check-host-names.ts';
import { checkNetwork } from './check-network.ts';
import { checkPolicy, isHeldTo } from './check-policy.ts';
import { checkPrices } from './check-prices.ts';
import { checkReferences } from './check-references.ts';
import { checkRelease } from './check-release.ts';
import { checkSecrets } from './check-secrets.ts';
import { checkSettings } from './check-settings.ts';
import { checkVariables } from './check-variables.ts';
import { checkVaultNames } from './check-vault-names.ts';
import { readEnvironmentFiles, type EnvironmentFiles } from './environment-files.ts';
import type { Environment } from './environment.ts';
import { findStraysOfEnvironment } from './find-strays.ts';
import { problemOf, type ParsedFile, type Problem } from './parse-yaml.ts';
import type { Policy } from './policy.ts';
import { shownPath } from './read-authored-file.ts';
import { folderNames, isFolder, isLink, LINK_REFUSAL } from './read-folder.ts';
import { sortProblems } from './sort-problems.ts';
import { checkUnsetIds } from './unset-ids.ts';

/** An environment, or undefined where a problem is an error. The problems stand by file and line. */
export interface LoadedEnvironment {
  readonly environment: Environment | undefined;
  readonly problems: readonly Problem[];
  /** Undefined where there is no such folder. */
  readonly files: EnvironmentFiles | undefined;
}

/** Reads the folder of one environment and checks it as a whole. `now` decides which keys have ended. */
export function loadEnvironment(folder: string, { now, policy }: { now: Date; policy?: Policy }): LoadedEnvironment {
  if (!isFolder(folder)) return { environment: undefined, problems: [noSuchFolder(folder)], files: undefined };
  const files = readEnvironmentFiles(folder);
  const parsed: ParsedFile<unknown>[] = [files.settings, files.release, files.models, ...files.teams];
  const found = [
    ...findStraysOfEnvironment(folder),
    ...parsed.flatMap((file) => file.problems),
    ...checkSettings(files),
    ...checkUnsetIds(files),
    ...checkNetwork(files),
    ...checkAzure(files),
    ...checkHostNames(files),
    ...checkVariables(files),
    ...checkVaultNames(files),
    ...checkRelease(files),
    ...checkDeployments(files),
    ...checkReferences(files),
    ...checkDuplicates(files),
    ...checkBudgets(files),
    ...checkExpiry(files, now),
    ...(isHeldTo(policy, 'known_price', files.name) ? [] : checkPrices(files)),
    ...(policy === undefined ? [] : checkPolicy(files, policy, now)),
  ];
  const problems = sortProblems(checkSecrets(parsed, found));
  const hasErrors = problems.some((problem) => problem.level === 'error');
  return { environment: hasErrors ? undefined : assemble(files), problems, files };
}

/** The environments of a root folder by name: its folders but `schema`. */
export function environmentNames(root: string): string[] {
  return folderNames(root).filter((name) => name !== 'schema');
}

function assemble({ name, settings, release, models, teams }: EnvironmentFiles): Environment | undefined {
  if (settings.value === undefined || release.value === undefined || models.value === undefined) return undefined;
  return {
    name,
    settings: settings.value,
    release: release.value,
    models: models.value,
    teams: teams.flatMap((team) => team.value ?? []),
  };
}

function noSuchFolder(folder: string): Problem {
  if (isLink(folder)) return problemOf(shownPath(folder), LINK_REFUSAL);
  const root = dirname(resolve(folder));
  const names = environmentNames(root);
  const others = names.length === 0 ? '' : `; ${shownPath(root)} has ${names.join(', ')}`;
  return problemOf(shownPath(folder), `no such environment${others}`);
}

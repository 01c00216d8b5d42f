import { basename, join } from 'node:path';
import { azureNames } from '../../environments/schema/azure-names.ts';
import type { EnvironmentFiles } from '../../environments/schema/environment-files.ts';
import { EnvironmentSettings } from '../../environments/schema/environment-settings.ts';
import type { ParsedFile } from '../../environments/schema/parse-yaml.ts';
import type { Team } from '../../environments/schema/team.ts';
import { valueAt } from '../../environments/schema/value-at.ts';
import { removeItem } from '../edit-yaml/edit-list.ts';
import { setValue } from '../edit-yaml/set-value.ts';
import { ENVIRONMENTS_FOLDER } from '../command-line/environments-folder.ts';
import type { Edits } from '../save-edits.ts';
import { moveHostNames } from './move-host-names.ts';
import { moveNetwork } from './move-network.ts';
import type { SettingEdit } from './setting-edit.ts';
import { sizeEdits } from './size-presets.ts';
import { teamText } from './team-text.ts';

/** What tells the new environment from the one that it is made from. */
export interface EnvironmentRequest {
  readonly name: string;
  readonly nameSuffix: string;
  readonly addressSpace: string;
  readonly location?: string | undefined;
  /** The parent of the new zone: `example.com` for `llm.staging.example.com`. */
  readonly domain?: string | undefined;
  readonly size?: string | undefined;
}

/** Ids that Azure gives to one environment alone. */
const IDS: readonly (readonly string[])[] = [
  ['subscription_id'],
  ['tenant_id'],
  ['identities', 'gateway'],
  ['identities', 'cert_manager'],
  ['identities', 'argocd'],
  ['argocd', 'sso_client_id'],
  ['argocd', 'admin_group_id'],
  ['gateway', 'prometheus_url'],
];

const ORDER = Object.keys(EnvironmentSettings.shape);
const STARTER_BUDGET_USD = 100;

/**
 * The files of a new environment, made of the texts of a sound one, with its comments and its order: models and pins as
 * they are, teams without their keys, and of the settings other names, addresses and hosts.
 */
export function scaffoldEnvironment(
  source: EnvironmentFiles,
  settings: EnvironmentSettings,
  request: EnvironmentRequest,
): Edits {
  const folder = join(ENVIRONMENTS_FOLDER, request.name);
  const teams = source.teams.map((team) => [join(folder, 'keys', basename(team.file)), withoutKeys(team)] as const);
  return new Map([
    [join(folder, 'environment.yaml'), settingsText(source.settings, settings, request)],
    [join(folder, 'models.yaml'), source.models.text],
    [join(folder, 'release.yaml'), source.release.text],
    ...(teams.length > 0 ? teams : [starterTeam(folder, source, settings)]),
  ]);
}

function settingsText(
  { text, input }: ParsedFile<EnvironmentSettings>,
  settings: EnvironmentSettings,
  request: EnvironmentRequest,
): string {
  const edits: SettingEdit[] = [
    { path: ['name'], value: request.name },
    { path: ['name_suffix'], value: request.nameSuffix },
    ...(request.location === undefined ? [] : [{ path: ['location'], value: request.location }]),
    ...IDS.filter((path) => valueAt(input, path) !== undefined).map((path) => ({ path, value: 'unset' })),
    ...moveRegistry(settings, request),
    ...moveNetwork(settings, request.addressSpace),
    ...moveHostNames(settings, request.name, request.domain),
    ...(request.size === undefined ? [] : sizeEdits(request.size, settings)),
  ];
  return edits.reduce((edited, { path, value }) => setValue(edited, path, value, ORDER), text);
}

/** A registry that is written out is shared, unless it is the old environment's own. */
function moveRegistry(settings: EnvironmentSettings, { name, nameSuffix }: EnvironmentRequest): SettingEdit[] {
  if (settings.registry !== `${azureNames(settings).registry}.azurecr.io`) return [];
  const { registry } = azureNames({ ...settings, name, name_suffix: nameSuffix });
  return [{ path: ['registry'], value: `${registry}.azurecr.io` }];
}

/** A key belongs to one environment: one that opened two could not be revoked in one of them. */
function withoutKeys({ text, value }: ParsedFile<Team>): string {
  return (value?.virtual_keys ?? []).reduce((edited) => removeItem(edited, ['virtual_keys'], 0), text);
}

function starterTeam(
  folder: string,
  { models }: EnvironmentFiles,
  { certificates, alerts }: EnvironmentSettings,
): readonly [string, string] {
  const owners = [...new Set([certificates.email, ...alerts.emails].filter((email) => email !== undefined))];
  const names = (models.value?.model_list ?? []).map(({ model_name: name }) => name);
  const team = {
    team_alias: 'platform',
    owners,
    models: [...new Set(names)],
    max_budget: STARTER_BUDGET_USD,
    budget_duration: '1mo',
    virtual_keys: [],
  };
  return [join(folder, 'keys/platform.yaml'), teamText(team)];
}

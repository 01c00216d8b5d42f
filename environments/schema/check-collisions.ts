import { azureNames, type AzureNames } from './azure-names.ts';
import { placedHostNames } from './check-host-names.ts';
import { LOCAL_ENVIRONMENT } from './check-settings.ts';
import type { EnvironmentFiles } from './environment-files.ts';
import type { EnvironmentSettings } from './environment-settings.ts';
import { overlap, parseIpRange } from './ip-range.ts';
import type { ParsedFile, Problem } from './parse-yaml.ts';
import type { Path } from './value-at.ts';

/** Of these there is one in all of Azure. */
const GLOBAL_NAMES = ['registry', 'keyVault', 'postgres', 'redis', 'openAi'] as const satisfies (keyof AzureNames)[];

interface Claimant {
  readonly file: ParsedFile<unknown>;
  readonly settings: EnvironmentSettings;
}

/** What two environments both want and only one can have. It is told at the later one by name. */
export function checkCollisions(environments: readonly EnvironmentFiles[]): Problem[] {
  const claimants = environments.flatMap((files) => claimantOf(files) ?? []);
  return claimants.flatMap((later, index) => claimants.slice(0, index).flatMap((earlier) => collide(earlier, later)));
}

/** A copy that still has the other's name is told as that, once. */
function claimantOf({ name, settings }: EnvironmentFiles): Claimant | undefined {
  const { value } = settings;
  if (name === LOCAL_ENVIRONMENT || value === undefined || value.name !== name) return undefined;
  return { file: settings, settings: value };
}

function collide(earlier: Claimant, later: Claimant): Problem[] {
  return [
    ...collideAddresses(earlier, later),
    ...collideHostNames(earlier, later),
    ...collideZones(earlier, later),
    ...collideNames(earlier, later),
  ];
}

/** Networks that share addresses can never be peered, with each other or with one that both reach. */
function collideAddresses(earlier: Claimant, later: Claimant): Problem[] {
  const path = ['network', 'address_space'];
  const [theirs, ours] = [earlier.settings.network.address_space, later.settings.network.address_space];
  if (!overlap(parseIpRange(theirs), parseIpRange(ours))) return [];
  const other = theirs === ours ? placeOf(earlier, path) : `${theirs}, ${placeOf(earlier, path)}`;
  const message = `address_space ${ours} overlaps that of ${earlier.settings.name} (${other}): give each environment its own`;
  return [later.file.locate(path, message)];
}

function collideHostNames(earlier: Claimant, later: Claimant): Problem[] {
  const theirs = placedHostNames(earlier.settings);
  return placedHostNames(later.settings).flatMap(({ hostName, path }) => {
    const other = theirs.find((each) => each.hostName === hostName);
    if (other === undefined) return [];
    return [
      later.file.locate(path, `host name ${hostName} is taken by ${placeOf(earlier, other.path)}: choose another`),
    ];
  });
}

/** Each would make a zone of that name, and the world is told of one. */
function collideZones(earlier: Claimant, later: Claimant): Problem[] {
  const [theirs, ours] = [earlier.settings.dns, later.settings.dns];
  if (ours === undefined || theirs?.zone !== ours.zone) return [];
  if (theirs.resource_group !== undefined || ours.resource_group !== undefined) return [];
  const place = placeOf(earlier, ['dns', 'zone']);
  const message = `zone ${ours.zone} is made by ${earlier.settings.name} too (${place}): write the resource_group of the one that exists, or another zone`;
  return [later.file.locate(['dns', 'zone'], message)];
}

function collideNames(earlier: Claimant, later: Claimant): Problem[] {
  if (earlier.settings.name_suffix === undefined || later.settings.name_suffix === undefined) return [];
  const [theirs, ours] = [azureNames(earlier.settings), azureNames(later.settings)];
  const shared = GLOBAL_NAMES.find((key) => theirs[key] === ours[key]);
  if (shared === undefined) return [];
  const place = placeOf(earlier, ['name_suffix']);
  const message = `name_suffix ${later.settings.name_suffix} gives the name ${ours[shared]}, which ${earlier.settings.name} has (${place}): choose another`;
  return [later.file.locate(['name_suffix'], message)];
}

function placeOf({ file }: Claimant, path: Path): string {
  return `${file.file}:${file.locate(path, '').line}`;
}

import type { Team } from '../../environments/schema/team.ts';
import { aliasChooser } from './choose-aliases.ts';
import { expandModels, modelNames } from './expand-models.ts';
import type { Findings } from './findings.ts';
import type { PlacedModel } from './read-config.ts';
import { TEAM_TABLE, type LitellmDatabase, type Row } from './read-database.ts';
import { listOf, textOf } from './row-values.ts';
import { translateLimits } from './translate-limits.ts';

/** A team as its file has it, but for its keys. */
export interface TranslatedTeam {
  readonly teamId: string;
  readonly team: Omit<Team, 'virtual_keys'>;
}

/** Sessions of LiteLLM's own UI are keys of this team. */
export const DASHBOARD_TEAM = 'litellm-dashboard';
const UNKNOWN_OWNER = 'unknown';

/** Translates the teams. `owner` is whom to ask where LiteLLM names no admin of a team. */
export function translateTeams(
  database: LitellmDatabase,
  known: readonly PlacedModel[],
  owner: string | undefined,
  findings: Findings,
): TranslatedTeam[] {
  const choose = aliasChooser([]);
  const rows = database.teams.filter((row) => row['team_id'] !== DASHBOARD_TEAM).toSorted(byAlias);
  return rows.flatMap((row) => {
    const written = textOf(row['team_alias']) ?? '';
    const teamId = String(row['team_id']);
    const alias = choose(written, `team-${teamId.slice(0, 8).toLowerCase()}`);
    if (alias !== written) findings.notes.push(`team ${JSON.stringify(written || teamId)} is called ${alias}`);
    const title = `team ${alias}`;
    const models = modelsOf(row, title, known, findings);
    if (models.length === 0) return [];
    const limits = translateLimits({ title, table: TEAM_TABLE, row, budget: undefined }, findings);
    const owners = ownersOf(row, database.users, owner ?? UNKNOWN_OWNER);
    if (owners.includes(UNKNOWN_OWNER)) findings.notes.push(`${title} has no admin: write whom to ask into owners`);
    const blocked = row['blocked'] === true ? { blocked: true } : {};
    return [{ teamId, team: { team_alias: alias, owners, models, ...limits, ...blocked } }];
  });
}

/** The team of keys that have none: it may use everything, and it has no budget. */
export function teamOfOrphans(
  alias: string,
  known: readonly PlacedModel[],
  owner: string | undefined,
): TranslatedTeam['team'] {
  return { team_alias: alias, owners: [owner ?? UNKNOWN_OWNER], models: modelNames(known) };
}

function byAlias(a: Row, b: Row): number {
  const [left, right] = [a, b].map((row) => `${textOf(row['team_alias']) ?? ''} ${textOf(row['team_id']) ?? ''}`);
  return (left ?? '') < (right ?? '') ? -1 : 1;
}

function modelsOf(row: Row, title: string, known: readonly PlacedModel[], findings: Findings): string[] {
  const { models, unknown } = expandModels(listOf(row['models']), known);
  const place = `${TEAM_TABLE}.models`;
  for (const word of unknown)
    findings.gaps.push({
      place,
      found: `${title}: ${word}`,
      reason: 'no imported model has that name',
      advice: 'add it to models.yaml and to the team, or nothing',
    });
  const names = models === 'all' ? modelNames(known) : [...models];
  if (models === 'all') findings.notes.push(`${title} may use every model: its file lists them all`);
  if (names.length === 0)
    findings.gaps.push({
      place,
      found: title,
      reason: 'it may use no imported model, so it is left out with its keys',
      advice: 'import again once models.yaml has its models',
    });
  return names;
}

function ownersOf(row: Row, users: readonly Row[], fallback: string): string[] {
  const members = Array.isArray(row['members_with_roles']) ? (row['members_with_roles'] as Row[]) : [];
  const admins = members
    .filter((member) => member['role'] === 'admin')
    .map((member) => textOf(member['user_email']) ?? nameOf(member['user_id'], users));
  const older = listOf(row['admins']).map((id) => nameOf(id, users));
  const named = [...admins, ...older].filter((name) => name !== undefined);
  return named.length === 0 ? [fallback] : [...new Set(named)];
}

/** The mail address of a user, else the id; none for the id that LiteLLM gives to whoever has the master key. */
function nameOf(id: unknown, users: readonly Row[]): string | undefined {
  const email = textOf(users.find((user) => user['user_id'] === id)?.['user_email']);
  return email ?? (id === 'default_user_id' ? undefined : textOf(id));
}

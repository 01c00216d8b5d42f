import { KeyToken } from '../../environments/schema/identifiers.ts';
import type { VirtualKey } from '../../environments/schema/virtual-key.ts';
import type { ChooseAlias } from './choose-aliases.ts';
import { expandModels } from './expand-models.ts';
import type { Findings } from './findings.ts';
import type { PlacedModel } from './read-config.ts';
import { KEY_TABLE, type LitellmDatabase, type Row } from './read-database.ts';
import { listOf, textOf, timeOf } from './row-values.ts';
import { DASHBOARD_TEAM } from './translate-teams.ts';
import { translateLimits } from './translate-limits.ts';

export interface KeySurroundings {
  readonly database: LitellmDatabase;
  readonly known: readonly PlacedModel[];
  readonly choose: ChooseAlias;
  readonly now: Date;
  /** Of a master key that stands in config.yaml. */
  readonly masterHash: string | undefined;
  /** The end of keys that have none, as a key's file says it. */
  readonly expires: string | undefined;
}

/** Translates a key of a team that may use `teamModels`; undefined where it is left out, which is told. */
export function translateKey(
  row: Row,
  teamModels: readonly string[],
  surroundings: KeySurroundings,
  findings: Findings,
): VirtualKey | undefined {
  const { database, known, choose, now } = surroundings;
  const token = String(row['token']);
  const written = textOf(row['key_alias']) ?? '';
  const isHash = KeyToken.safeParse(token).success;
  const shown = `key ${written || (isHash ? token.slice(0, 8) : 'without an alias')}`;
  const refusal = whyLeftOut(row, surroundings);
  const models = refusal === undefined ? modelsOf(row, shown, teamModels, known, findings) : [];
  const reason = refusal ?? (models?.length === 0 ? NO_MODEL : undefined);
  if (reason !== undefined) {
    findings.gaps.push({ place: KEY_TABLE, found: shown, ...reason });
    return undefined;
  }

  const alias = choose(written, `key-${token.slice(0, 8)}`);
  const title = `key ${alias}`;
  if (alias !== written) findings.notes.push(`${shown} is called ${alias}`);
  const budget = database.budgets.find((each) => isSame(each['budget_id'], row['budget_id']));
  const limits = translateLimits({ title, table: KEY_TABLE, row, budget }, findings);
  const ownEnd = timeOf(row['expires']);
  const expires = ownEnd === undefined ? surroundings.expires : expiryText(ownEnd);
  return {
    key_alias: alias,
    ...(models !== undefined && { models }),
    ...limits,
    ...(expires !== undefined && { expires }),
    hashes: [...previousTokens(token, alias, database, now, findings), token].map((hash) => `sha256:${hash}`),
  };
}

const NO_MODEL = {
  reason: 'it may use no imported model, so it is left out',
  advice: 'import again once models.yaml has its models',
};

function whyLeftOut(row: Row, { now, masterHash }: KeySurroundings): { reason: string; advice: string } | undefined {
  const expires = timeOf(row['expires']);
  if (row['team_id'] === DASHBOARD_TEAM)
    return { reason: "it is a session of LiteLLM's UI, so it is left out", advice: 'nothing' };
  if (!KeyToken.safeParse(row['token']).success)
    return { reason: 'the database holds no hash of it, so it is left out', advice: 'rotate it, then import again' };
  if (row['token'] === masterHash)
    return { reason: 'it is the master key, which is no virtual key', advice: 'nothing' };
  if (row['blocked'] === true)
    return { reason: 'it is blocked, so it is left out', advice: 'nothing: it is refused here too' };
  if (expires !== undefined && expires <= now)
    return { reason: 'it has ended, so it is left out', advice: 'nothing: it is refused here too' };
  return undefined;
}

/** Undefined where the key may use all that its team may. */
function modelsOf(
  row: Row,
  shown: string,
  teamModels: readonly string[],
  known: readonly PlacedModel[],
  findings: Findings,
): string[] | undefined {
  const { models, unknown } = expandModels(listOf(row['models']), known);
  const tell = (word: string, reason: string) =>
    findings.gaps.push({
      place: `${KEY_TABLE}.models`,
      found: `${shown}: ${word}`,
      reason,
      advice: 'add it to models.yaml and to the team, or nothing',
    });
  for (const word of unknown) tell(word, 'no imported model has that name');
  if (models === 'all') return undefined;
  for (const name of models)
    if (!teamModels.includes(name)) tell(name, 'its team may not use it, so neither may the key');
  return models.filter((name) => teamModels.includes(name));
}

/** While LiteLLM's rotation runs, the older secret works too: as with `npm run key -- rotate`. */
function previousTokens(
  token: string,
  alias: string,
  { previousTokens: rows }: LitellmDatabase,
  now: Date,
  findings: Findings,
): string[] {
  const running = rows
    .filter((row) => row['active_token_id'] === token && KeyToken.safeParse(row['token']).success)
    .map((row) => ({ token: String(row['token']), until: timeOf(row['revoke_at']) }))
    .filter(({ until }) => until !== undefined && until > now)
    .toSorted((a, b) => Number(b.until) - Number(a.until));
  const [latest] = running;
  if (latest?.until === undefined) return [];
  const until = latest.until.toISOString().slice(0, 10);
  const command = `npm run key -- revoke --alias ${alias} --oldest`;
  findings.notes.push(`key ${alias} is being rotated: end its older secret on ${until} with ${command}`);
  return [latest.token];
}

function isSame(a: unknown, b: unknown): boolean {
  return textOf(a) !== undefined && a === b;
}

/** A day where it ends as that day begins, else the moment. */
function expiryText(time: Date): string {
  const text = time.toISOString();
  return text.endsWith('T00:00:00.000Z') ? text.slice(0, 10) : text.replace('.000Z', 'Z');
}

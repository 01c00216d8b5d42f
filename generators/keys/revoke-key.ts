import { removeKey, removeOldestHash } from './edit-team-text.ts';
import { openEnvironment, openKey } from './environments-folder.ts';
import { readOptions, requireOption } from './read-options.ts';
import { Refusal } from './refusal.ts';
import { writeTeamFile } from './write-team-file.ts';

const HELP = `Removes a key from its team's file, or only its older secret, which ends a rotation.

  npm run key -- revoke --env local --alias mine
  npm run key -- revoke --env local --alias mine --oldest`;

/** `npm run key -- revoke`. Throws a Refusal. */
export function revokeKey(args: string[]): void {
  const config = { env: { type: 'string' }, alias: { type: 'string' }, oldest: { type: 'boolean' } } as const;
  const options = readOptions(args, config, HELP);
  if (options === undefined) return;
  const environment = openEnvironment(requireOption(options, 'env'));
  const alias = requireOption(options, 'alias');
  const { team, index, hashes } = openKey(environment, alias);
  const isRotation = options['oldest'] === true;
  if (isRotation && hashes.length < 2)
    throw new Refusal(`key ${alias} has one secret: without --oldest the whole key is revoked`);
  const text = isRotation ? removeOldestHash(team.text, index) : removeKey(team.text, index);
  writeTeamFile(environment.name, team.file, text);
  console.error(`${isRotation ? 'The older secret of key' : 'Key'} ${alias} is out of ${team.file}.`);
}

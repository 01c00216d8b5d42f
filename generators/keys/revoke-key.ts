import { removeItem } from '../edit-yaml/edit-list.ts';
import { saveEdits } from '../save-edits.ts';
import { openEnvironment, openKey } from '../command-line/environments-folder.ts';
import { readOptions, requireOption } from '../command-line/read-options.ts';
import { Refusal } from '../command-line/refusal.ts';

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
  const text = isRotation
    ? removeItem(team.text, ['virtual_keys', index, 'hashes'], 0)
    : removeItem(team.text, ['virtual_keys'], index);
  saveEdits(new Map([[team.file, text]]));
  console.error(`${isRotation ? 'The older secret of key' : 'Key'} ${alias} is out of ${team.file}.`);
}

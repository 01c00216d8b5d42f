import { hashKey, makeKey } from '../../environments/schema/key-format.ts';
import { appendItem } from '../edit-yaml/edit-list.ts';
import { saveEdits } from '../save-edits.ts';
import { openEnvironment, openKey } from '../command-line/environments-folder.ts';
import { readOptions, requireOption } from '../command-line/read-options.ts';
import { Refusal } from '../command-line/refusal.ts';
import { showKey } from './show-key.ts';

const HELP = `Makes a second secret for a key and shows it once. Both work, until the older one is revoked:
npm run key -- revoke --env NAME --alias ALIAS --oldest

  npm run key -- rotate --env local --alias mine`;

/** `npm run key -- rotate`. Throws a Refusal. */
export function rotateKey(args: string[]): void {
  const options = readOptions(args, { env: { type: 'string' }, alias: { type: 'string' } }, HELP);
  if (options === undefined) return;
  const environment = openEnvironment(requireOption(options, 'env'));
  const alias = requireOption(options, 'alias');
  const { team, index, hashes } = openKey(environment, alias);
  if (hashes.length > 1) {
    const command = `npm run key -- revoke --env ${environment.name} --alias ${alias} --oldest`;
    throw new Refusal(`key ${alias} is being rotated already: end that first with ${command}`);
  }
  const secret = makeKey();
  const path = ['virtual_keys', index, 'hashes'];
  saveEdits(new Map([[team.file, appendItem(team.text, path, `sha256:${hashKey(secret)}`)]]));
  const title = `The new secret of key ${alias} in ${environment.name}; the older one works too until it is revoked`;
  showKey(secret, { title, file: team.file, environment: environment.name });
}

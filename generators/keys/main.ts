// `npm run key -- <verb>`: virtual keys in environments/, where a key is its hash.
import { printHash } from './print-hash.ts';
import { listKeys } from './list-keys.ts';
import { newKey } from './new-key.ts';
import { Refusal } from '../command-line/refusal.ts';
import { reportRefusal } from '../command-line/report-refusal.ts';
import { revokeKey } from './revoke-key.ts';
import { rotateKey } from './rotate-key.ts';

const HELP = `Virtual keys of an environment. A key is shown once, when it is made; the files hold its hash.

  npm run key -- new     makes a key and writes its hash into the team's file
  npm run key -- list    shows every key with its team, models, budget and end
  npm run key -- rotate  makes a second secret for a key; both work until the older one is revoked
  npm run key -- revoke  removes a key, or the older secret of a rotation
  npm run key -- hash    prints the hash of a key that it reads from standard input

Each has --help. \`npm run -s key -- new ...\` prints nothing but the key on standard output.`;

const VERBS: Readonly<Record<string, (args: string[]) => void | Promise<void>>> = {
  new: newKey,
  list: listKeys,
  rotate: rotateKey,
  revoke: revokeKey,
  hash: printHash,
};

async function main([verb = '--help', ...args]: string[]): Promise<void> {
  if (verb === '--help' || verb === '-h') {
    console.log(HELP);
    return;
  }
  const run = Object.hasOwn(VERBS, verb) ? VERBS[verb] : undefined;
  if (run === undefined) throw new Refusal(`unknown verb ${verb}: use one of ${Object.keys(VERBS).join(', ')}`);
  await run(args);
}

try {
  await main(process.argv.slice(2));
} catch (error) {
  if (!(error instanceof Refusal)) throw error;
  reportRefusal(error, process.env);
}

import { hashKey, isOurKey } from '../../environments/schema/key-format.ts';
import { readOptions } from '../command-line/read-options.ts';
import { Refusal } from '../command-line/refusal.ts';

const HELP = `Reads a key from standard input and prints its hash, the form that a team's file holds. A key is never an
argument: those stay in the history of the shell.

  npm run -s key -- hash < key.txt`;

const MAX_KEY_BYTES = 4_096;

/** `npm run key -- hash`. Throws a Refusal. */
export async function printHash(args: string[]): Promise<void> {
  if (readOptions(args, {}, HELP) === undefined) return;
  if (process.stdin.isTTY) console.error('Paste the key, then press Enter and Ctrl-D.');
  const key = (await readStandardInput()).trim();
  if (key === '' || /\s/.test(key)) throw new Refusal('standard input holds no key: give one, without spaces in it');
  if (!isOurKey(key)) console.error('This is not a key that `npm run key` made; its hash is printed all the same.');
  console.log(`sha256:${hashKey(key)}`);
}

async function readStandardInput(): Promise<string> {
  let text = '';
  for await (const chunk of process.stdin.setEncoding('utf8')) {
    text += String(chunk);
    if (text.length > MAX_KEY_BYTES) throw new Refusal('standard input is longer than any key');
  }
  return text;
}

import { isIPv6 } from 'node:net';
import { request } from 'undici';

const ANSWER_MS = 5_000;
const MOST_CHARACTERS = 4_096;

/**
 * Which revision of its configuration the gateway at an address serves.
 * @throws Error with what it answered instead, or why it did not
 */
export async function askRevision(address: string, port: number): Promise<string> {
  const host = isIPv6(address) ? `[${address}]` : address;
  const { statusCode, body } = await request(`http://${host}:${port}/revision`, {
    signal: AbortSignal.timeout(ANSWER_MS),
    // A kept connection could lead to a pod that has left its address to another.
    reset: true,
  });
  let text = '';
  for await (const chunk of body) {
    text += String(chunk);
    if (text.length > MOST_CHARACTERS) break;
  }
  if (statusCode !== 200) throw new Error(`status ${statusCode}`);
  return readRevision(text);
}

function readRevision(text: string): string {
  try {
    const { revision } = JSON.parse(text) as { revision?: unknown };
    if (typeof revision === 'string') return revision;
  } catch {
    // Not JSON: it is no gateway of ours.
  }
  throw new Error('an answer without a revision');
}

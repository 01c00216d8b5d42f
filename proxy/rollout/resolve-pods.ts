import { lookup } from 'node:dns/promises';
import { isIP } from 'node:net';

/**
 * The addresses behind a name, as this machine's resolver has them now: a headless Service has one per ready pod.
 * An address is its own. None where nobody knows the name or no server answers, since that may pass.
 */
export async function resolvePods(name: string): Promise<string[]> {
  if (isIP(name) !== 0) return [name];
  try {
    const found = await lookup(name, { all: true, family: 4 });
    return [...new Set(found.map(({ address }) => address))].toSorted();
  } catch {
    return [];
  }
}

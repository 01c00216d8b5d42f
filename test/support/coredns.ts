import { mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { Resolver } from 'node:dns/promises';
import { dirname, join } from 'node:path';
import { ProcessGroup } from '../../generators/local-cluster/process-group.ts';
import { waitUntil } from '../../generators/local-cluster/wait-until.ts';

const START_MS = 20_000;

/** A real CoreDNS on loopback. */
export interface CoreDns {
  /** The IPv4 addresses of a name, or the code of the refusal, such as `ENOTFOUND`. Throws where it has ended. */
  ask(name: string): Promise<string[] | string>;
  /** Writes a file beside its Corefile. It notices that by itself where it has the plugin `reload`. */
  write(path: string, text: string): void;
  /** All that it has said so far. */
  log(): string;
  /** Ends it at once and removes its folder. */
  stop(): void;
}

/**
 * Starts CoreDNS in a folder of its own with these files, of which one is the Corefile, and waits until it answers on
 * `port`. Throws with its last words where it ends before.
 */
export async function startCoreDns(port: number, files: Readonly<Record<string, string>>): Promise<CoreDns> {
  const group = new ProcessGroup('tollgate-coredns-');
  const file = (path: string): string => join(group.folder, path);
  const write = (path: string, text: string): void => {
    mkdirSync(dirname(file(path)), { recursive: true });
    writeFileSync(file(path), text);
  };
  const ask = async (name: string): Promise<string[] | string> => {
    group.throwIfEnded();
    return askOnce(port, name);
  };
  try {
    for (const [path, text] of Object.entries(files)) write(path, text);
    group.start('coredns', ['-conf', file('Corefile')]);
    await waitUntil('CoreDNS answers', async () => (await ask('ready.test')) !== 'ECONNREFUSED', START_MS);
  } catch (error) {
    group.stop();
    throw error;
  }
  return {
    ask,
    write,
    log: () => readFileSync(file('coredns.log'), 'utf8'),
    stop: () => group.stop(),
  };
}

/** A resolver of its own for each question, so that no answer is an old one. */
async function askOnce(port: number, name: string): Promise<string[] | string> {
  const resolver = new Resolver({ timeout: 2_000, tries: 2 });
  resolver.setServers([`127.0.0.1:${port}`]);
  try {
    return await resolver.resolve4(name);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code ?? String(error);
  }
}

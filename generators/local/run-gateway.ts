import { spawn, type ChildProcess } from 'node:child_process';
import { join } from 'node:path';
import { GATEWAY_NODE_FLAGS } from '../gateway-node-flags.ts';

const GATEWAY = join(import.meta.dirname, '..', '..', 'proxy', 'main.ts');
const SIGNALS = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;
const SAME_WISH_MS = 1_000;

/** Runs the gateway as a process of its own until it ends, and gives its exit code. */
export function runGateway(
  args: readonly string[],
  options: {
    variables: Readonly<Record<string, string | undefined>>;
    onListening: (address: string) => void;
    /** Stops it as a signal would. */
    stopping?: AbortSignal;
  },
): Promise<number> {
  // In a process group of its own: Ctrl-C reaches this process alone, which passes it on.
  const child = spawn(process.execPath, [...GATEWAY_NODE_FLAGS, GATEWAY, ...args], {
    env: options.variables,
    detached: process.platform !== 'win32',
    stdio: ['ignore', 'inherit', 'inherit', 'ipc'],
  });
  child.on('message', (message) => {
    const address = listeningAddress(message);
    if (address !== undefined) options.onListening(address);
  });
  const passing = passSignals(child);
  options.stopping?.addEventListener('abort', () => child.kill('SIGTERM'), { once: true });
  return new Promise((resolve, reject) => {
    child.once('error', reject);
    child.once('exit', (code, signal) => {
      passing.end();
      if (code === null && !passing.wasAsked()) console.error(`the gateway was ended by ${signal}`);
      resolve(code ?? (passing.wasAsked() ? 0 : 1));
    });
  });
}

function listeningAddress(message: unknown): string | undefined {
  const told = message as { type?: unknown; address?: unknown } | null;
  return told?.type === 'listening' && typeof told.address === 'string' ? told.address : undefined;
}

/** npm passes a Ctrl-C on that the terminal has sent here as well: two signals at once are one wish. */
function passSignals(child: ChildProcess) {
  let lastMs = Number.NEGATIVE_INFINITY;
  const pass = (signal: NodeJS.Signals) => {
    if (performance.now() - lastMs < SAME_WISH_MS) return;
    lastMs = performance.now();
    child.kill(signal === 'SIGHUP' ? 'SIGTERM' : signal);
  };
  for (const signal of SIGNALS) process.on(signal, pass);
  return {
    wasAsked: () => Number.isFinite(lastMs),
    end() {
      for (const signal of SIGNALS) process.off(signal, pass);
    },
  };
}

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { waitUntil } from '../../generators/local-cluster/wait-until.ts';

export interface NpmStart {
  /** http://127.0.0.1:<port> */
  readonly address: string;
  readonly key: string;
  /** All that it has printed so far. */
  output(): string;
  /** Sends the signal to npm, or as Ctrl-C does to its whole process group, and gives npm's exit code. */
  stop(signal: NodeJS.Signals, whom?: 'npm' | 'group'): Promise<number | null>;
}

export interface NpmStartOptions {
  readonly args?: readonly string[];
  readonly variables?: Readonly<Record<string, string>>;
  /** Runs it as this account; needs root. */
  readonly account?: { readonly uid: number; readonly gid: number };
}

const READY = /Ctrl-C stops it|^Tollgate serves /m;

/** Runs `npm start` in the project until it ends by itself, and gives what it said. */
export async function runNpmStart(project: string, options: NpmStartOptions = {}) {
  const { child, output } = spawnNpm(project, options);
  const [code] = (await once(child, 'close')) as [number | null];
  return { code, output: output() };
}

/** Runs `npm start` in the project until it serves. */
export async function startNpm(project: string, options: NpmStartOptions = {}): Promise<NpmStart> {
  const { child, output } = spawnNpm(project, options);
  const closed = once(child, 'close') as Promise<[number | null]>;
  const hasEnded = () => child.exitCode !== null || child.signalCode !== null;
  await waitUntil('npm start serves', async () => {
    if (hasEnded()) throw new Error(`npm start ended: ${output()}`);
    return READY.test(output());
  });
  return {
    address: /http:\/\/127\.0\.0\.1:\d+/.exec(output())?.[0] ?? '',
    key: /sk-tollgate-\w+/.exec(output())?.[0] ?? '',
    output,
    async stop(signal, whom = 'npm') {
      const pid = child.pid ?? 0;
      if (!hasEnded()) process.kill(whom === 'group' ? -pid : pid, signal);
      const [code] = await closed;
      return code;
    },
  };
}

function spawnNpm(project: string, { args = [], variables = {}, account }: NpmStartOptions) {
  const { PATH, LANG } = process.env;
  const child = spawn('npm', ['start', ...(args.length > 0 ? ['--', ...args] : [])], {
    cwd: project,
    env: { PATH: PATH ?? '', LANG: LANG ?? '', HOME: project, PORT: '0', ...variables },
    // A process group of its own, as a terminal would give it.
    detached: true,
    stdio: ['ignore', 'pipe', 'pipe'],
    ...account,
  });
  let output = '';
  child.stdout.on('data', (chunk: Buffer) => (output += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (output += chunk.toString()));
  return { child, output: () => output };
}

/** The living processes whose command line names the folder, by id. */
export function processesOf(folder: string): Map<number, string> {
  const lines = execFileSync('ps', ['-axo', 'pid=,args='], { encoding: 'utf8' }).trim().split('\n');
  const found = lines.map((line) => /^\s*(\d+)\s(.*)$/.exec(line) ?? []);
  return new Map(found.flatMap(([, pid, args = '']) => (args.includes(folder) ? [[Number(pid), args] as const] : [])));
}

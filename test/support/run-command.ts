import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';

const ROOT = join(import.meta.dirname, '..', '..');

export interface EndedCommand {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs one of our programs to its end, with PATH and these variables alone. `onPrint` is told all of stdout so far. */
export async function runCommand(
  args: readonly string[],
  variables: Readonly<Record<string, string>> = {},
  onPrint: (stdout: string) => void = () => undefined,
  cwd: string = ROOT,
): Promise<EndedCommand> {
  const child = spawn(process.execPath, args, {
    cwd,
    env: { PATH: process.env['PATH'], ...variables },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const printed = { stdout: '', stderr: '' };
  child.stdout.on('data', (chunk: Buffer) => onPrint((printed.stdout += chunk.toString())));
  child.stderr.on('data', (chunk: Buffer) => (printed.stderr += chunk.toString()));
  const [exitCode] = (await once(child, 'close')) as [number];
  return { exitCode, ...printed };
}

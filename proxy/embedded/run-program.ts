import { spawn } from 'node:child_process';
import type { ServerAccount } from './server-account.ts';

const TIMEOUT_MS = 120_000;
const MAX_OUTPUT_CHARACTERS = 20_000;

/** Runs a program to its end and gives what it said; code 127 where it cannot even start. */
export function runProgram(
  program: string,
  args: readonly string[],
  account: ServerAccount | undefined,
): Promise<{ code: number; output: string }> {
  return new Promise((resolve) => {
    // An account that may not enter the gateway's own working folder still has the root folder.
    const options = { cwd: '/', timeout: TIMEOUT_MS, windowsHide: true, ...account };
    const child = spawn(program, args, { ...options, stdio: ['ignore', 'pipe', 'pipe'] });
    let output = '';
    const collect = (chunk: Buffer) => {
      output = `${output}${chunk.toString()}`.slice(-MAX_OUTPUT_CHARACTERS);
    };
    child.stdout.on('data', collect);
    child.stderr.on('data', collect);
    child.on('error', (error) => resolve({ code: 127, output: error.message }));
    child.on('close', (code) => resolve({ code: code ?? 1, output }));
  });
}

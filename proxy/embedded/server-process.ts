import { readFile, readlink, realpath } from 'node:fs/promises';
import { basename } from 'node:path';
import { runProgram } from './run-program.ts';

/** Whether the process lives: a zombie does not. */
export async function isAlive(pid: number): Promise<boolean> {
  if (!isThere(pid)) return false;
  const stat = await readFile(`/proc/${pid}/stat`, 'utf8').catch(() => undefined);
  // There is no such file on other systems, and none any more of a process that went in the meantime.
  if (stat === undefined) return isThere(pid);
  // The name in brackets may hold anything, brackets and spaces included.
  return stat.slice(stat.lastIndexOf(')') + 2, stat.lastIndexOf(')') + 3) !== 'Z';
}

function isThere(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/** Whether the process is a living Postgres that works in this folder (which may have been renamed since). */
export async function isServerOf(pid: number, dataFolder: string): Promise<boolean> {
  if (!(await isAlive(pid))) return false;
  if (process.platform === 'linux') {
    const workFolder = await readlink(`/proc/${pid}/cwd`).catch(() => undefined);
    return workFolder === (await realpath(dataFolder));
  }
  // Windows keeps a second server out by itself.
  if (process.platform === 'win32') return false;
  const { output } = await runProgram('/bin/ps', ['-o', 'comm=', '-p', String(pid)], undefined);
  return basename(output.trim()) === 'postgres';
}

import { readFileSync } from 'node:fs';

const STATE_FIELD = 0;
const START_FIELD = 19;

/**
 * What tells a living process from an earlier one of the same number, as in a container that is always process 1.
 * Undefined where the process is dead.
 */
export function processMark(pid: number): string | undefined {
  if (process.platform !== 'linux') return isAlive(pid) ? 'alive' : undefined;
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The name in brackets may hold anything, spaces and brackets included.
    const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
    return fields[STATE_FIELD] === 'Z' ? undefined : `started at tick ${fields[START_FIELD]}`;
  } catch {
    return undefined;
  }
}

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

import { execFileSync } from 'node:child_process';
import { readdirSync, readFileSync } from 'node:fs';

let ticksPerSecond: number | undefined;

/** Microseconds of CPU, user and system, that the living processes of one group have used so far. */
export function readGroupCpuMicros(group: number): number {
  ticksPerSecond ??= Number(execFileSync('getconf', ['CLK_TCK'], { encoding: 'utf8' }));
  const ticks = readdirSync('/proc')
    .filter((name) => /^\d+$/.test(name))
    .map((pid) => parseStat(readStat(pid)))
    .filter((stat) => stat?.group === group)
    .reduce((sum, stat) => sum + (stat?.cpuTicks ?? 0), 0);
  return (ticks / ticksPerSecond) * 1_000_000;
}

function readStat(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/stat`, 'utf8');
  } catch {
    return ''; // ended since the folder was read
  }
}

/** Process group and CPU ticks from a line of /proc/<pid>/stat; the program's name may hold spaces and brackets. */
export function parseStat(line: string): { group: number; cpuTicks: number } | undefined {
  const fields = line.slice(line.lastIndexOf(')') + 2).split(' ');
  const [, , group, , , , , , , , , userTicks, systemTicks] = fields.map(Number);
  if (group === undefined || userTicks === undefined || systemTicks === undefined) return undefined;
  return { group, cpuTicks: userTicks + systemTicks };
}

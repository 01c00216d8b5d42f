import { availableParallelism } from 'node:os';
import { POSTGRES_PROGRAMS } from '../support/postgres.ts';
import { missingPrograms } from '../support/real-program.ts';
import type { BenchOptions } from './options.ts';

/** What this machine lacks for the measurement, one line each; empty when it can start. */
export function findLacks({ variants }: BenchOptions): string[] {
  const programs = ['taskset', 'wrk', 'nginx', ...(variants.includes('tollgate') ? POSTGRES_PROGRAMS : [])];
  const lacks = missingPrograms(programs).map((program) => `${program} is not on PATH`);
  if (process.platform !== 'linux') lacks.push('CPU time is read from /proc, which only Linux has');
  if (availableParallelism() < 2) lacks.push('two cores are wanted: one for the gateway, one for the load');
  return lacks;
}

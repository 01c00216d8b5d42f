import { setTimeout as delay } from 'node:timers/promises';
import { readGroupCpuMicros } from './cpu-time.ts';
import type { BenchGateway } from './gateways.ts';
import type { BenchOptions } from './options.ts';
import { runLoad, type Load } from './wrk.ts';

/** What one round saw of one target; `direct` is the upstream without a gateway. */
export interface Sample {
  readonly target: string;
  readonly requests: number;
  readonly requestsPerSecond: number;
  readonly cpuMicrosPerRequest: number;
  readonly errors: number;
  /** At a low rate, where nothing queues. */
  readonly p50Micros: number;
  readonly p99Micros: number;
}

/** Latency is measured with one connection that pauses this long after each answer. */
export const LOW_RATE = { connections: 1, pauseMs: 1 };
const LOW_RATE_SECONDS = 2;

export interface Bench {
  readonly folder: string;
  readonly upstreamAddress: string;
  readonly gateways: readonly BenchGateway[];
  readonly options: BenchOptions;
}

/** All targets one after the other, round by round, so that a slow spell of the machine meets them all. */
export async function measure(bench: Bench, progress: (line: string) => void): Promise<Sample[]> {
  const samples: Sample[] = [];
  for (let round = 0; round <= bench.options.rounds; round += 1) {
    progress(round === 0 ? 'warming up' : `round ${round} of ${bench.options.rounds}`);
    const seen = [await measureDirect(bench)];
    for (const gateway of bench.gateways) {
      const sample = await measureGateway(bench, gateway).catch((cause: Error) => {
        throw new Error(`${gateway.variant}: ${cause.message}\n${gateway.program.lastWords()}`, { cause });
      });
      seen.push(sample);
    }
    if (round > 0) samples.push(...seen);
  }
  return samples;
}

async function measureDirect({ folder, upstreamAddress, options }: Bench): Promise<Sample> {
  const slow = await runLoad(folder, lowRate(upstreamAddress, options));
  return { ...slow, target: 'direct', cpuMicrosPerRequest: 0 };
}

async function measureGateway({ folder, options }: Bench, gateway: BenchGateway): Promise<Sample> {
  const { address, program, settleMs, variant } = gateway;
  const { connections, seconds, isStream } = options;
  const before = readGroupCpuMicros(program.pid);
  const full = await runLoad(folder, { address, connections, seconds, pauseMs: 0, isStream });
  await delay(settleMs);
  const cpuMicros = readGroupCpuMicros(program.pid) - before;
  const slow = await runLoad(folder, lowRate(address, options));
  await delay(settleMs);
  return {
    target: variant,
    requests: full.requests,
    requestsPerSecond: full.requestsPerSecond,
    cpuMicrosPerRequest: cpuMicros / full.requests,
    errors: full.errors + slow.errors,
    p50Micros: slow.p50Micros,
    p99Micros: slow.p99Micros,
  };
}

function lowRate(address: string, { seconds, isStream }: BenchOptions): Load {
  return { address, ...LOW_RATE, seconds: Math.min(seconds, LOW_RATE_SECONDS), isStream };
}

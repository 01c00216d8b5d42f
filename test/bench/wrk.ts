import { execFile } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { requestBody } from './chat-payload.ts';
import { BENCH_KEY } from './tollgate-config.ts';
import { LOAD_CORE } from './variants.ts';

/** One run of the load generator. */
export interface LoadResult {
  readonly requests: number;
  readonly requestsPerSecond: number;
  readonly p50Micros: number;
  readonly p99Micros: number;
  /** Answers above 399 and connections that failed. */
  readonly errors: number;
}

export interface Load {
  readonly address: string;
  readonly connections: number;
  readonly seconds: number;
  /** Pause of each connection between an answer and its next request; 0 asks without pause. */
  readonly pauseMs: number;
  readonly isStream: boolean;
}

const PATH = '/v1/chat/completions';
const GRACE_MS = 30_000;

/** Runs wrk, pinned beside the upstream. @throws Error with its output where it fails or prints no figures */
export async function runLoad(folder: string, load: Load): Promise<LoadResult> {
  const script = join(folder, 'load.lua');
  writeFileSync(script, luaScript(load));
  const wrk = ['wrk', '-t1', `-c${load.connections}`, `-d${load.seconds}s`, '--timeout', '10s', '-s', script];
  const { stdout } = await promisify(execFile)('taskset', ['-c', String(LOAD_CORE), ...wrk, load.address + PATH], {
    timeout: load.seconds * 1_000 + GRACE_MS,
  });
  return readFigures(stdout);
}

/** The figures from the line that our script adds to wrk's output. */
export function readFigures(output: string): LoadResult {
  const line = output.split('\n').find((candidate) => candidate.startsWith('figures '));
  const numbers = line?.split(' ').slice(1).map(Number) ?? [];
  const [requests, micros, p50Micros, p99Micros, errors] = numbers;
  if (requests === undefined || micros === undefined || p50Micros === undefined || p99Micros === undefined)
    throw new Error(`wrk printed no figures:\n${output}`);
  if (requests === 0) throw new Error(`wrk got no answer:\n${output}`);
  return { requests, requestsPerSecond: (requests / micros) * 1_000_000, p50Micros, p99Micros, errors: errors ?? 0 };
}

function luaScript({ pauseMs, isStream }: Load): string {
  return `wrk.method = "POST"
wrk.headers["Authorization"] = "Bearer ${BENCH_KEY}"
wrk.headers["Content-Type"] = "application/json"
wrk.body = [==[${requestBody(isStream)}]==]
${pauseMs === 0 ? '' : `function delay() return ${pauseMs} end`}
function done(summary, latency, requests)
  local e = summary.errors
  print(string.format("figures %d %d %d %d %d", summary.requests, summary.duration, latency:percentile(50),
    latency:percentile(99), e.connect + e.read + e.write + e.status + e.timeout))
end
`;
}

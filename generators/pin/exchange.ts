import { setTimeout as pause } from 'node:timers/promises';
import { ArtifactFailure } from './artifact-failure.ts';
import { requireSafe } from './registry-address.ts';

/** A whole answer of a registry. */
export interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly body: Buffer;
}

export interface Question {
  readonly method?: 'GET' | 'POST';
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

/** How long and how often a registry is asked. */
export interface Patience {
  readonly timeoutMs: number;
  /** The pause before each further attempt; as many attempts as pauses follow the first. */
  readonly pausesMs: readonly number[];
}

export const PATIENCE: Patience = { timeoutMs: 15_000, pausesMs: [500, 2_000] };

const MAX_BODY_BYTES = 8_388_608;
const MAX_REDIRECTS = 5;
const LONGEST_RETRY_AFTER_MS = 10_000;

/** No answer came, however often the registry was asked. */
export class Unreachable extends ArtifactFailure {}

/**
 * Asks, and asks again after what may pass: no connection, a time-out, 408, 429 and 5xx. Follows redirects, but never
 * with the credentials of one origin to another, and never without TLS. Throws Unreachable or another ArtifactFailure.
 */
export async function exchange(url: URL, question: Question, patience: Patience): Promise<Answer> {
  let failure: unknown;
  for (let attempt = 0; attempt <= patience.pausesMs.length; attempt += 1) {
    const pauseMs = patience.pausesMs[attempt] ?? 0;
    const isLast = attempt === patience.pausesMs.length;
    try {
      const answer = await ask(url, question, patience.timeoutMs);
      if (isLast || !mayPass(answer.status)) return answer;
      await pause(Math.max(pauseMs, retryAfterMs(answer.headers)));
    } catch (error) {
      if (error instanceof ArtifactFailure) throw error;
      failure = error;
      if (!isLast) await pause(pauseMs);
    }
  }
  throw new Unreachable(`${url.host} cannot be reached: ${reasonOf(failure, patience.timeoutMs)}`, { cause: failure });
}

async function ask(first: URL, question: Question, timeoutMs: number): Promise<Answer> {
  const signal = AbortSignal.timeout(timeoutMs);
  let url = first;
  for (let hop = 0; hop <= MAX_REDIRECTS; hop += 1) {
    requireSafe(url);
    const headers = url.origin === first.origin ? question.headers : withoutCredentials(question.headers);
    const response = await fetch(url, { ...question, headers, redirect: 'manual', signal });
    const location = response.headers.get('location');
    if (response.status < 300 || response.status > 399 || location === null)
      return { status: response.status, headers: response.headers, body: await readBody(response, url) };
    await response.body?.cancel();
    url = new URL(location, url);
  }
  throw new ArtifactFailure(`${first.host} redirects more than ${MAX_REDIRECTS} times`);
}

async function readBody(response: Response, url: URL): Promise<Buffer> {
  const chunks: Uint8Array[] = [];
  let bytes = 0;
  for await (const chunk of response.body ?? []) {
    bytes += chunk.byteLength;
    if (bytes > MAX_BODY_BYTES) throw new ArtifactFailure(`${url.host} answers with more than ${MAX_BODY_BYTES} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

function withoutCredentials(headers: Question['headers']): Record<string, string> {
  return Object.fromEntries(Object.entries(headers).filter(([name]) => name.toLowerCase() !== 'authorization'));
}

function mayPass(status: number): boolean {
  return status === 408 || status === 429 || status >= 500;
}

function retryAfterMs(headers: Headers): number {
  const seconds = Number(headers.get('retry-after') ?? 0);
  return Number.isFinite(seconds) ? Math.min(seconds * 1_000, LONGEST_RETRY_AFTER_MS) : 0;
}

function reasonOf(error: unknown, timeoutMs: number): string {
  if (!(error instanceof Error)) return 'no answer';
  if (error.name === 'TimeoutError') return `no answer within ${timeoutMs} ms`;
  const { cause } = error;
  return cause instanceof Error && 'code' in cause ? String(cause.code) : error.message;
}

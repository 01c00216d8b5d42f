import type { TokenUsage } from '../spend/spend-log.ts';

interface ReportedUsage {
  prompt_tokens?: unknown;
  completion_tokens?: unknown;
  prompt_tokens_details?: { cached_tokens?: unknown; audio_tokens?: unknown; cache_creation_tokens?: unknown } | null;
  completion_tokens_details?: { reasoning_tokens?: unknown; audio_tokens?: unknown } | null;
}

export const NO_USAGE: TokenUsage = Object.freeze({
  input: 0,
  cachedRead: 0,
  cacheWrite: 0,
  audioInput: 0,
  output: 0,
  reasoning: 0,
  audioOutput: 0,
});

/**
 * The usage object of OpenAI's API as kinds of tokens that do not overlap. There `prompt_tokens` includes cached and
 * audio tokens, and `completion_tokens` includes reasoning and audio tokens; counted as they stand they would be
 * charged twice. Undefined where the upstream sent no counts.
 */
export function readUsage(reported: unknown): TokenUsage | undefined {
  if (typeof reported !== 'object' || reported === null) return undefined;
  const usage = reported as ReportedUsage;
  if (typeof usage.prompt_tokens !== 'number') return undefined;
  const prompt = usage.prompt_tokens_details;
  const completion = usage.completion_tokens_details;
  const cachedRead = count(prompt?.cached_tokens);
  const cacheWrite = count(prompt?.cache_creation_tokens);
  const audioInput = count(prompt?.audio_tokens);
  const reasoning = count(completion?.reasoning_tokens);
  const audioOutput = count(completion?.audio_tokens);
  return {
    input: Math.max(0, count(usage.prompt_tokens) - cachedRead - cacheWrite - audioInput),
    cachedRead,
    cacheWrite,
    audioInput,
    output: Math.max(0, count(usage.completion_tokens) - reasoning - audioOutput),
    reasoning,
    audioOutput,
  };
}

/** Tokens of all kinds, as tokens-per-minute limits count them. */
export function totalTokens(usage: TokenUsage): number {
  return (
    usage.input +
    usage.cachedRead +
    usage.cacheWrite +
    usage.audioInput +
    usage.output +
    usage.reasoning +
    usage.audioOutput
  );
}

function count(value: unknown): number {
  return typeof value === 'number' && Number.isSafeInteger(value) && value > 0 ? value : 0;
}

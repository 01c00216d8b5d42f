import { randomBytes } from 'node:crypto';
import { textOf, type ChatRequest } from './chat-request.ts';
import type { Directives } from './parse-directives.ts';

/** One answer, as both of its forms need it. */
export interface ChatAnswer {
  readonly id: string;
  /** Seconds since 1970. */
  readonly created: number;
  readonly model: string;
  /** One piece per token; joined they are the text of every choice. */
  readonly tokens: readonly string[];
  readonly finishReason: 'stop' | 'length';
  readonly choiceCount: number;
  readonly usage: ReturnType<typeof countUsage>;
}

const MAX_QUOTED_CHARACTERS = 200;
const FILLER = ' word';

/** The text of the last user message: the question, and the directives. */
export function lastUserText({ messages }: ChatRequest): string {
  return textOf(messages.findLast(({ role }) => role === 'user')?.content);
}

/** The same question gets the same text, which says that no model stands behind it. */
export function composeAnswer(request: ChatRequest, directives: Directives): ChatAnswer {
  const whole = fitLength(splitTokens(composeText(request)), directives.tokens);
  const limit = request.max_completion_tokens ?? request.max_tokens ?? Number.POSITIVE_INFINITY;
  const tokens = whole.slice(0, limit);
  const choiceCount = request.n ?? 1;
  return {
    id: `chatcmpl-${randomBytes(15).toString('base64url')}`,
    created: Math.floor(Date.now() / 1_000),
    model: request.model,
    tokens,
    finishReason: tokens.length < whole.length ? 'length' : 'stop',
    choiceCount,
    usage: countUsage(countPromptTokens(request), tokens.length * choiceCount),
  };
}

function composeText(request: ChatRequest): string {
  const quoted = lastUserText(request).trim().slice(0, MAX_QUOTED_CHARACTERS);
  return `This is the simulator of Tollgate, not a model. You wrote: ${quoted || '(nothing)'}`;
}

function fitLength(tokens: string[], length: number | undefined): string[] {
  if (length === undefined) return tokens;
  const missing = Math.max(length - tokens.length, 0);
  return [...tokens.slice(0, length), ...Array.from({ length: missing }, () => FILLER)];
}

/** A word with the space before it is one token here. */
function splitTokens(text: string): string[] {
  return text.match(/\s*\S+/g) ?? [];
}

function countUsage(promptTokens: number, completionTokens: number) {
  return {
    prompt_tokens: promptTokens,
    completion_tokens: completionTokens,
    total_tokens: promptTokens + completionTokens,
    prompt_tokens_details: { cached_tokens: 0, audio_tokens: 0 },
    completion_tokens_details: {
      reasoning_tokens: 0,
      audio_tokens: 0,
      accepted_prediction_tokens: 0,
      rejected_prediction_tokens: 0,
    },
  };
}

/** About what OpenAI counts: four characters a token, four tokens around each message, three to begin the answer. */
function countPromptTokens({ messages }: ChatRequest): number {
  return messages.reduce((sum, { content }) => sum + 4 + countTokens(textOf(content)), 3);
}

export function countTokens(text: string): number {
  return Math.ceil(text.length / 4);
}

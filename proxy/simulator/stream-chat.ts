import { once } from 'node:events';
import type { ServerResponse } from 'node:http';
import type { ChatAnswer } from './compose-answer.ts';
import { pause } from './follow-directives.ts';
import type { Directives } from './parse-directives.ts';

/** Writes the answer as OpenAI's server-sent events: role, content, finish reason, usage where asked for, [DONE]. */
export async function streamChat(
  answer: ChatAnswer,
  includeUsage: boolean,
  { cut, slow }: Directives,
  response: ServerResponse,
): Promise<void> {
  response.setHeader('content-type', 'text/event-stream; charset=utf-8');
  response.setHeader('cache-control', 'no-cache');
  response.flushHeaders();

  let written = 0;
  for (const frame of makeFrames(answer, includeUsage)) {
    if (written === cut) break;
    if (written > 0 && slow !== undefined) await pause(slow, response);
    if (response.destroyed) return;
    if (!response.write(`data: ${frame}\n\n`)) await Promise.race([once(response, 'drain'), once(response, 'close')]);
    written += 1;
  }
  if (cut === undefined) response.end();
  else response.write('', () => response.destroy());
}

function* makeFrames(answer: ChatAnswer, includeUsage: boolean): Generator<string> {
  const { id, created, model, tokens, choiceCount, finishReason, usage } = answer;
  const origin = { id, object: 'chat.completion.chunk', created, model };
  const head = { ...origin, service_tier: 'default', system_fingerprint: 'fp_simulator' };
  const noUsage = includeUsage ? { usage: null } : {};
  const frame = (index: number, delta: object, finish: string | null = null) =>
    JSON.stringify({ ...head, choices: [{ index, delta, logprobs: null, finish_reason: finish }], ...noUsage });
  const indices = Array.from({ length: choiceCount }, (_, index) => index);

  for (const index of indices) yield frame(index, { role: 'assistant', content: '', refusal: null });
  for (const content of tokens) for (const index of indices) yield frame(index, { content });
  for (const index of indices) yield frame(index, {}, finishReason);
  if (includeUsage) yield JSON.stringify({ ...head, choices: [], usage });
  yield '[DONE]';
}

import type { ServerResponse } from 'node:http';
import { ChatRequest, parseRequest } from './chat-request.ts';
import { composeAnswer, lastUserText, type ChatAnswer } from './compose-answer.ts';
import { followDirectives } from './follow-directives.ts';
import { parseDirectives } from './parse-directives.ts';
import { streamChat } from './stream-chat.ts';
import { writeAnswer } from './write-answer.ts';

/** POST /chat/completions, whole or as a stream. */
export async function answerChat(body: unknown, response: ServerResponse, startedAtMs: number): Promise<void> {
  const request = parseRequest(ChatRequest, body);
  const directives = parseDirectives(lastUserText(request));
  await followDirectives(directives, response);

  const answer = composeAnswer(request, directives);
  response.setHeader('openai-processing-ms', Math.round(performance.now() - startedAtMs));
  if (request.stream === true)
    return streamChat(answer, request.stream_options?.include_usage === true, directives, response);
  writeAnswer(wholeAnswer(answer), directives, response);
}

function wholeAnswer({ id, created, model, choiceCount, tokens, finishReason, usage }: ChatAnswer) {
  const message = { role: 'assistant', content: tokens.join(''), refusal: null, annotations: [] };
  const choices = Array.from({ length: choiceCount }, (_, index) => ({
    index,
    message,
    logprobs: null,
    finish_reason: finishReason,
  }));
  const origin = { service_tier: 'default', system_fingerprint: 'fp_simulator' };
  return { id, object: 'chat.completion', created, model, choices, usage, ...origin };
}

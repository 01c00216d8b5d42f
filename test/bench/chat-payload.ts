// The traffic: a chat request of about 2 KB, and an answer of about 1.3 KB or of 30 server-sent events.

export const MODEL = 'bench-model';

const QUESTION =
  'Summarise the incident below for the people on call tonight: what failed, who noticed, what is safe to retry. ';
const ANSWER = 'The queue filled because one consumer stopped reading; a restart is safe and loses nothing. ';
const STREAM_FRAMES = 30;

/** What the load generator sends. */
export function requestBody(isStream: boolean): string {
  const messages = [
    { role: 'system', content: 'You answer in short sentences.' },
    { role: 'user', content: QUESTION.repeat(17) },
  ];
  const streaming = isStream ? { stream: true, stream_options: { include_usage: true } } : {};
  return JSON.stringify({ model: MODEL, messages, temperature: 0.2, max_tokens: 400, ...streaming });
}

const identity = { id: 'chatcmpl-bench', created: 1_767_225_600, model: 'gpt-4o-mini-2024-07-18' };
const usage = { prompt_tokens: 420, completion_tokens: 180, total_tokens: 600 };

/** What the upstream answers. */
export function answerBody(): string {
  const choice = { index: 0, message: { role: 'assistant', content: ANSWER.repeat(11) }, finish_reason: 'stop' };
  return JSON.stringify({ object: 'chat.completion', ...identity, choices: [choice], usage });
}

/** What the upstream streams: 30 frames with text, one with the usage, and the end. */
export function answerFrames(): string[] {
  const head = { object: 'chat.completion.chunk', ...identity };
  const texts = Array.from({ length: STREAM_FRAMES }, (_, index) => ({
    ...head,
    choices: [{ index: 0, delta: { content: `word${index} ` }, finish_reason: null }],
  }));
  const frames = [...texts, { ...head, choices: [], usage }].map((frame) => `data: ${JSON.stringify(frame)}\n\n`);
  return [...frames, 'data: [DONE]\n\n'];
}

import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { z } from 'zod';
import { parseRequest } from './chat-request.ts';
import { countTokens } from './compose-answer.ts';
import { followDirectives } from './follow-directives.ts';
import { parseDirectives } from './parse-directives.ts';
import { writeAnswer } from './write-answer.ts';

const DEFAULT_DIMENSIONS = 1_536;
const Text = z.string().min(1);
const Tokens = z.array(z.int().nonnegative()).min(1);

const EmbeddingsRequest = z.object({
  model: z.string(),
  input: z.union([Text, z.array(Text).min(1).max(2_048), Tokens, z.array(Tokens).min(1).max(2_048)]),
  encoding_format: z.enum(['float', 'base64']).nullish(),
  dimensions: z.int().min(1).max(4_096).nullish(),
});
type EmbeddingInput = string | readonly number[];

/** POST /embeddings: a vector of length 1 for each input, the same for the same input. */
export async function answerEmbeddings(body: unknown, response: ServerResponse, startedAtMs: number): Promise<void> {
  const request = parseRequest(EmbeddingsRequest, body);
  const inputs = listInputs(request.input);
  const directives = parseDirectives(inputs.filter((input) => typeof input === 'string').at(-1) ?? '');
  await followDirectives(directives, response);

  const dimensions = request.dimensions ?? DEFAULT_DIMENSIONS;
  const data = inputs.map((input, index) => {
    const vector = makeVector(JSON.stringify(input), dimensions);
    const embedding = request.encoding_format === 'base64' ? toBase64(vector) : [...vector];
    return { object: 'embedding', index, embedding };
  });
  const tokens = inputs.reduce(
    (sum, input) => sum + (typeof input === 'string' ? countTokens(input) : input.length),
    0,
  );
  const usage = { prompt_tokens: tokens, total_tokens: tokens };
  response.setHeader('openai-processing-ms', Math.round(performance.now() - startedAtMs));
  writeAnswer({ object: 'list', data, model: request.model, usage }, directives, response);
}

function listInputs(input: z.infer<typeof EmbeddingsRequest>['input']): readonly EmbeddingInput[] {
  if (typeof input === 'string') return [input];
  return typeof input[0] === 'number' ? [input as number[]] : (input as (string | number[])[]);
}

function makeVector(seed: string, dimensions: number): Float32Array {
  const vector = new Float32Array(dimensions);
  let state = createHash('sha256').update(seed).digest().readUInt32LE() || 1;
  let squares = 0;
  for (let index = 0; index < dimensions; index += 1) {
    // xorshift32: spread enough, and the same everywhere.
    state ^= state << 13;
    state ^= state >>> 17;
    state ^= state << 5;
    const value = state / 2 ** 31;
    vector[index] = value;
    squares += value * value;
  }
  return vector.map((value) => value / Math.sqrt(squares));
}

function toBase64(vector: Float32Array): string {
  const bytes = Buffer.alloc(vector.length * 4);
  vector.forEach((value, index) => bytes.writeFloatLE(value, index * 4));
  return bytes.toString('base64');
}

import { z } from 'zod';
import { SimulatedError } from './simulated-error.ts';

const Content = z.union([
  z.string(),
  z.array(z.looseObject({ type: z.string(), text: z.string().optional() })),
  z.null(),
]);

/** What the simulator reads of a chat request; all else is let pass, as an upstream with more features would. */
export const ChatRequest = z.object({
  model: z.string(),
  messages: z.array(z.looseObject({ role: z.string(), content: Content.optional() })).min(1),
  stream: z.boolean().nullish(),
  stream_options: z.object({ include_usage: z.boolean().nullish() }).nullish(),
  max_tokens: z.int().positive().nullish(),
  max_completion_tokens: z.int().positive().nullish(),
  n: z.int().min(1).max(128).nullish(),
});
export type ChatRequest = z.infer<typeof ChatRequest>;

/** Parses a body, or throws OpenAI's 400 about its first fault. */
export function parseRequest<T extends z.ZodType>(schema: T, body: unknown): z.infer<T> {
  const result = schema.safeParse(body);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  const param = (issue?.path ?? []).map(String).join('.');
  const isMissing = issue?.code === 'invalid_type' && issue.message.endsWith('received undefined');
  if (isMissing) throw new SimulatedError(400, `Missing required parameter: '${param}'.`, refusal(param, true));
  throw new SimulatedError(400, `Invalid value for '${param}': ${issue?.message}.`, refusal(param, false));
}

function refusal(param: string, isMissing: boolean) {
  return { param, code: isMissing ? 'missing_required_parameter' : 'invalid_value' };
}

/** The text of a message, its parts joined. */
export function textOf(content: z.infer<typeof Content> | undefined): string {
  if (typeof content === 'string') return content;
  return (content ?? []).map((part) => part.text ?? '').join('\n');
}

import { addUpstreamHeaders, answerHeaders } from '../endpoints/answer-headers.ts';
import { errorEnvelope, GatewayError } from '../errors.ts';
import { estimateInputTokens } from '../limits/worst-case.ts';
import type { GatewayRequest } from '../request/gateway-request.ts';
import type { Outcome, RequestState } from '../request-state.ts';
import type { TriedDeployments } from '../routing/try-deployments.ts';
import type { TokenUsage } from '../spend/spend-log.ts';
import { readAnswerUsage } from '../usage/read-answer-usage.ts';
import { NO_USAGE } from '../usage/read-usage.ts';
import type { AttemptResult } from './exchange.ts';

type Answered = Extract<AttemptResult, { kind: 'answered' }>;
type Failed = Extract<AttemptResult, { kind: 'failed' }>;

const HTTP_CLIENT_CLOSED = 499;
const BYTES_PER_TOKEN = 4;

/** What the last attempt means for the client and for the books. */
export function outcomeOf(tried: TriedDeployments, state: RequestState): Outcome {
  const { result } = tried;
  if (result.kind === 'streamed') return outcomeOfStream(tried, state);
  if (result.kind === 'abandoned') return outcomeOfAbandoned(tried, state);
  if (result.kind === 'failed') return outcomeOfFailure(tried, result, state);
  return result.status < 400 ? outcomeOfAnswer(tried, result, state) : outcomeOfRefusal(tried, result, state);
}

function outcomeOfStream(tried: TriedDeployments, state: RequestState): Outcome {
  const { tap } = tried.relay;
  return {
    ...common(tried),
    answer: { kind: 'rest', bytes: tap.rest },
    status: 'success',
    httpStatus: 200,
    usage: tap.usage ?? estimated(state.request, tap.estimateOutputTokens()),
    usageSource: tap.usage === undefined ? 'estimated' : 'upstream',
    cacheableBody: state.keepsAnswer && tap.isDone ? tried.relay.sentBytes() : undefined,
  };
}

function outcomeOfAnswer(tried: TriedDeployments, result: Answered, state: RequestState): Outcome {
  const usage = readAnswerUsage(result.body);
  const outputTokens = state.request.endpoint === 'embeddings' ? 0 : Math.ceil(result.body.length / BYTES_PER_TOKEN);
  return {
    ...common(tried),
    answer: wholeAnswer(tried, result, state, result.status, result.body),
    status: 'success',
    httpStatus: result.status,
    usage: usage ?? estimated(state.request, outputTokens),
    usageSource: usage === undefined ? 'estimated' : 'upstream',
    cacheableBody: state.keepsAnswer && result.status === 200 ? result.body : undefined,
  };
}

/** The client left: what the upstream was given and had answered by then is paid for, by estimate. */
function outcomeOfAbandoned(tried: TriedDeployments, state: RequestState): Outcome {
  const { tap } = tried.relay;
  return {
    ...common(tried),
    answer: { kind: 'none' },
    status: 'client_closed',
    httpStatus: HTTP_CLIENT_CLOSED,
    errorCode: 'client_closed',
    usage: tap.usage ?? estimated(state.request, tap.estimateOutputTokens()),
    usageSource: tap.usage === undefined ? 'estimated' : 'upstream',
  };
}

/** No whole answer came. A stream that had begun ends in an error frame, never in a fake finish. */
function outcomeOfFailure(tried: TriedDeployments, result: Failed, state: RequestState): Outcome {
  const error = new GatewayError(result.code, { model: state.request.model }, { cause: result.cause });
  const hasBegun = tried.relay.hasBegun;
  const { tap } = tried.relay;
  const body = Buffer.from(errorEnvelope(error));
  return {
    ...common(tried),
    answer: hasBegun
      ? { kind: 'rest', bytes: Buffer.concat([Buffer.from('data: '), body, Buffer.from('\n\n')]) }
      : { kind: 'whole', status: error.status, headers: gatewayHeaders(tried, state), body },
    status: 'failure',
    httpStatus: hasBegun ? 200 : error.status,
    errorCode: result.code,
    usage: hasBegun ? (tap.usage ?? estimated(state.request, tap.estimateOutputTokens())) : NO_USAGE,
    usageSource: hasBegun ? (tap.usage === undefined ? 'estimated' : 'upstream') : 'none',
  };
}

/** The upstream said no. Its words pass on, but for those about the gateway's own credential. */
function outcomeOfRefusal(tried: TriedDeployments, result: Answered, state: RequestState): Outcome {
  const { status, headers, body } = result;
  const isJson = headers['content-type']?.includes('json') === true;
  const model = state.request.model;
  const refused = (error: GatewayError): Outcome => ({
    ...common(tried),
    answer: wholeAnswer(tried, result, state, error.status, Buffer.from(errorEnvelope(error))),
    status: 'failure',
    httpStatus: error.status,
    errorCode: error.code,
  });
  if (status === 401 || status === 403) return refused(new GatewayError('upstream_unauthorized', { model }));
  if (!isJson || body.length === 0) return refused(new GatewayError('upstream_failed', { model, status }));
  return {
    ...common(tried),
    answer: wholeAnswer(tried, result, state, status, body),
    status: 'failure',
    httpStatus: status,
    errorCode: `upstream_${status}`,
  };
}

function common(tried: TriedDeployments): Outcome {
  return {
    answer: { kind: 'none' },
    status: 'failure',
    httpStatus: 500,
    errorCode: undefined,
    usage: NO_USAGE,
    usageSource: 'none',
    firstByteAtMs: tried.relay.firstByteAtMs,
    deployment: tried.deployment,
    attempts: tried.attempts,
    isCacheHit: false,
    cacheableBody: undefined,
  };
}

function wholeAnswer(
  tried: TriedDeployments,
  result: Answered,
  state: RequestState,
  status: number,
  body: Buffer,
): Outcome['answer'] {
  const headers = gatewayHeaders(tried, state, result);
  const retryAfter = result.headers['retry-after'];
  if (status >= 400 && retryAfter !== undefined) headers.push('retry-after', retryAfter);
  if (state.keepsAnswer) headers.push('x-tollgate-cache', 'miss');
  return { kind: 'whole', status, headers, body };
}

function gatewayHeaders(tried: TriedDeployments, state: RequestState, result?: Answered): string[] {
  const headers = answerHeaders(state, 'application/json');
  addUpstreamHeaders(headers, result?.headers ?? {}, tried.deployment.id, tried.attempts);
  return headers;
}

function estimated(request: GatewayRequest, outputTokens: number): TokenUsage {
  return { ...NO_USAGE, input: estimateInputTokens(request), output: outputTokens };
}

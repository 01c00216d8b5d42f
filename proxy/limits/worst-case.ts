import type { ModelDeployment } from '../config/model-routes.ts';
import type { GatewayRequest } from '../request/gateway-request.ts';
import { picoToNanoUsd } from '../../environments/schema/money.ts';

/** Assumed where neither the client nor the model's entry limits the answer's length. */
const DEFAULT_MAX_OUTPUT_TOKENS = 16_384;
const BYTES_PER_TOKEN = 4;

/**
 * The most that a request can cost at any of the model's deployments, in nano-USD. A token of text is at least one
 * byte, so the body's length bounds the input. Deployments without a price add nothing: nobody can tell.
 */
export function worstCaseNanoUsd(request: GatewayRequest, deployments: readonly ModelDeployment[]): number {
  let most = 0;
  for (const deployment of deployments) {
    const { prices } = deployment;
    if (prices === undefined) continue;
    const inputTokens = Math.min(request.body.length, deployment.maxInputTokens ?? Number.MAX_SAFE_INTEGER);
    const outputTokens =
      request.endpoint === 'embeddings'
        ? 0
        : (request.maxOutputTokens ?? deployment.maxOutputTokens ?? DEFAULT_MAX_OUTPUT_TOKENS);
    const inputPrice = Math.max(prices.input, prices.cacheWrite, prices.audioInput);
    const outputPrice = Math.max(prices.output, prices.reasoning, prices.audioOutput);
    most = Math.max(most, picoToNanoUsd(inputTokens * inputPrice + outputTokens * outputPrice));
  }
  return most;
}

/** The usual size of a request in tokens: what rate limits take before the real number is known. */
export function estimateInputTokens(request: GatewayRequest): number {
  return Math.ceil(request.body.length / BYTES_PER_TOKEN);
}

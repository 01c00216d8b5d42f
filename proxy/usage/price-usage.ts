import { picoToNanoUsd } from '../../environments/schema/money.ts';
import type { TokenPrices, TokenUsage } from '../spend/spend-log.ts';

/** Cost of a request in nano-USD, rounded up: the sum over kinds of tokens times price. */
export function priceUsage(usage: TokenUsage, prices: TokenPrices): number {
  const pico =
    usage.input * prices.input +
    usage.cachedRead * prices.cachedRead +
    usage.cacheWrite * prices.cacheWrite +
    usage.audioInput * prices.audioInput +
    usage.output * prices.output +
    usage.reasoning * prices.reasoning +
    usage.audioOutput * prices.audioOutput;
  return picoToNanoUsd(pico);
}

// Money never passes through floats once it is inside: amounts are whole nano-USD (1e-9 USD), prices whole
// pico-USD (1e-12 USD) per token, since a cheap token costs less than one nano-USD. Costs are rounded up.

export const NANO_USD_PER_USD = 1_000_000_000;
const PICO_USD_PER_USD = 1_000_000_000_000;
const PICO_PER_NANO = 1_000;

/** USD as people write it to whole nano-USD, rounded to the nearest. */
export function usdToNanoUsd(usd: number): number {
  return Math.round(usd * NANO_USD_PER_USD);
}

/** USD per token, LiteLLM's `*_cost_per_token`, to whole pico-USD, rounded to the nearest. */
export function usdToPicoUsd(usd: number): number {
  return Math.round(usd * PICO_USD_PER_USD);
}

/** Whole nano-USD that cover an amount of pico-USD: rounded up, so that no request is ever charged too little. */
export function picoToNanoUsd(pico: number): number {
  return Math.ceil(pico / PICO_PER_NANO);
}

/** Nano-USD as a plain decimal of USD without trailing zeros, such as `0.0125`. */
export function formatUsd(nanoUsd: number): string {
  const sign = nanoUsd < 0 ? '-' : '';
  const whole = Math.abs(nanoUsd);
  const fraction = String(whole % NANO_USD_PER_USD)
    .padStart(9, '0')
    .replace(/0+$/, '');
  const usd = `${sign}${Math.floor(whole / NANO_USD_PER_USD)}`;
  return fraction === '' ? usd : `${usd}.${fraction}`;
}

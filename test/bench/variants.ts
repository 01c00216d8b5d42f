/** What can be measured: the pass-through and the proxy that set the scale, and the gateway with and without spend. */
export const VARIANTS = ['bare', 'nginx', 'tollgate', 'tollgate-without-spend'] as const;
export type Variant = (typeof VARIANTS)[number];

/** The gateway under test has a core of its own; everything that serves the measurement shares the other. */
export const GATEWAY_CORE = 0;
export const LOAD_CORE = 1;

/** What the last user message asks the simulator to do: `/status 429`, `/delay 2000`, ... A count left out is undefined. */
export interface Directives {
  /** Answer with this error instead. */
  readonly status?: number;
  /** Milliseconds before the answer begins. */
  readonly delay?: number;
  /** Length of the answer. */
  readonly tokens?: number;
  /** Frames after which the socket dies; an answer that is no stream dies half-way. */
  readonly cut?: number;
  /** Milliseconds between two frames. */
  readonly slow?: number;
}

const RANGES: Readonly<Record<keyof Directives, readonly [min: number, max: number]>> = {
  status: [400, 599],
  delay: [0, 600_000],
  tokens: [1, 100_000],
  cut: [0, 100_000],
  slow: [0, 60_000],
};

/** Reads the directives out of a text; a number out of range is taken to the nearest end of it. */
export function parseDirectives(text: string): Directives {
  const found: Record<string, number> = {};
  for (const match of text.matchAll(/(?:^|\s)\/(status|delay|tokens|cut|slow)\s+(\d{1,9})(?!\S)/g)) {
    const name = match[1] as keyof Directives;
    const [min, max] = RANGES[name];
    found[name] = Math.min(Math.max(Number(match[2]), min), max);
  }
  return found;
}

import type { AnswerCache, CachedAnswer } from './answer-cache.ts';

interface Entry {
  readonly answer: CachedAnswer;
  readonly expiresAtMs: number;
}

/** What an entry costs beside its body. */
const ENTRY_BYTES = 512;

/** Answers of one process: at most `maxBytes`, the ones unused for longest leave first. */
export function createMemoryCache(options: { maxBytes: number; now: () => number }): AnswerCache {
  // A Map keeps the order of insertion, so its first entry is the one unused for longest.
  const entries = new Map<string, Entry>();
  let bytes = 0;

  function remove(key: string): void {
    const entry = entries.get(key);
    if (entry === undefined) return;
    entries.delete(key);
    bytes -= entry.answer.body.length + ENTRY_BYTES;
  }

  return {
    kind: 'local',
    isUsable: true,
    async get(key) {
      const entry = entries.get(key);
      if (entry === undefined) return undefined;
      if (entry.expiresAtMs <= options.now()) {
        remove(key);
        return undefined;
      }
      entries.delete(key);
      entries.set(key, entry);
      return entry.answer;
    },
    set(key, answer, ttlMs) {
      remove(key);
      // A view would keep the whole buffer that it was cut from alive.
      const body = Buffer.from(answer.body);
      entries.set(key, { answer: { ...answer, body }, expiresAtMs: options.now() + ttlMs });
      bytes += body.length + ENTRY_BYTES;
      for (const oldest of entries.keys()) {
        if (bytes <= options.maxBytes) break;
        remove(oldest);
      }
    },
    close: () => Promise.resolve(),
  };
}

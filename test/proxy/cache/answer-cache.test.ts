import { describe, expect, it } from 'vitest';
import { cacheKey, decodeAnswer, encodeAnswer } from '../../../proxy/cache/answer-cache.ts';
import { createMemoryCache } from '../../../proxy/cache/memory-cache.ts';
import { readGatewayRequest } from '../../../proxy/request/gateway-request.ts';
import { NO_USAGE } from '../../../proxy/usage/read-usage.ts';

const answer = (text: string) => ({
  contentType: 'application/json',
  usage: { ...NO_USAGE, input: 3 },
  body: Buffer.from(text),
});

describe('createMemoryCache', () => {
  it('gives what was put in, until its time is over', async () => {
    let nowMs = 0;
    const cache = createMemoryCache({ maxBytes: 10_000, now: () => nowMs });
    cache.set('a', answer('one'), 1_000);

    nowMs = 999;
    expect(await cache.get('a')).toEqual(answer('one'));
    nowMs = 1_000;
    expect(await cache.get('a')).toBeUndefined();
  });

  it('lets go of what was unused for longest when it is full', async () => {
    const cache = createMemoryCache({ maxBytes: 3_500, now: () => 0 });
    for (const key of ['a', 'b', 'c']) cache.set(key, answer('x'.repeat(500)), 1_000);
    await cache.get('a');
    cache.set('d', answer('x'.repeat(500)), 1_000);

    expect(await cache.get('b')).toBeUndefined();
    expect(await cache.get('a')).toBeDefined();
    expect(await cache.get('d')).toBeDefined();
  });
});

describe('encodeAnswer', () => {
  it('keeps every byte of the body', () => {
    const body = Buffer.from([0, 10, 13, 255, 10, 0]);
    const decoded = decodeAnswer(encodeAnswer({ ...answer(''), body }));
    expect(decoded).toEqual({ ...answer(''), body });
  });

  it('does not trust bytes of another origin', () => {
    expect(decodeAnswer(Buffer.from('no line'))).toBeUndefined();
    expect(decodeAnswer(Buffer.from('{broken\nbody'))).toBeUndefined();
  });
});

describe('cacheKey', () => {
  const key = (body: string, endpoint: 'chat_completions' | 'embeddings' = 'chat_completions', namespace = '') =>
    cacheKey(readGatewayRequest(endpoint, Buffer.from(body), 'm'), namespace);

  it('is the same for the same request and another for any other', () => {
    const same = '{"messages":["a"]}';
    expect(key(same)).toBe(key(same));
    const others = [
      key('{"messages":["b"]}'),
      key('{"messages":["a"],"stream":true}'),
      key(same, 'embeddings'),
      key(same, 'chat_completions', 'ns'),
    ];
    expect(new Set([key(same), ...others]).size).toBe(5);
  });
});

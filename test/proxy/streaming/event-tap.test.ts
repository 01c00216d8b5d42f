import { describe, expect, it } from 'vitest';
import { EventTap } from '../../../proxy/streaming/event-tap.ts';
import { chatFrames } from '../../support/upstream.ts';

const WORDS = ['Hel', 'lo "usage":{', ' [DONE', '] wörld'];
const FRAMES = chatFrames({ words: WORDS, hasUsage: true });
const WHOLE = FRAMES.join('');
const USAGE_FRAME = FRAMES.at(-2) ?? '';
const DONE = FRAMES.at(-1) ?? '';

/** Feeds the stream cut into pieces of `size` bytes; gives what left and what was held to the end. */
function run(text: string, size: number, withholdsUsage: boolean) {
  const tap = new EventTap(withholdsUsage);
  const bytes = Buffer.from(text);
  const sent: Buffer[] = [];
  for (let at = 0; at < bytes.length; at += size) sent.push(Buffer.from(tap.push(bytes.subarray(at, at + size))));
  tap.end();
  return { tap, sent: Buffer.concat(sent).toString('utf8'), rest: tap.rest.toString('utf8') };
}

describe('EventTap', () => {
  it.each([1, 2, 7, 64, 1_000, 100_000])('passes every byte but the unasked usage frame, in pieces of %i', (size) => {
    const { tap, sent, rest } = run(WHOLE, size, true);

    expect(sent + rest).toBe(WHOLE.replace(USAGE_FRAME, ''));
    expect(rest).toBe(DONE);
    expect(tap.isDone).toBe(true);
    expect(tap.usage).toMatchObject({ input: 10, output: WORDS.length });
  });

  it.each([1, 13, 100_000])('passes the usage frame that the client asked for, in pieces of %i', (size) => {
    const { tap, sent, rest } = run(WHOLE, size, false);

    expect(sent + rest).toBe(WHOLE);
    expect(tap.usage).toMatchObject({ input: 10, output: WORDS.length });
  });

  it('keeps Azure’s first frame, which has no choices and no usage either', () => {
    const first = 'data: {"choices":[],"usage":null,"prompt_filter_results":[]}\n\n';
    expect(run(first + WHOLE, 50, true).sent.startsWith(first)).toBe(true);
  });

  it('keeps a usage that comes in the frame of the last words', () => {
    const last = 'data: {"choices":[{"delta":{"content":"x"}}],"usage":{"prompt_tokens":3,"completion_tokens":1}}\n\n';
    const { tap, sent } = run(last + DONE, 1_000, true);
    expect(sent).toBe(last);
    expect(tap.usage).toMatchObject({ input: 3, output: 1 });
  });

  it.each([1, 100_000])('reads frames whose lines end in CR LF, in pieces of %i', (size) => {
    const { tap, sent, rest } = run(WHOLE.replaceAll('\n', '\r\n'), size, true);
    expect(sent + rest).toBe(WHOLE.replace(USAGE_FRAME, '').replaceAll('\n', '\r\n'));
    expect(tap.usage).toMatchObject({ output: WORDS.length });
  });

  it('holds a frame back that has not ended, and gives it up at the end', () => {
    const { tap, sent, rest } = run('data: {"choices":[]}\n\ndata: {"cho', 1_000, true);
    expect(sent).toBe('data: {"choices":[]}\n\n');
    expect(rest).toBe('data: {"cho');
    expect(tap.isDone).toBe(false);
  });

  it('does not hold a frame without an end for ever', () => {
    const tap = new EventTap(true);
    const sent = tap.push(Buffer.alloc(2 * 1024 * 1024, 'x'));
    expect(sent.length).toBe(2 * 1024 * 1024);
  });

  it('estimates output where no usage came: a token a content frame, or one for four bytes', () => {
    const short = run(chatFrames({ words: ['a', 'b', 'c'], hasUsage: false }).join(''), 10_000, false);
    const long = run(chatFrames({ words: ['x'.repeat(400)], hasUsage: false }).join(''), 10_000, false);
    expect(short.tap.usage).toBeUndefined();
    expect(short.tap.estimateOutputTokens()).toBe(3);
    expect(long.tap.estimateOutputTokens()).toBe(100);
  });
});

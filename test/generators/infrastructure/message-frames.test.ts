import { describe, expect, it } from 'vitest';
import { frameOf, takeFrames } from '../../../generators/infrastructure/message-frames.ts';

describe('takeFrames', () => {
  it('finds every whole message, however the bytes arrive, and counts bytes and not characters', () => {
    const sent = [{ id: 1, text: 'Grüße 🚪' }, { id: 2 }];
    const bytes = Buffer.concat(sent.map(frameOf));

    for (let cut = 0; cut <= bytes.length; cut++) {
      const first = takeFrames(bytes.subarray(0, cut));
      const second = takeFrames(Buffer.concat([first.rest, bytes.subarray(cut)]));
      expect([...first.messages, ...second.messages]).toEqual(sent);
      expect(second.rest).toHaveLength(0);
    }
  });

  it('reads a header that holds more than the length', () => {
    const bytes = Buffer.from('Content-Type: application/json\r\ncontent-length: 2\r\n\r\n{}');

    expect(takeFrames(bytes).messages).toEqual([{}]);
  });

  it('refuses what is no message', () => {
    expect(() => takeFrames(Buffer.from('Unhandled exception.\r\n\r\n'))).toThrow('a message has no Content-Length');
  });
});

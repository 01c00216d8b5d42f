import { describe, expect, it } from 'vitest';
import { Pause } from '../../../proxy/spend/pause.ts';

const AN_HOUR_MS = 3_600_000;

describe('Pause', () => {
  it('ends by itself', async () => {
    await expect(new Pause().start(1)).resolves.toBeUndefined();
  });

  it('is ended early', async () => {
    const pause = new Pause();
    const started = pause.start(AN_HOUR_MS);
    pause.end();
    await expect(started).resolves.toBeUndefined();
  });

  it('is ended before it begins, once', async () => {
    const pause = new Pause();
    pause.end();
    await pause.start(AN_HOUR_MS);
    const second = pause.start(AN_HOUR_MS);
    const first = await Promise.race([second.then(() => 'pause'), new Promise((done) => setImmediate(done, 'turn'))]);
    expect(first).toBe('turn');
    pause.end();
  });
});

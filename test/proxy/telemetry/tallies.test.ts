import { Histogram, Registry } from 'prom-client';
import { describe, expect, it } from 'vitest';
import { DurationTally } from '../../../proxy/telemetry/duration-tally.ts';
import { Tally } from '../../../proxy/telemetry/tally.ts';

describe('DurationTally', () => {
  it('is scraped as the histogram of prom-client would be', async () => {
    const [own, theirs] = [new Registry(), new Registry()];
    const buckets = [0.005, 0.02, 0.1, 0.5, 1, 2.5, 5, 10, 30, 60, 120, 300, 600];
    const tally = new DurationTally(own, {
      name: 'duration_seconds',
      help: 'How long',
      labelName: 'model',
      bounds: buckets,
    });
    const options = { name: 'duration_seconds', help: 'How long', labelNames: ['model'], buckets, registers: [theirs] };
    const histogram = new Histogram(options);

    for (const seconds of [0.001, 0.005, 0.0051, 0.75, 5, 5_000]) {
      tally.observe('chat', seconds);
      histogram.observe({ model: 'chat' }, seconds);
    }

    expect(await own.metrics()).toBe(await theirs.metrics());
  });
});

describe('Tally', () => {
  it('shows what was counted by label values, and no zero', async () => {
    const registry = new Registry();
    const tally = new Tally(registry, 'things_total', 'Things', ['kind', 'place']);
    tally.add(2, 'a', 'x');
    tally.add(1, 'a', 'x');
    tally.cell('b', 'y');

    const text = await registry.metrics();

    expect(await registry.metrics()).toBe(text);
    expect(text.split('\n').filter((line) => line.startsWith('things'))).toEqual([
      'things_total{kind="a",place="x"} 3',
    ]);
    expect(text).toContain('# TYPE things_total counter');
  });

  it('shows a zero that was asked for, so that the first count is an increase', async () => {
    const registry = new Registry();
    const tally = new Tally(registry, 'things_total', 'Things', ['kind']);
    tally.show('a');
    tally.cell('b');

    expect((await registry.metrics()).split('\n').filter((line) => line.startsWith('things'))).toEqual([
      'things_total{kind="a"} 0',
    ]);
  });
});

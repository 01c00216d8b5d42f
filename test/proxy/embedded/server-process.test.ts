import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { expect, it } from 'vitest';
import { isAlive } from '../../../proxy/embedded/server-process.ts';

it('knows a process as alive while it runs', async () => {
  const child = spawn('cat');
  expect(await isAlive(pidOf(child))).toBe(true);

  child.kill('SIGKILL');
  await once(child, 'exit');

  expect(await isAlive(pidOf(child))).toBe(false);
});

// Between the two looks at a process, whoever started it may take note of its end.
it('never calls a process alive that it has called dead', { timeout: 60_000 }, async () => {
  for (let run = 0; run < 100; run += 1) {
    const pid = pidOf(spawn('true'));
    while (await isAlive(pid));

    const later = [await isAlive(pid), await isAlive(pid), await isAlive(pid), await isAlive(pid)];

    expect(later).toEqual([false, false, false, false]);
  }
});

function pidOf({ pid }: ChildProcess): number {
  if (pid === undefined) throw new Error('the process did not start');
  return pid;
}

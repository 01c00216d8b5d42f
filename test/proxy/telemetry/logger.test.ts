import { execFileSync } from 'node:child_process';
import { join } from 'node:path';
import { expect, it } from 'vitest';

const LOGGER = join(import.meta.dirname, '..', '..', '..', 'proxy', 'telemetry', 'logger.ts');

it('tells an error’s name, message and stack, and nothing that hangs on it', () => {
  const script = `
    const { createLogger } = await import(${JSON.stringify(LOGGER)});
    const { log, flush } = createLogger('info');
    log.error({ err: Object.assign(new TypeError('broken'), { command: { args: ['secret'] } }) }, 'failed');
    setImmediate(flush);`;

  const output = execFileSync(process.execPath, ['--input-type=module', '-e', script], { encoding: 'utf8' });

  expect(JSON.parse(output)).toMatchObject({ message: 'failed', err: { type: 'TypeError', message: 'broken' } });
  expect(output).not.toContain('secret');
});

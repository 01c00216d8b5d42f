import { expect, it } from 'vitest';
import { readStartOptions } from '../../../generators/local/read-start-options.ts';

it('runs the environment local where nothing else is asked for', () => {
  expect(readStartOptions([])).toEqual({ environmentName: 'local', gatewayArgs: [] });
});

it('passes the flags of LiteLLM on to the gateway', () => {
  const args = ['--config', 'mine.yaml', '--host', '0.0.0.0', '--port', '8000', '--strict'];

  expect(readStartOptions(args)).toEqual({
    environmentName: 'local',
    config: 'mine.yaml',
    gatewayArgs: ['--host', '0.0.0.0', '--port', '8000', '--strict'],
  });
});

it.each(['--help', '-h'])('knows %s', (flag) => {
  expect(readStartOptions([flag])).toBeUndefined();
});

it.each([
  { args: ['--prot', '1'], message: "Unknown option '--prot'; npm start -- --help tells more" },
  { args: ['stray'], message: "Unexpected argument 'stray'" },
  { args: ['--env', '../dev'], message: '--env ../dev is no name of a folder in environments/' },
  { args: ['--env', 'dev', '--config', 'x.yaml'], message: '--config and --env do not go together' },
])('refuses $args', ({ args, message }) => {
  expect(() => readStartOptions(args)).toThrow(message);
});

import { describe, expect, it, onTestFinished } from 'vitest';
import { freePort } from '../../generators/local-cluster/free-port.ts';
import { configFor } from '../support/gateway.ts';
import { startGatewayProcess } from '../support/gateway-process.ts';
import { runCommand } from '../support/run-command.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** The command's arguments for a gateway that serves the revision `wanted`. */
async function startAndAsk(revision: string): Promise<string[]> {
  const config = { ...configFor('http://127.0.0.1:1'), revision: 'wanted' };
  const gateway = await startGatewayProcess(tempFolder(), config);
  onTestFinished(async () => void (await gateway.end('SIGKILL')));
  return argsFor('localhost', Number(new URL(gateway.address).port), revision);
}

const argsFor = (pods: string, port: number, revision: string): string[] => [
  'proxy/smoke-test.ts',
  '--pods',
  pods,
  '--port',
  String(port),
  '--revision',
  revision,
  '--timeout-seconds',
  '2',
];

describe('node proxy/smoke-test.ts', () => {
  it('passes when the gateway serves the revision', async () => {
    const ended = await runCommand(await startAndAsk('wanted'));
    expect(ended).toEqual({ exitCode: 0, stdout: 'revision wanted on 127.0.0.1\n', stderr: '' });
  });

  it('fails when it serves another one, and says which', async () => {
    const ended = await runCommand(await startAndAsk('another'));
    expect(ended.exitCode).toBe(1);
    expect(ended.stdout).toBe('waiting: 127.0.0.1 serves revision wanted\n');
    expect(ended.stderr).toBe('revision another is not everywhere after 2 s:\n  127.0.0.1 serves revision wanted\n');
  });

  it('fails when nobody listens', async () => {
    const port = await freePort();
    const ended = await runCommand(argsFor('127.0.0.1', port, 'wanted'));
    expect(ended.exitCode).toBe(1);
    expect(ended.stderr).toContain(`127.0.0.1 does not say: connect ECONNREFUSED 127.0.0.1:${port}`);
  });

  it('fails when there is no pod behind the name', async () => {
    const ended = await runCommand(argsFor('no-such-name.invalid', 4_000, 'wanted'));
    expect(ended.exitCode).toBe(1);
    expect(ended.stderr).toContain('no pod is ready');
  });

  it.each([
    [['--port', '1', '--revision', 'x'], '--pods, --port and --revision are needed; --help tells more'],
    [
      ['--pods', 'localhost', '--port', '1', '--revision', 'x', '--timeout-seconds', '0'],
      '--timeout-seconds is "0": write whole seconds from 1 to 3600',
    ],
    [['--pods', 'localhost', '--port', '99999', '--revision', 'x'], 'the port "99999" is not a number from 0 to 65535'],
  ])('refuses %j in one line', async (args, line) => {
    const ended = await runCommand(['proxy/smoke-test.ts', ...args]);
    expect(ended).toEqual({ exitCode: 1, stdout: '', stderr: `${line}\n` });
  });
});

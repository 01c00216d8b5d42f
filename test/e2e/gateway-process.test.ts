import { once } from 'node:events';
import { describe, expect, it } from 'vitest';
import { freePort } from '../../generators/local-cluster/free-port.ts';
import { configFor } from '../support/gateway.ts';
import { spawnGateway, startGatewayProcess } from '../support/gateway-process.ts';
import { tempFolder } from '../support/temp-folder.ts';

/** A configuration whose database nobody serves: the start waits for it for some seconds. */
async function configWithoutDatabase(): Promise<object> {
  const config = configFor('http://127.0.0.1:1');
  const database_url = `postgres://nobody@127.0.0.1:${await freePort()}/nothing`;
  return { ...config, general_settings: { ...config.general_settings, database_url } };
}

describe('a gateway process', () => {
  it('ends in order when it is told to while it starts', async () => {
    const gateway = spawnGateway(tempFolder(), await configWithoutDatabase());
    await expect.poll(gateway.output, { timeout: 10_000 }).toContain('spend database unavailable');
    expect(await gateway.end('SIGTERM')).toBe(0);
  });

  it('ends when whoever started it is gone', async () => {
    const gateway = spawnGateway(tempFolder(), configFor('http://127.0.0.1:1'));
    await gateway.listening();
    const exited = once(gateway.child, 'exit');
    gateway.child.disconnect();
    expect(await exited).toEqual([0, null]);
  });

  it('refuses a port in use in one line', async () => {
    const first = await startGatewayProcess(tempFolder(), configFor('http://127.0.0.1:1'));
    const port = new URL(first.address).port;
    const second = spawnGateway(tempFolder(), configFor('http://127.0.0.1:1'), {}, ['--port', port]);
    await expect(second.listening()).rejects.toThrow(
      `port ${port} on 127.0.0.1 is in use: stop what holds it, or choose another with --port`,
    );
    expect(await first.end('SIGTERM')).toBe(0);
  });

  it('does not open itself to the network without a key', async () => {
    const { model_list } = configFor('http://127.0.0.1:1');
    const gateway = spawnGateway(tempFolder(), { model_list }, {}, ['--host', '0.0.0.0']);
    await expect(gateway.listening()).rejects.toThrow('would let everybody in: set general_settings.master_key');
  });

  it.each([
    [['--port', 'http'], 'the port "http" is not a number'],
    [['--colour'], "Unknown option '--colour'"],
    [['--config', '/nowhere.yaml'], '/nowhere.yaml:1:1: error: there is no such file'],
  ])('refuses %j in one line', async (args, line) => {
    const gateway = spawnGateway(tempFolder(), configFor('http://127.0.0.1:1'), {}, args);
    await expect(gateway.listening()).rejects.toThrow(line);
    expect(gateway.output().trim().split('\n')).toHaveLength(1);
  });
});

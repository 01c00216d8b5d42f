import { once } from 'node:events';
import { existsSync } from 'node:fs';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ProcessGroup } from '../../../generators/local-cluster/process-group.ts';

let group: ProcessGroup;

beforeEach(() => {
  group = new ProcessGroup('tollgate-group-');
});

afterEach(() => group.stop());

describe('ProcessGroup', () => {
  it('ends every process when one of them ends, and says which one and why', async () => {
    const connection = await startConnected();

    group.start(process.execPath, ['-e', "console.log('out of luck'); process.exit(7)"]);

    await once(connection, 'close');
    expect(() => group.throwIfEnded()).toThrow(/^node ended \(7\): out of luck$/);
  });

  it('ends at once when a program is not there', async () => {
    const connection = await startConnected();

    group.start('no-such-program', []);

    await once(connection, 'close');
    expect(() => group.throwIfEnded()).toThrow('no-such-program did not start');
  });

  it('leaves neither a process nor a folder behind when it is stopped', async () => {
    const connection = await startConnected();

    group.stop();

    await once(connection, 'close');
    expect(existsSync(group.folder)).toBe(false);
  });
});

/** Starts a process that would run for ever; the connection closes with it. */
async function startConnected(): Promise<Socket> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  group.start(process.execPath, ['-e', `require('node:net').connect(${port}, '127.0.0.1')`]);
  const [connection] = (await once(server, 'connection')) as [Socket];
  connection.on('error', () => undefined).resume();
  server.close();
  return connection;
}

import { once } from 'node:events';
import { createServer, type RequestListener, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { describe, expect, it, onTestFinished } from 'vitest';
import { askRevision } from '../../../proxy/rollout/ask-revision.ts';
import { awaitRevision } from '../../../proxy/rollout/await-revision.ts';
import { resolvePods } from '../../../proxy/rollout/resolve-pods.ts';

async function listen(host: string, port: number, handle: RequestListener): Promise<number> {
  const server: Server = createServer(handle).listen(port, host);
  await once(server, 'listening');
  onTestFinished(() => {
    server.closeAllConnections();
    server.close();
  });
  return (server.address() as AddressInfo).port;
}

const serves =
  (revision: () => string): RequestListener =>
  (request, response) =>
    response.end(request.url === '/revision' ? JSON.stringify({ revision: revision() }) : 'no');

function wait(resolve: () => string[], port: number, withinMs = 5_000) {
  const printed: string[] = [];
  const done = awaitRevision({
    resolve: async () => resolve(),
    ask: (address) => askRevision(address, port),
    revision: 'new',
    withinMs,
    print: (line) => printed.push(line),
    pauseMs: 20,
  });
  return { printed, done };
}

describe('awaitRevision', () => {
  it('waits until every pod serves the revision, and tells what changes on the way', async () => {
    let second = 'old';
    const port = await listen(
      '127.0.0.1',
      0,
      serves(() => 'new'),
    );
    await listen(
      '127.0.0.2',
      port,
      serves(() => second),
    );

    const { printed, done } = wait(() => ['127.0.0.1', '127.0.0.2'], port);
    await expect.poll(() => printed).toEqual(['waiting: 127.0.0.2 serves revision old']);
    second = 'new';
    await done;

    expect(printed.at(-1)).toBe('revision new on 127.0.0.1, 127.0.0.2');
    expect(printed).toHaveLength(2);
  });

  it('follows pods that come and go', async () => {
    const port = await listen(
      '127.0.0.1',
      0,
      serves(() => 'new'),
    );
    await listen(
      '127.0.0.2',
      port,
      serves(() => 'old'),
    );
    let pods: string[] = [];

    const { printed, done } = wait(() => pods, port);
    await expect.poll(() => printed).toEqual(['waiting: no pod is ready']);
    pods = ['127.0.0.2', '127.0.0.1'];
    await expect.poll(() => printed.at(-1)).toBe('waiting: 127.0.0.2 serves revision old');
    pods = ['127.0.0.1'];
    await done;

    expect(printed.at(-1)).toBe('revision new on 127.0.0.1');
  });

  it('names every pod that has something else to say when the time is over', async () => {
    const port = await listen(
      '127.0.0.1',
      0,
      serves(() => 'new'),
    );
    await listen(
      '127.0.0.2',
      port,
      serves(() => 'old'),
    );
    await listen('127.0.0.3', port, (_request, response) => response.writeHead(503).end());
    await listen('127.0.0.4', port, (_request, response) => response.end('<html>'));
    const pods = ['127.0.0.1', '127.0.0.2', '127.0.0.3', '127.0.0.4', '127.0.0.5'];

    await expect(wait(() => pods, port, 200).done).rejects.toThrow(
      [
        'revision new is not everywhere after 0.2 s:',
        '127.0.0.2 serves revision old',
        '127.0.0.3 does not say: status 503',
        '127.0.0.4 does not say: an answer without a revision',
        `127.0.0.5 does not say: connect ECONNREFUSED 127.0.0.5:${port}`,
      ].join('\n  '),
    );
  });

  it('is not held up by a pod that takes the question and never answers', async () => {
    const port = await listen('127.0.0.1', 0, () => undefined);
    await expect(wait(() => ['127.0.0.1'], port, 200).done).rejects.toThrow('127.0.0.1 is silent');
  });

  it('reads no more of an answer than a revision needs', async () => {
    const port = await listen('127.0.0.1', 0, (_request, response) => {
      response.on('error', () => undefined);
      const more = () => response.write('x'.repeat(65_536)) && setImmediate(more);
      response.on('drain', more);
      more();
    });
    await expect(askRevision('127.0.0.1', port)).rejects.toThrow('an answer without a revision');
  });
});

describe('resolvePods', () => {
  it.each([
    ['127.0.0.7', ['127.0.0.7']],
    ['::1', ['::1']],
    ['localhost', ['127.0.0.1']],
    ['no-such-name.invalid', []],
  ])('gives the addresses of %s', async (name, addresses) => {
    expect(await resolvePods(name)).toEqual(addresses);
  });
});

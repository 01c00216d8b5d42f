import { createHash } from 'node:crypto';
import type { ServerResponse } from 'node:http';
import { describe, expect, onTestFinished, test } from 'vitest';
import type { Credential } from '../../../generators/pin/docker-credentials.ts';
import { registryClient } from '../../../generators/pin/registry-client.ts';
import { startUpstream, type ReceivedRequest } from '../../support/upstream.ts';

// What registries do wrong, on loopback. What they do right is tested with a real one in test/e2e/pin.test.ts.

const MANIFEST_TYPE = 'application/vnd.oci.image.manifest.v1+json';
const MANIFEST = JSON.stringify({
  schemaVersion: 2,
  config: { mediaType: 'application/vnd.oci.image.config.v1+json', digest: digestOf('{}') },
});

function digestOf(text: string): string {
  return `sha256:${createHash('sha256').update(text).digest('hex')}`;
}

function sendManifest(response: ServerResponse, headers: Readonly<Record<string, string>> = {}): void {
  response.writeHead(200, { 'content-type': MANIFEST_TYPE, ...headers });
  response.end(MANIFEST);
}

type Answer = (request: ReceivedRequest, response: ServerResponse) => void;

async function registryThat(answer: Answer) {
  const registry = await startUpstream(answer);
  onTestFinished(() => registry.close());
  const patience = { timeoutMs: 5_000, pausesMs: [1, 1] };
  const fetchManifest = (credential?: Credential, limits = patience) =>
    registryClient(() => credential, limits).fetchManifest(
      { registry: registry.origin, repository: 'team/app' },
      '1.0',
    );
  return { registry, fetchManifest };
}

describe('a manifest', () => {
  test('has the digest of its bytes, also where the registry tells none', async () => {
    const { fetchManifest } = await registryThat((_request, response) => sendManifest(response));

    expect(await fetchManifest()).toMatchObject({ digest: digestOf(MANIFEST), manifest: { kind: 'image' } });
  });

  test('is not taken where the registry tells another digest', async () => {
    const told = digestOf('something else');
    const { fetchManifest } = await registryThat((_request, response) =>
      sendManifest(response, { 'docker-content-digest': told }),
    );

    await expect(fetchManifest()).rejects.toThrow(
      `the registry says ${told}, but what it sends is ${digestOf(MANIFEST)}`,
    );
  });

  test('is not taken for what is a page', async () => {
    const { fetchManifest } = await registryThat((_request, response) => {
      response.writeHead(200, { 'content-type': 'text/html; charset=utf-8' });
      response.end('<h1>Sign in</h1>');
    });

    await expect(fetchManifest()).rejects.toThrow('answers with text/html, which is no manifest');
  });

  test('is not read without an end', async () => {
    const { fetchManifest } = await registryThat((_request, response) => {
      response.writeHead(200, { 'content-type': MANIFEST_TYPE });
      response.end(Buffer.alloc(8_388_609, 0x20));
    });

    await expect(fetchManifest()).rejects.toThrow('answers with more than 8388608 bytes');
  });
});

describe('a registry that stumbles', () => {
  test('is asked again, three times in all', async () => {
    let asked = 0;
    const { fetchManifest, registry } = await registryThat((_request, response) => {
      asked += 1;
      if (asked === 3) return sendManifest(response);
      response.writeHead(asked === 1 ? 503 : 429, { 'retry-after': '0' });
      return response.end();
    });

    expect((await fetchManifest()).digest).toBe(digestOf(MANIFEST));
    expect(registry.received).toHaveLength(3);
  });

  test('and does not stop is told by its status, without what could move the cursor', async () => {
    const { fetchManifest, registry } = await registryThat((_request, response) => {
      response.writeHead(500, { 'content-type': 'application/json' });
      response.end('{"errors":[{"message":"disk \u001b[2Jfull"}]}');
    });

    await expect(fetchManifest()).rejects.toThrow('the registry answers 500, disk  [2Jfull: try again later');
    expect(registry.received).toHaveLength(3);
  });

  test('and never answers is given up, and asked for nothing else', async () => {
    const { registry } = await registryThat(() => undefined);
    const client = registryClient(() => undefined, { timeoutMs: 50, pausesMs: [1] });
    const source = { registry: registry.origin, repository: 'team/app' };

    await expect(client.fetchManifest(source, '1.0')).rejects.toThrow('cannot be reached: no answer within 50 ms');
    await expect(client.fetchManifest(source, '2.0')).rejects.toThrow('cannot be reached');
    expect(registry.received).toHaveLength(2);
  });

  test('and that is not there is told with the reason', async () => {
    const { registry, fetchManifest } = await registryThat(() => undefined);
    await registry.close();

    await expect(fetchManifest()).rejects.toThrow('cannot be reached: ECONNREFUSED');
  });
});

describe('credentials', () => {
  test('answer a Basic challenge, and go to no other origin', async () => {
    const elsewhere = await startUpstream((_request, response) => sendManifest(response));
    onTestFinished(() => elsewhere.close());
    const { registry, fetchManifest } = await registryThat(({ headers }, response) => {
      const isKnown = headers.authorization === 'Basic bWU6c2VjcmV0';
      if (isKnown) response.writeHead(307, { location: `${elsewhere.origin}/blob` });
      else response.writeHead(401, { 'www-authenticate': 'Basic realm="registry"' });
      response.end();
    });

    expect((await fetchManifest({ basic: 'bWU6c2VjcmV0' })).digest).toBe(digestOf(MANIFEST));
    expect(registry.received.map(({ headers }) => headers.authorization)).toEqual([undefined, 'Basic bWU6c2VjcmV0']);
    expect(elsewhere.received.map(({ headers }) => headers.authorization)).toEqual([undefined]);
  });

  test.each([
    [
      'Bearer realm="http://tokens.example.com/token",service="registry"',
      'http://tokens.example.com is asked without TLS',
    ],
    ['Bearer realm="nowhere"', 'sends us for a token to nowhere, which is no address'],
    ['Negotiate', 'not allowed (401): log in with `docker login '],
  ])('are not given to whoever asks: %s', async (challenge, message) => {
    const { fetchManifest } = await registryThat((_request, response) => {
      response.writeHead(401, { 'www-authenticate': challenge });
      response.end();
    });

    await expect(fetchManifest({ basic: 'bWU6c2VjcmV0' })).rejects.toThrow(message);
  });

  test('a redirect that leaves TLS is not followed', async () => {
    const { fetchManifest } = await registryThat((_request, response) => {
      response.writeHead(302, { location: 'http://mirror.example.com/v2/' });
      response.end();
    });

    await expect(fetchManifest()).rejects.toThrow('http://mirror.example.com is asked without TLS');
  });

  test('nor one without an end', async () => {
    const { fetchManifest, registry } = await registryThat((_request, response) => {
      response.writeHead(302, { location: '/again' });
      response.end();
    });

    await expect(fetchManifest()).rejects.toThrow('redirects more than 5 times');
    expect(registry.received).toHaveLength(6);
  });
});

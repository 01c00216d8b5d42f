import { execFile } from 'node:child_process';
import { createSign, randomUUID, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { FindCredential } from '../../generators/pin/docker-credentials.ts';
import { registryClient } from '../../generators/pin/registry-client.ts';
import { scratchRepository, type ScratchRepository } from '../generators/scratch-repository.ts';
import { REGISTRY_PROGRAMS, startOciRegistry, type OciRegistry, type TokenIssuer } from '../support/oci-registry.ts';
import { describeWithPrograms } from '../support/real-program.ts';
import { makeTempFolder, removeFolder } from '../support/temp-folder.ts';
import { answerJson, startUpstream, type TestUpstream } from '../support/upstream.ts';

const COMMIT = '4f1c0de9b8a7263544f1c0de9b8a72635440abcd';
const RELEASE = 'environments/dev/release.yaml';

const PUBLISHED = [
  ['images', 'nginx_ingress', 'nginx/nginx-ingress', '5.5.4'],
  ['images', 'argocd', 'argoproj/argocd', 'v3.5.1'],
  ['charts', 'argocd', 'argoproj/argo-helm/argo-cd', '7.7.14'],
] as const;

/** A repository whose release pins the gateway and what is PUBLISHED, commented and laid out as people do. */
function repositoryWithPins(host: string): ScratchRepository {
  const repository = scratchRepository();
  const environment = 'environments/dev/environment.yaml';
  repository.write(environment, repository.read(environment).replace('crdev.azurecr.io', `${host}/platform`));
  repository.write(
    RELEASE,
    `# Who may change this: nobody by hand.
images:
  gateway: { version: 0.1.0, digest: unresolved, commit: unresolved }   # ours

  nginx_ingress:
    version: 5.5.4      # its chart names this one
    digest: "unresolved"
  argocd: { digest: unresolved, version: v3.5.1 }
charts:
  argocd: { version: 7.7.14, digest: unresolved }
`,
  );
  return repository;
}

describeWithPrograms(REGISTRY_PROGRAMS, 'npm run pin and a registry', () => {
  let registry: OciRegistry;
  const digests = new Map<string, string>();

  beforeAll(async () => {
    registry = await startOciRegistry();
    const labels = { 'org.opencontainers.image.revision': COMMIT };
    digests.set('images.gateway', await registry.pushIndex('platform/tollgate/gateway', '0.1.0', labels));
    for (const [kind, key, repository, tag] of PUBLISHED) {
      const isChart = kind === 'charts';
      const pushed = isChart ? registry.pushChart(repository, tag) : registry.pushImage(repository, tag);
      digests.set(`${kind}.${key}`, await pushed);
    }
  });

  afterAll(() => registry.stop());

  function pin(repository: ScratchRepository, ...options: string[]) {
    // The gateway's registry is asked by its own name; those of the makers are not reached from a test.
    const makers = ['docker.io', 'quay.io', 'ghcr.io'].flatMap((name) => [
      '--registry',
      `${name}=http://${registry.host}`,
    ]);
    return repository.run('pin/main.ts', ['--env', 'dev', ...makers, ...options]);
  }

  test('writes what the registry gave and leaves every other byte as it was', () => {
    const repository = repositoryWithPins(registry.host);
    const before = repository.read(RELEASE);

    const { code, stdout, stderr } = pin(repository);

    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    const [gateway, nginx, argocd, chart] = [
      'images.gateway',
      'images.nginx_ingress',
      'images.argocd',
      'charts.argocd',
    ].map((name) => digests.get(name) ?? '');
    expect(repository.read(RELEASE)).toBe(
      before
        .replace('digest: unresolved, commit: unresolved', `digest: ${gateway}, commit: ${COMMIT}`)
        .replace('"unresolved"', nginx ?? '')
        .replace('{ digest: unresolved', `{ digest: ${argocd}`)
        .replace('7.7.14, digest: unresolved', `7.7.14, digest: ${chart}`),
    );
    expect(stdout).toContain(`dev images.argocd quay.io/argoproj/argocd:v3.5.1 is ${argocd} now\n`);
    expect(stdout).toContain(
      `dev images.gateway ${registry.host}/platform/tollgate/gateway:0.1.0 is ${gateway} now; commit is ${COMMIT} now\n`,
    );
    expect(stdout).toContain('4 written; next: npm run render');
    expect(pin(repository, '--check')).toMatchObject({
      code: 0,
      stdout: expect.stringContaining('0 differ') as string,
    });
  });

  test('--only asks for one artifact, by its key or by its place', () => {
    const repository = repositoryWithPins(registry.host);

    expect(pin(repository, '--only', 'charts.argocd').stdout).toContain('1 written');
    expect(repository.read(RELEASE)).toContain(`7.7.14, digest: ${digests.get('charts.argocd')}`);
    expect(repository.read(RELEASE)).toContain('{ digest: unresolved, version: v3.5.1 }');
    expect(pin(repository, '--only', 'argocd').stdout).toContain('1 written');
  });

  test('--check tells what differs, above all a tag that has moved, and writes nothing', async () => {
    const repository = repositoryWithPins(registry.host);
    await registry.pushImage('nginx/nginx-ingress', '5.5.4');
    pin(repository);
    const before = repository.read(RELEASE);
    const moved = await registry.pushImage('nginx/nginx-ingress', '5.5.4', { built: 'again' });

    const { code, stdout } = pin(repository, '--check');

    expect(code).toBe(1);
    expect(stdout).toContain(
      `is ${moved}, and the file says ${digests.get('images.nginx_ingress')}: the tag has moved`,
    );
    expect(stdout).toContain('1 differ from what the registries say');
    expect(repository.read(RELEASE)).toBe(before);
    await registry.pushImage('nginx/nginx-ingress', '5.5.4');
  });

  test('what cannot be resolved is told and stays, the rest is written, and the exit code is 1', () => {
    const repository = repositoryWithPins(registry.host);
    repository.write(RELEASE, repository.read(RELEASE).replace('v3.5.1', 'v9.9.9'));

    const { code, stdout, stderr } = pin(repository);

    expect(code).toBe(1);
    expect(stderr).toBe(
      'dev images.argocd quay.io/argoproj/argocd:v9.9.9: no such tag (404): write a version that its maker has published\n',
    );
    expect(stdout).toContain('3 written, 1 could not be resolved and stay as they are');
    expect(repository.read(RELEASE)).toContain('{ digest: unresolved, version: v9.9.9 }');
    expect(repository.read(RELEASE)).toContain(digests.get('images.gateway'));
  });

  test('a new image without a commit in its label takes the old commit away', async () => {
    const repository = repositoryWithPins(registry.host);
    pin(repository);
    await registry.pushImage('platform/tollgate/gateway', '0.2.0');
    repository.write(RELEASE, repository.read(RELEASE).replace('version: 0.1.0', 'version: 0.2.0'));

    expect(pin(repository, '--only', 'gateway').code).toBe(0);

    expect(repository.read(RELEASE)).toMatch(/version: 0\.2\.0, digest: sha256:[0-9a-f]{64}, commit: unresolved }/);
  });

  test('a chart is no image', async () => {
    const repository = repositoryWithPins(registry.host);
    await registry.pushChart('argoproj/argocd', 'v0.0.1');
    repository.write(RELEASE, repository.read(RELEASE).replace('v3.5.1', 'v0.0.1'));

    expect(pin(repository, '--only', 'images.argocd').stderr).toContain('that is a Helm chart, and no image');
  });
});

describeWithPrograms([...REGISTRY_PROGRAMS, 'openssl'], 'npm run pin and a registry that wants a token', () => {
  const folder = makeTempFolder();
  let issuer: TestUpstream;
  let registry: OciRegistry;
  let digest: string;

  beforeAll(async () => {
    const certificate = await makeCertificate(folder);
    issuer = await startUpstream(({ url, headers, body }, response) => {
      const { searchParams } = new URL(`http://issuer${url}`);
      const form = new URLSearchParams(body.toString());
      const isKnown =
        headers.authorization === `Basic ${btoa('reader:opensesame')}` ||
        form.get('refresh_token') === 'identity-token';
      const scope = searchParams.get('scope') ?? form.get('scope') ?? '';
      const service = searchParams.get('service') ?? form.get('service') ?? '';
      // A stranger gets a token too, as at Docker Hub: for nothing.
      const [, name = ''] = /^repository:(.+):pull$/.exec(scope) ?? [];
      answerJson(
        response,
        200,
        Buffer.from(JSON.stringify({ token: certificate.sign(service, name, isKnown ? ['pull'] : []) })),
      );
    });
    const tokens: TokenIssuer = {
      realm: `${issuer.origin}/token`,
      issuer: 'the test',
      certificateFile: certificate.file,
      authorizationToPush: (service, name) => `Bearer ${certificate.sign(service, name, ['pull', 'push'])}`,
    };
    registry = await startOciRegistry(tokens);
    digest = await registry.pushImage('team/app', '1.0.0');
  });

  afterAll(async () => {
    await registry.stop();
    await issuer.close();
    removeFolder(folder);
  });

  function fetchDigest(findCredential: FindCredential) {
    const source = { registry: registry.host, repository: 'team/app' };
    return registryClient(findCredential).fetchManifest(source, '1.0.0');
  }

  test('a name and a password become a token for this repository alone', async () => {
    const found = await fetchDigest((host) =>
      host === registry.host ? { basic: btoa('reader:opensesame') } : undefined,
    );

    expect(found.digest).toBe(digest);
    expect(issuer.received.at(-1)?.url).toContain(`scope=${encodeURIComponent('repository:team/app:pull')}`);
  });

  test('so does the identity token that az acr login leaves', async () => {
    expect((await fetchDigest(() => ({ identityToken: 'identity-token' }))).digest).toBe(digest);
  });

  test('without either the registry refuses, and the fix is told', async () => {
    await expect(fetchDigest(() => undefined)).rejects.toThrow(
      `not allowed (401), authentication required: log in with \`docker login ${registry.host}\``,
    );
  });
});

async function makeCertificate(folder: string) {
  const [file, keyFile] = [join(folder, 'certificate.pem'), join(folder, 'key.pem')];
  const request = ['req', '-x509', '-newkey', 'rsa:2048', '-nodes', '-days', '2', '-subj', '/CN=the test'];
  await promisify(execFile)('openssl', [...request, '-keyout', keyFile, '-out', file]);
  const chain = [new X509Certificate(readFileSync(file)).raw.toString('base64')];
  const key = readFileSync(keyFile);
  const encode = (part: object): string => Buffer.from(JSON.stringify(part)).toString('base64url');

  /** https://distribution.github.io/distribution/spec/auth/jwt/ */
  function sign(audience: string, name: string, actions: readonly string[]): string {
    const now = Math.floor(Date.now() / 1_000);
    const times = { iat: now, nbf: now - 60, exp: now + 300 };
    const access = [{ type: 'repository', name, actions }];
    const claims = { iss: 'the test', sub: '', aud: audience, jti: randomUUID(), ...times, access };
    const text = `${encode({ typ: 'JWT', alg: 'RS256', x5c: chain })}.${encode(claims)}`;
    return `${text}.${createSign('sha256').update(text).sign(key, 'base64url')}`;
  }
  return { file, sign };
}

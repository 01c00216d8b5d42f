import { createHash } from 'node:crypto';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { freePort } from '../../generators/local-cluster/free-port.ts';
import { startServerProcess } from './server-process.ts';
import { makeTempFolder, removeFolder } from './temp-folder.ts';

export const REGISTRY_PROGRAMS = ['docker-registry'];

const OCI_INDEX = 'application/vnd.oci.image.index.v1+json';
const OCI_MANIFEST = 'application/vnd.oci.image.manifest.v1+json';
const OCI_CONFIG = 'application/vnd.oci.image.config.v1+json';
const HELM_CONFIG = 'application/vnd.cncf.helm.config.v1+json';

/** Debian's docker-registry on a free port of the loopback address, and ways to publish in it. */
export interface OciRegistry {
  /** Such as `127.0.0.1:40123`. */
  readonly host: string;
  /** Each publishes under a tag and gives the digest that the registry told. */
  pushImage(repository: string, tag: string, labels?: Readonly<Record<string, string>>): Promise<string>;
  /** One image for linux/arm64, and one for linux/amd64 that has the labels. */
  pushIndex(repository: string, tag: string, labels?: Readonly<Record<string, string>>): Promise<string>;
  pushChart(repository: string, tag: string): Promise<string>;
  stop(): Promise<void>;
}

/** Whom the registry sends its clients to for a token, and whose signature it trusts. */
export interface TokenIssuer {
  readonly realm: string;
  readonly issuer: string;
  readonly certificateFile: string;
  /** The `Authorization` header with which `service`, the registry, lets us push into a repository. */
  readonly authorizationToPush: (service: string, repository: string) => string;
}

/** Starts a registry. Whoever starts it calls `stop`. */
export async function startOciRegistry(tokens?: TokenIssuer): Promise<OciRegistry> {
  const folder = makeTempFolder();
  const host = `127.0.0.1:${await freePort()}`;
  const config = join(folder, 'config.yml');
  writeFileSync(config, JSON.stringify(configuration(folder, host, tokens)));
  const server = await startServerProcess('docker-registry', ['serve', config], {
    isReady: () => answers(`http://${host}/v2/`),
  });
  const push = pusher(`http://${host}`, (repository) => tokens?.authorizationToPush(host, repository));

  async function pushPlatform(repository: string, reference: string, config: object, configType: string) {
    const layer = await push.blob(repository, Buffer.from(`layer of ${repository}`));
    const described = await push.blob(repository, Buffer.from(JSON.stringify(config)));
    const layers = [{ mediaType: 'application/vnd.oci.image.layer.v1.tar+gzip', ...layer }];
    const manifest = {
      schemaVersion: 2,
      mediaType: OCI_MANIFEST,
      config: { mediaType: configType, ...described },
      layers,
    };
    return push.manifest(repository, reference, OCI_MANIFEST, manifest);
  }

  return {
    host,
    pushImage: async (repository, tag, labels = {}) =>
      (await pushPlatform(repository, tag, imageConfig('amd64', labels), OCI_CONFIG)).digest,
    async pushIndex(repository, tag, labels = {}) {
      const manifests = [];
      for (const architecture of ['arm64', 'amd64']) {
        const config = imageConfig(architecture, architecture === 'amd64' ? labels : {});
        const pushed = await pushPlatform(repository, `${tag}-${architecture}`, config, OCI_CONFIG);
        manifests.push({ mediaType: OCI_MANIFEST, ...pushed, platform: { os: 'linux', architecture } });
      }
      const index = { schemaVersion: 2, mediaType: OCI_INDEX, manifests };
      return (await push.manifest(repository, tag, OCI_INDEX, index)).digest;
    },
    pushChart: async (repository, tag) =>
      (await pushPlatform(repository, tag, { name: repository, version: tag }, HELM_CONFIG)).digest,
    async stop() {
      await server.stop();
      removeFolder(folder);
    },
  };
}

function configuration(folder: string, host: string, tokens: TokenIssuer | undefined): object {
  return {
    version: 0.1,
    storage: { filesystem: { rootdirectory: join(folder, 'registry') } },
    http: { addr: host },
    ...(tokens !== undefined && {
      auth: {
        token: {
          realm: tokens.realm,
          service: host,
          issuer: tokens.issuer,
          rootcertbundle: tokens.certificateFile,
        },
      },
    }),
  };
}

function imageConfig(architecture: string, labels: Readonly<Record<string, string>>): object {
  return { architecture, os: 'linux', config: { Labels: labels }, rootfs: { type: 'layers', diff_ids: [] } };
}

/** What the registry holds, as other manifests name it. */
interface Pushed {
  readonly digest: string;
  readonly size: number;
}

/** https://distribution.github.io/distribution/spec/api/#pushing-an-image */
function pusher(origin: string, authorizationFor: (repository: string) => string | undefined) {
  async function send(url: URL, init: RequestInit, repository: string): Promise<Response> {
    const authorization = authorizationFor(repository);
    const headers = {
      ...(init.headers as Record<string, string>),
      ...(authorization !== undefined && { authorization }),
    };
    const response = await fetch(url, { ...init, headers });
    if (!response.ok) throw new Error(`${init.method} ${url.pathname}: ${response.status} ${await response.text()}`);
    return response;
  }

  return {
    async blob(repository: string, bytes: Buffer): Promise<Pushed> {
      const digest = `sha256:${createHash('sha256').update(bytes).digest('hex')}`;
      const begun = await send(new URL(`/v2/${repository}/blobs/uploads/`, origin), { method: 'POST' }, repository);
      const upload = new URL(begun.headers.get('location') ?? '', origin);
      upload.searchParams.set('digest', digest);
      const headers = { 'content-type': 'application/octet-stream' };
      await send(upload, { method: 'PUT', headers, body: new Uint8Array(bytes) }, repository);
      return { digest, size: bytes.length };
    },
    async manifest(repository: string, reference: string, type: string, manifest: object): Promise<Pushed> {
      const body = JSON.stringify(manifest);
      const url = new URL(`/v2/${repository}/manifests/${reference}`, origin);
      const response = await send(url, { method: 'PUT', headers: { 'content-type': type }, body }, repository);
      return { digest: response.headers.get('docker-content-digest') ?? '', size: Buffer.byteLength(body) };
    },
  };
}

async function answers(url: string): Promise<boolean> {
  try {
    const { status } = await fetch(url, { signal: AbortSignal.timeout(1_000) });
    return status === 200 || status === 401;
  } catch {
    return false;
  }
}

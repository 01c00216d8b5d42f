import { createHash } from 'node:crypto';
import { ArtifactFailure } from './artifact-failure.ts';
import type { FindCredential } from './docker-credentials.ts';
import { exchange, PATIENCE, Unreachable, type Answer, type Patience } from './exchange.ts';
import { parseManifest, MANIFEST_TYPES, type Manifest } from './manifest.ts';
import { answerChallenge } from './registry-token.ts';
import { registryAddress } from './registry-address.ts';

/** A repository in a registry, as people write both. */
export interface Source {
  readonly registry: string;
  readonly repository: string;
}

/** A manifest, or an index of several, with the digest of its very bytes. */
export interface FetchedManifest {
  readonly digest: string;
  readonly manifest: Manifest;
}

/** Asks registries. Every digest that it gives was computed from the bytes that came. */
export interface RegistryClient {
  /** `reference` is a tag or a digest. Throws an ArtifactFailure. */
  fetchManifest(source: Source, reference: string): Promise<FetchedManifest>;
  /** A blob as JSON. Throws an ArtifactFailure. */
  fetchJson(source: Source, digest: string): Promise<unknown>;
}

/** A client of the OCI distribution API. It asks a registry that could not be reached no second time. */
export function registryClient(findCredential: FindCredential, patience: Patience = PATIENCE): RegistryClient {
  const tokens = new Map<string, string>();
  const unreachable = new Map<string, Unreachable>();

  async function get(source: Source, path: string, accept: string): Promise<Answer> {
    const { origin, prefix } = registryAddress(source.registry);
    const repository = prefix === '' ? source.repository : `${prefix}/${source.repository}`;
    const known = unreachable.get(origin);
    if (known !== undefined) throw known;
    const url = new URL(`/v2/${repository}/${path}`, origin);
    const tokenKey = `${origin} ${repository}`;
    const send = (authorization = tokens.get(tokenKey)) =>
      exchange(url, { headers: { accept, ...(authorization !== undefined && { authorization }) } }, patience);
    try {
      const answer = await send();
      const challenge = answer.headers.get('www-authenticate');
      if (answer.status !== 401 || challenge === null) return answer;
      const authorization = await answerChallenge(
        challenge,
        repository,
        findCredential(new URL(origin).host),
        patience,
      );
      if (authorization === undefined) return answer;
      tokens.set(tokenKey, authorization);
      return await send(authorization);
    } catch (error) {
      if (error instanceof Unreachable) unreachable.set(origin, error);
      throw error;
    }
  }

  return {
    async fetchManifest(source, reference) {
      const answer = await get(source, `manifests/${reference}`, MANIFEST_TYPES.join(', '));
      requireAnswer(answer, source.registry);
      const digest = digestOf(answer.body);
      requireSame(answer.headers.get('docker-content-digest'), digest);
      if (reference.startsWith('sha256:')) requireSame(reference, digest);
      return { digest, manifest: parseManifest(answer.body, answer.headers.get('content-type')) };
    },
    async fetchJson(source, digest) {
      const answer = await get(source, `blobs/${digest}`, '*/*');
      requireAnswer(answer, source.registry);
      requireSame(digest, digestOf(answer.body));
      return parseJson(answer.body);
    },
  };
}

function digestOf(body: Buffer): string {
  return `sha256:${createHash('sha256').update(body).digest('hex')}`;
}

function requireSame(told: string | null, computed: string): void {
  if (told === null || told === computed) return;
  throw new ArtifactFailure(
    `the registry says ${told}, but what it sends is ${computed}: trust neither, and ask its operator`,
  );
}

function requireAnswer({ status, body }: Answer, registry: string): void {
  if (status === 200) return;
  if (status === 404) throw new ArtifactFailure('no such tag (404): write a version that its maker has published');
  if (status === 401 || status === 403) {
    const fix = `log in with \`docker login ${registry}\` (without a credential helper), or let everybody read it`;
    throw new ArtifactFailure(`not allowed (${status})${toldBy(body)}: ${fix}`);
  }
  throw new ArtifactFailure(`the registry answers ${status}${toldBy(body)}: try again later`);
}

/** The registry's own word, without what could move a terminal's cursor. */
function toldBy(body: Buffer): string {
  const message = /"message"\s*:\s*"([^"]{1,200})/.exec(body.toString('utf8', 0, 4_096))?.[1];
  // oxlint-disable-next-line no-control-regex
  return message === undefined ? '' : `, ${message.replaceAll(/[\u0000-\u001f\u007f-\u009f]/g, ' ')}`;
}

function parseJson(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString());
  } catch {
    throw new ArtifactFailure('the registry sends a configuration that is not JSON');
  }
}

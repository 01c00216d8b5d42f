import { ArtifactFailure } from './artifact-failure.ts';

/** A registry as it is asked: its origin, and what its repositories' names begin with there (often nothing). */
export interface RegistryAddress {
  readonly origin: string;
  readonly prefix: string;
}

/** Docker Hub's registry answers under another name than the one that images carry. */
const DOCKER_HUB = 'https://registry-1.docker.io';

/**
 * Where `quay.io`, `crdev.azurecr.io/team` or an address such as `https://mirror.example.com/quay` answers. A bare name
 * means https, and http on the loopback address alone, as container engines take it. Throws an ArtifactFailure.
 */
export function registryAddress(registry: string): RegistryAddress {
  if (registry === 'docker.io') return { origin: DOCKER_HUB, prefix: '' };
  const url = URL.parse(/^https?:\/\//.test(registry) ? registry : `https://${registry}`);
  if (url === null)
    throw new ArtifactFailure(`${registry} is no address of a registry: write one such as https://quay.io`);
  if (!/^https?:/.test(registry) && isLoopback(url)) url.protocol = 'http:';
  requireSafe(url);
  return { origin: url.origin, prefix: url.pathname.replace(/^\/|\/$/g, '') };
}

/** Throws an ArtifactFailure where an answer could be forged on its way: http is for the loopback address alone. */
export function requireSafe(url: URL): void {
  if (url.protocol === 'https:' || (url.protocol === 'http:' && isLoopback(url))) return;
  throw new ArtifactFailure(`${url.origin} is asked without TLS, so anybody on the way could answer: write https://`);
}

function isLoopback({ hostname }: URL): boolean {
  return hostname === 'localhost' || hostname === '[::1]' || /^127(\.\d{1,3}){3}$/.test(hostname);
}

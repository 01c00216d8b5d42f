import type { Pin } from '../../environments/schema/release.ts';

/** `registry/repository:version@digest`. An unresolved digest stays visible and cannot be pulled. */
export function imageReference(registry: string, repository: string, pin: Pin): string {
  return `${registry}/${repository}:${pin.version}@${shownDigest(pin)}`;
}

/** A pin's digest as it is rendered: `sha256:unresolved` is no digest, so that nothing is pulled unseen. */
export function shownDigest({ digest }: Pin): string {
  return digest === 'unresolved' ? 'sha256:unresolved' : digest;
}

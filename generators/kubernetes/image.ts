export interface ImagePin {
  readonly version: string;
  /** `sha256:<64 hex digits>` that a registry gave, or `unresolved`. */
  readonly digest: string;
}

/** `registry/repository:version@digest`. An unresolved digest stays visible and cannot be pulled. */
export function imageReference(registry: string, repository: string, pin: ImagePin): string {
  const digest = pin.digest === 'unresolved' ? 'sha256:unresolved' : pin.digest;
  return `${registry}/${repository}:${pin.version}@${digest}`;
}

/** One artifact has no digest for us: why, and what to do about it. The others go on. */
export class ArtifactFailure extends Error {
  override readonly name = 'ArtifactFailure';
}

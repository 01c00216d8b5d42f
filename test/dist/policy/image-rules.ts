import type { CommittedManifest } from '../manifests.ts';
import type { Rule } from './rule.ts';
import { containersOf, workloadsOf } from './workloads.ts';

const NAME_AND_DIGEST = /^[^:@]+(?::\d+)?\/[^:@]+:([^:@]+)@(\S+)$/;
const DIGEST = /@(sha256:[^\s"',\\]+)/g;
const REPEATED = /^(.{1,32})\1+(.{0,31})$/;
const COUNTING = /0123456789|9876543210|123456789abc|fedcba98|deadbeef|0{12}/;

/** An image is named by version and digest. */
export const imagesArePinned: Rule = (manifests) =>
  workloadsOf(manifests).flatMap((workload) =>
    containersOf(workload).flatMap(({ image }) => {
      const [, version, digest] = NAME_AND_DIGEST.exec(image) ?? [];
      if (version === undefined || digest === undefined)
        return [`${workload.path}: ${image} has no version or no digest`];
      return version === 'latest' ? [`${workload.path}: ${image} is whatever is newest`] : [];
    }),
  );

/** A digest, of an image or of a chart, is what a registry gave or openly none. The hashes of keys stand behind no `@`. */
export const digestsAreReal: Rule = (manifests) =>
  manifests.flatMap(({ path, object }) =>
    [...new Set(digestsIn(JSON.stringify(object)))]
      .filter(isMadeUp)
      .map((digest) => `${path}: no registry gave ${digest}`),
  );

/** Every digest that stands behind an `@`. */
function digestsIn(text: string): string[] {
  return [...text.matchAll(DIGEST)].map(([, digest]) => digest ?? '');
}

/** Whether a digest is neither `sha256:unresolved` nor what a hash looks like. */
export function isMadeUp(digest: string): boolean {
  if (digest === 'sha256:unresolved') return false;
  const hex = /^sha256:([0-9a-f]{64})$/.exec(digest)?.[1];
  return hex === undefined || REPEATED.test(hex) || COUNTING.test(hex);
}

/** The images that anything in the manifests names with a version that may move. */
export const nothingIsLatest: Rule = (manifests: readonly CommittedManifest[]) =>
  manifests.flatMap(({ path, text }) =>
    /(?:[\w-]+[./])+[\w-]+:latest\b|^\s*targetRevision: ["']?(?:latest|\*)/m.test(text)
      ? [`${path}: names whatever is newest`]
      : [],
  );

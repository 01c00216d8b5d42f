import { LOCAL_ENVIRONMENT } from './check-settings.ts';
import { whyMadeUp } from './digest-shape.ts';
import type { EnvironmentFiles } from './environment-files.ts';
import type { Problem } from './parse-yaml.ts';
import { neededPins, pinsOf, type PlacedPin } from './release-pins.ts';

const FIX = 'write unresolved, and let `npm run pin` ask the registry';

/** Everything that an environment runs is pinned, and no digest looks as if nobody's registry had given it. */
export function checkRelease(files: EnvironmentFiles): Problem[] {
  return [...checkNeeded(files), ...checkDigests(files)];
}

function checkNeeded({ name, settings, release }: EnvironmentFiles): Problem[] {
  const { value } = release;
  if (name === LOCAL_ENVIRONMENT || settings.value === undefined || value === undefined) return [];
  return neededPins(settings.value).flatMap((needed) => {
    const isPinned = needed.kind === 'images' ? value.images[needed.key] : value.charts[needed.key];
    if (isPinned !== undefined) return [];
    const message = `${needed.key} is missing: ${needed.reason} it, as { version: ..., digest: unresolved }`;
    return [release.locate([needed.kind], message)];
  });
}

function checkDigests({ release }: EnvironmentFiles): Problem[] {
  if (release.value === undefined) return [];
  const first = new Map<string, PlacedPin>();
  return pinsOf(release.value).flatMap((placed) => {
    const { digest } = placed.pin;
    const path = [placed.kind, placed.key, 'digest'];
    const finding = whyMadeUp(digest);
    if (finding !== undefined) return [release.locate(path, `digest ${digest} ${finding}: ${FIX}`)];
    const earlier = digest === 'unresolved' ? undefined : first.get(digest);
    if (earlier === undefined) {
      first.set(digest, placed);
      return [];
    }
    const other = `${earlier.kind}.${earlier.key}`;
    return [release.locate(path, `digest ${digest} is that of ${other}, and no two artifacts share one: ${FIX}`)];
  });
}

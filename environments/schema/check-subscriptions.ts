import { LOCAL_ENVIRONMENT } from './check-settings.ts';
import type { EnvironmentFiles } from './environment-files.ts';
import type { Problem } from './parse-yaml.ts';

/**
 * Warns of an environment of `production` that shares its subscription with one that is not: whoever deploys that owns
 * every stack of the subscription, and may lift the guard of production's.
 */
export function checkSubscriptions(
  environments: readonly EnvironmentFiles[],
  production: readonly string[],
): Problem[] {
  // A copy that still has the other's name is told as that.
  const named = environments.filter(({ name, settings }) => settings.value?.name === name);
  const others = named.filter(({ name }) => name !== LOCAL_ENVIRONMENT && !production.includes(name));
  return named
    .filter(({ name }) => production.includes(name))
    .flatMap((files) => others.flatMap((other) => tellShared(files, other)));
}

function tellShared({ name, settings }: EnvironmentFiles, other: EnvironmentFiles): Problem[] {
  const path = ['subscription_id'];
  const id = settings.value?.subscription_id.toLowerCase() ?? 'unset';
  if (id === 'unset' || other.settings.value?.subscription_id.toLowerCase() !== id) return [];
  const place = `${other.settings.file}:${other.settings.locate(path, '').line}`;
  const message = `${name} shares its subscription with ${other.name} (${place}), whose deployments may lift the guards of ${name}: give ${name} one of its own`;
  return [settings.locate(path, message, 'warning')];
}

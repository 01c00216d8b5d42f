import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import { Refusal } from '../command-line/refusal.ts';

/** What a registry is shown: a name and a password, or a token that it exchanges. */
export type Credential = { readonly basic: string } | { readonly identityToken: string };

/** Finds the credential for a host such as `ghcr.io`; undefined where there is none. */
export type FindCredential = (host: string) => Credential | undefined;

const DockerConfig = z.object({
  auths: z
    .record(z.string(), z.object({ auth: z.string().optional(), identitytoken: z.string().optional() }))
    .default({}),
});

/**
 * What `docker login` left in config.json, below `$DOCKER_CONFIG` or `~/.docker`. Passwords that it keeps in a
 * credential helper are not asked for. Throws a Refusal where the file is broken.
 */
export function readDockerCredentials({ DOCKER_CONFIG: folder, HOME: home }: NodeJS.ProcessEnv): FindCredential {
  const file = folder === undefined ? join(home ?? '.', '.docker', 'config.json') : join(folder, 'config.json');
  const credentials = new Map<string, Credential>();
  for (const [registry, { auth, identitytoken }] of Object.entries(readConfig(file).auths)) {
    if (identitytoken !== undefined && identitytoken !== '')
      credentials.set(hostOf(registry), { identityToken: identitytoken });
    else if (auth !== undefined && auth !== '') credentials.set(hostOf(registry), { basic: auth });
  }
  return (host) => credentials.get(hostOf(host));
}

function readConfig(file: string): z.infer<typeof DockerConfig> {
  let text: string;
  try {
    text = readFileSync(file, 'utf8');
  } catch {
    return { auths: {} };
  }
  try {
    return DockerConfig.parse(JSON.parse(text));
  } catch {
    // Its own message would repeat a part of the file, which holds passwords.
    throw new Refusal(`${file} is not what docker login writes: mend it, or set DOCKER_CONFIG to an empty folder`);
  }
}

/** Docker Hub has three names: in images, for its registry, and in config.json. */
function hostOf(registry: string): string {
  const host = registry.replace(/^https?:\/\//, '').replace(/\/.*$/, '');
  return host === 'index.docker.io' || host === 'registry-1.docker.io' ? 'docker.io' : host;
}

import { z } from 'zod';
import { ArtifactFailure } from './artifact-failure.ts';
import type { Credential } from './docker-credentials.ts';
import { exchange, type Patience } from './exchange.ts';

/** What a registry asks for in `WWW-Authenticate`. */
interface Challenge {
  readonly scheme: string;
  readonly realm?: string | undefined;
  readonly service?: string | undefined;
  readonly scope?: string | undefined;
}

const TokenAnswer = z.object({ token: z.string().optional(), access_token: z.string().optional() });

/**
 * The `Authorization` header that answers a registry's 401, or undefined where there is nothing to answer with.
 * https://distribution.github.io/distribution/spec/auth/token/. Throws an ArtifactFailure.
 */
export async function answerChallenge(
  header: string,
  repository: string,
  credential: Credential | undefined,
  patience: Patience,
): Promise<string | undefined> {
  const challenge = parseChallenge(header);
  if (challenge.scheme === 'basic')
    return credential !== undefined && 'basic' in credential ? `Basic ${credential.basic}` : undefined;
  if (challenge.scheme !== 'bearer' || challenge.realm === undefined) return undefined;
  const realm = URL.parse(challenge.realm);
  if (realm === null)
    throw new ArtifactFailure(`the registry sends us for a token to ${challenge.realm}, which is no address`);
  const scope = challenge.scope ?? `repository:${repository}:pull`;
  const answer = await askForToken(realm, { ...challenge, scope }, credential, patience);
  if (answer.status !== 200) return undefined;
  const { token, access_token } = readToken(answer.body);
  const bearer = token ?? access_token;
  return bearer === undefined ? undefined : `Bearer ${bearer}`;
}

function askForToken(
  realm: URL,
  { service, scope = '' }: Challenge,
  credential: Credential | undefined,
  patience: Patience,
) {
  const fields = new URLSearchParams({ ...(service !== undefined && { service }), scope });
  if (credential !== undefined && 'identityToken' in credential) {
    // https://distribution.github.io/distribution/spec/auth/oauth/: how Azure's registries take `az acr login`.
    const { identityToken } = credential;
    const grant = { grant_type: 'refresh_token', client_id: 'tollgate', refresh_token: identityToken };
    for (const [name, value] of Object.entries(grant)) fields.set(name, value);
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    return exchange(realm, { method: 'POST', headers, body: fields.toString() }, patience);
  }
  const url = new URL(realm);
  for (const [name, value] of fields) url.searchParams.set(name, value);
  const headers: Record<string, string> =
    credential === undefined ? {} : { authorization: `Basic ${credential.basic}` };
  return exchange(url, { headers }, patience);
}

function readToken(body: Buffer): z.infer<typeof TokenAnswer> {
  try {
    return TokenAnswer.parse(JSON.parse(body.toString()));
  } catch {
    throw new ArtifactFailure('the registry answers the question for a token with something else');
  }
}

function parseChallenge(header: string): Challenge {
  const [scheme = ''] = header.split(' ', 1);
  const parameters = new Map<string, string>();
  for (const [, name = '', quoted, plain] of header.matchAll(/([a-z_]+)=(?:"([^"]*)"|([^\s,]+))/gi))
    parameters.set(name.toLowerCase(), quoted ?? plain ?? '');
  return {
    scheme: scheme.toLowerCase(),
    realm: parameters.get('realm'),
    service: parameters.get('service'),
    scope: parameters.get('scope'),
  };
}

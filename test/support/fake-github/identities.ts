import { createPublicKey, generateKeyPairSync, randomBytes, verify } from 'node:crypto';
import { invalid, notFound, refusal, type Answer, type Call, type Route } from './answer.ts';
import type { Access, Identity, Permissions } from './identity.ts';

const LONGEST_JWT_S = 600;

export interface App {
  readonly clientId: string;
  readonly privateKey: string;
  readonly installationId: number;
  readonly login: string;
  readonly permissions: Permissions;
}

/** Tokens and apps that the fake knows. */
export interface Identities {
  readonly addToken: (identity: Identity) => string;
  readonly addApp: (login: string, permissions: Permissions) => App;
  /** Undefined for a token that nobody has, or that was revoked. */
  readonly byToken: (token: string) => Identity | undefined;
  /** Routes with which an app asks for an installation's token and gives it back. */
  readonly routes: readonly Route[];
}

export function makeIdentities(repository: { owner: string; repo: string }): Identities {
  const tokens = new Map<string, Identity>();
  const apps: App[] = [];

  function addToken(identity: Identity): string {
    const token = `ghs_${randomBytes(18).toString('hex')}`;
    tokens.set(token, identity);
    return token;
  }

  function addApp(login: string, permissions: Permissions): App {
    const { privateKey } = generateKeyPairSync('rsa', { modulusLength: 2048 });
    const app = {
      clientId: `Iv23${randomBytes(8).toString('hex')}`,
      privateKey: privateKey.export({ type: 'pkcs1', format: 'pem' }),
      installationId: apps.length + 1,
      login: `${login}[bot]`,
      permissions,
    };
    apps.push(app);
    return app;
  }

  function findInstallation({ headers, parameters }: Call): Answer {
    const app = findApp(apps, headers.authorization);
    if (typeof app === 'string') return refusal(401, app);
    if (parameters['owner'] !== repository.owner || parameters['repo'] !== repository.repo) return notFound();
    return { status: 200, body: { id: app.installationId, client_id: app.clientId, permissions: app.permissions } };
  }

  function issueToken({ headers, parameters, body }: Call): Answer {
    const app = findApp(apps, headers.authorization);
    if (typeof app === 'string') return refusal(401, app);
    if (Number(parameters['id']) !== app.installationId) return notFound();
    const repositories = (body['repositories'] ?? [repository.repo]) as readonly string[];
    if (repositories.some((name) => name !== repository.repo))
      return invalid(
        'IntegrationInstallation',
        'repositories',
        'There is at least one repository that is not accessible',
      );
    const permissions = (body['permissions'] ?? app.permissions) as Permissions;
    if (Object.entries(permissions).some(([name, access]) => !allows(app.permissions[name], access)))
      return refusal(422, 'The permissions requested are not granted to this installation.');
    const token = addToken({ login: app.login, type: 'Bot', permissions });
    const expires = new Date(Date.now() + 3_600_000).toISOString();
    return { status: 201, body: { token, expires_at: expires, permissions, repository_selection: 'selected' } };
  }

  function revokeToken({ headers }: Call): Answer {
    const token = tokenIn(headers.authorization);
    if (token === undefined || !tokens.delete(token)) return refusal(401, 'Bad credentials');
    return { status: 204 };
  }

  const routes: Route[] = [
    { method: 'GET', path: '/repos/:owner/:repo/installation', handle: findInstallation },
    { method: 'POST', path: '/app/installations/:id/access_tokens', handle: issueToken },
    { method: 'DELETE', path: '/installation/token', handle: revokeToken },
  ];
  return { addToken, addApp, byToken: (token) => tokens.get(token), routes };
}

/** Whether what somebody has is enough for what is asked for. */
export function allows(has: Access | undefined, asks: Access): boolean {
  return has === 'write' || (has === 'read' && asks === 'read');
}

/** The token of `Bearer x`, `token x`, or of Git's `Basic` with `x-access-token` as the user. */
export function tokenIn(authorization: string | undefined): string | undefined {
  const [scheme = '', value = ''] = (authorization ?? '').split(' ');
  if (/^(bearer|token)$/i.test(scheme)) return value;
  if (!/^basic$/i.test(scheme)) return undefined;
  return /^x-access-token:(.+)$/.exec(Buffer.from(value, 'base64').toString())?.[1];
}

/** The app that signed, or why GitHub does not believe it. */
function findApp(apps: readonly App[], authorization: string | undefined): App | string {
  const [header = '', payload = '', signature = ''] = (tokenIn(authorization) ?? '').split('.');
  if (signature === '') return 'A JSON web token could not be decoded';
  const { alg } = decode<{ alg?: string }>(header);
  const claims = decode<{ iss?: string; iat?: number; exp?: number }>(payload);
  const app = apps.find(({ clientId }) => clientId === claims.iss);
  if (app === undefined || alg !== 'RS256') return 'A JSON web token could not be decoded';
  const key = createPublicKey(app.privateKey);
  if (!verify('sha256', Buffer.from(`${header}.${payload}`), key, Buffer.from(signature, 'base64url')))
    return 'A JSON web token could not be decoded';
  const now = Date.now() / 1000;
  const { iat = Number.NaN, exp = Number.NaN } = claims;
  if (!(exp > now)) return "'Expiration time' claim ('exp') must be a numeric value representing a future time";
  if (!(exp - now <= LONGEST_JWT_S)) return "'Expiration time' claim ('exp') is too far in the future";
  if (!(iat <= now))
    return "'Issued at' claim ('iat') must be an Integer representing the time that the assertion was issued";
  return app;
}

function decode<T>(part: string): Partial<T> {
  try {
    return JSON.parse(Buffer.from(part, 'base64url').toString()) as Partial<T>;
  } catch {
    return {};
  }
}

import { hash } from 'node:crypto';
import type { IncomingHttpHeaders } from 'node:http';
import type { Caller } from '../config/callers.ts';
import type { Snapshot } from '../config/snapshot.ts';
import { GatewayError } from '../errors.ts';
import type { Stage } from '../request-state.ts';

/** Where LiteLLM accepts a key, in its order; the first that is there counts. */
const KEY_HEADERS = ['x-litellm-api-key', 'authorization', 'api-key', 'x-api-key'] as const;
const MAX_KEY_LENGTH = 512;

/** Hashes of the keys that were right lately: a tenth of the time of hashing them again. */
type RecentHashes = Map<string, string>;

const MAX_RECENT_HASHES = 1_000;

/** Finds the caller by the hash of its key. The lookup takes the same time for every wrong key. */
export function authenticate({ now }: { now: () => number }): Stage {
  const recent: RecentHashes = new Map();
  return function authenticate(ctx, next) {
    ctx.state.caller = findCaller(ctx.req.headers, ctx.state.snapshot, now(), recent);
    return next();
  };
}

/**
 * The caller of a request's headers.
 * @throws GatewayError key_missing, key_malformed, key_unknown, key_blocked, team_blocked, key_expired
 */
export function findCaller(
  headers: IncomingHttpHeaders,
  snapshot: Snapshot,
  nowMs: number,
  recent: RecentHashes = new Map(),
): Caller {
  const key = readKey(headers);
  if (key === undefined || key === '') {
    if (snapshot.anonymous !== undefined) return snapshot.anonymous;
    throw new GatewayError('key_missing');
  }
  // A hash is looked up, not the key: how long that takes says nothing about any key that exists.
  const keyHash = recent.get(key) ?? (key.length <= MAX_KEY_LENGTH ? hash('sha256', key) : '');
  const caller = snapshot.callers.get(keyHash) ?? snapshot.anonymous;
  if (caller === undefined) throw refuseUnknown(key, keyHash);
  remember(recent, key, keyHash);
  if (caller.isBlocked) throw new GatewayError('key_blocked');
  if (caller.isTeamBlocked) throw new GatewayError('team_blocked', { team: caller.teamId ?? '' });
  if (caller.expiresAtMs !== undefined && caller.expiresAtMs <= nowMs) {
    const fields = { expiry: new Date(caller.expiresAtMs).toISOString(), now: new Date(nowMs).toISOString() };
    throw new GatewayError('key_expired', fields, { param: maskKey(key) });
  }
  return caller;
}

/** Only keys of a caller get here, and at most so many are kept. */
function remember(recent: RecentHashes, key: string, keyHash: string): void {
  if (recent.has(key)) return;
  if (recent.size >= MAX_RECENT_HASHES) recent.clear();
  recent.set(key, keyHash);
}

function readKey(headers: IncomingHttpHeaders): string | undefined {
  for (const name of KEY_HEADERS) {
    const value = headers[name];
    if (typeof value !== 'string' || value === '') continue;
    if (value.startsWith('Bearer ') || /^bearer /i.test(value)) return value.slice('Bearer '.length).trim();
    return /^basic /i.test(value) ? readBasic(value) : value.trim();
  }
  return undefined;
}

/** Basic authentication: the key stands as the password, or alone as the user. */
function readBasic(value: string): string {
  const [user = '', password = ''] = Buffer.from(value.slice('Basic '.length), 'base64').toString('utf8').split(':', 2);
  return password === '' ? user : password;
}

function refuseUnknown(key: string, keyHash: string): GatewayError {
  if (!key.startsWith('sk-')) return new GatewayError('key_malformed', { key: maskKey(key) });
  return new GatewayError('key_unknown', { key: maskKey(key), hash: keyHash });
}

const SHOWN_DIGITS = 4;

/** The last four characters, as LiteLLM shows a key; of a short one nothing. */
function maskKey(key: string): string {
  return key.length > SHOWN_DIGITS * 4 ? `sk-...${key.slice(-SHOWN_DIGITS)}` : 'sk-...';
}

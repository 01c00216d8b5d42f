import { hash } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { GatewayConfig } from '../../../environments/schema/gateway-config.ts';
import { buildSnapshot } from '../../../proxy/config/snapshot.ts';
import { GatewayError } from '../../../proxy/errors.ts';
import { findCaller } from '../../../proxy/pipeline/authenticate.ts';

const NOW = Date.parse('2026-11-24T12:00:00Z');
const key = (name: string) => `sk-${name}-0123456789abcdef`;
const token = (name: string) => hash('sha256', key(name));

const CONFIG = {
  ...GatewayConfig.parse({
    general_settings: { master_key: key('master') },
    teams: [{ team_id: 'good' }, { team_id: 'bad', blocked: true }],
    virtual_keys: [
      { token: token('new'), previous_token: token('old'), key_alias: 'rotating', team_id: 'good' },
      { token: token('blocked'), key_alias: 'blocked', blocked: true },
      { token: token('expired'), key_alias: 'expired', expires: '2026-11-24T12:00:00Z' },
      { token: token('lasting'), key_alias: 'lasting', expires: '2026-11-24T12:00:01Z' },
      { token: token('team'), key_alias: 'team', team_id: 'bad' },
    ],
  }),
  revision: 'r',
};

function find(headers: Record<string, string>, allowsAnonymous = false) {
  return findCaller(headers, buildSnapshot(CONFIG, { simulatorApiBase: undefined, allowsAnonymous }), NOW);
}

function refusal(headers: Record<string, string>): GatewayError {
  try {
    find(headers);
  } catch (error) {
    if (error instanceof GatewayError) return error;
  }
  throw new Error('nothing was refused');
}

describe('findCaller', () => {
  it.each([
    ['x-litellm-api-key', key('new')],
    ['x-litellm-api-key', `Bearer ${key('new')}`],
    ['authorization', `Bearer ${key('new')}`],
    ['authorization', `bearer ${key('new')}`],
    ['authorization', key('new')],
    ['authorization', `Basic ${Buffer.from(`user:${key('new')}`).toString('base64')}`],
    ['api-key', key('new')],
    ['x-api-key', key('new')],
  ])('accepts a key in %s as %s', (name, value) => {
    expect(find({ [name]: value })).toMatchObject({ keyAlias: 'rotating', teamId: 'good', isAdmin: false });
  });

  it('takes the first place that has a key, in LiteLLM’s order', () => {
    expect(find({ 'x-litellm-api-key': key('new'), authorization: `Bearer ${key('blocked')}` }).keyAlias).toBe(
      'rotating',
    );
    expect(refusal({ authorization: 'Bearer sk-unknown', 'api-key': key('new') }).code).toBe('key_unknown');
  });

  it('accepts both keys of a rotation, as one caller with one budget', () => {
    const [older, newer] = [find({ 'api-key': key('old') }), find({ 'api-key': key('new') })];
    expect(older.limits).toEqual(newer.limits);
    expect(older.keyAlias).toBe(newer.keyAlias);
    expect(older.keyHash).not.toBe(newer.keyHash);
  });

  it('knows the master key as admin, without limits', () => {
    expect(find({ 'api-key': key('master') })).toMatchObject({ isAdmin: true, keyAlias: undefined, limits: [] });
  });

  it('lets a key live until its last second', () => {
    expect(find({ 'api-key': key('lasting') }).keyAlias).toBe('lasting');
  });

  it.each([
    ['no key', {}, 401, 'auth_error', 'No api key passed in'],
    ['an empty key', { authorization: 'Bearer ' }, 401, 'auth_error', 'No api key passed in'],
    ['an unknown key', { 'api-key': key('other') }, 401, 'token_not_found_in_db', 'Invalid proxy server token passed'],
    [
      'a key of another kind',
      { 'api-key': 'some-other-credential' },
      401,
      'auth_error',
      "expected to start with 'sk-'",
    ],
    [
      'a key that is far too long',
      { 'api-key': `sk-${'x'.repeat(10_000)}` },
      401,
      'token_not_found_in_db',
      'Invalid proxy server token',
    ],
    ['a blocked key', { 'api-key': key('blocked') }, 401, 'auth_error', 'Key is blocked'],
    ['a key of a blocked team', { 'api-key': key('team') }, 401, 'auth_error', 'Team=bad is blocked'],
    ['an expired key', { 'api-key': key('expired') }, 400, 'expired_key', 'Key Expiry time 2026-11-24T12:00:00.000Z'],
  ])('refuses %s', (_what, headers, status, type, message) => {
    const error = refusal(headers);
    expect(error).toMatchObject({ status, type });
    expect(error.message).toContain(message);
  });

  it('never repeats a key', () => {
    const unknown = key('other');
    expect(
      JSON.stringify([refusal({ 'api-key': unknown }).message, refusal({ 'api-key': `not-${unknown}` }).message]),
    ).not.toContain(unknown);
  });

  it('does not let anybody in without a key where keys exist', () => {
    expect(() => find({}, true)).toThrow('No api key');
  });
});

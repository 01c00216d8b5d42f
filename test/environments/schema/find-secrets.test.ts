import { describe, expect, test } from 'vitest';
import { findSecrets, redactSecrets } from '../../../environments/schema/find-secrets.ts';
import { makeKey } from '../../../environments/schema/key-format.ts';

// Put together here, so that no scanner of this repository takes them for real.
const PASSWORD = 'hunter2'.repeat(2);
const SECRETS = {
  openai: `sk-proj-${'Ab1_Cd2-Ef3Gh4Ij5Kl6'.repeat(4)}`,
  anthropic: `sk-ant-api03-${'x9Y8z7W6v5U4'.repeat(7)}`,
  openRouter: `sk-or-v1-${'0a1b2c3d'.repeat(8)}`,
  groq: `gsk_${'a1B2'.repeat(13)}`,
  xai: `xai-${'a1B2'.repeat(20)}`,
  google: `AIza${'aB3-_'.repeat(7)}`,
  azure: `${'a1B2'.repeat(13)}JQQJ99${'Z9y8X7w6V5u4T'.repeat(2)}`,
  aws: `AKIA${'ABCD2345'.repeat(2)}`,
  github: `ghp_${'a1B2c3'.repeat(6)}`,
  huggingFace: `hf_${'a1B2c3'.repeat(6)}`,
  privateKey: ['-----BEGIN RSA', 'PRIVATE', 'KEY-----'].join(' '),
  database: `postgres://tollgate:${PASSWORD}@db.example.com:5432/tollgate`,
  redis: `rediss://:${PASSWORD}@cache.example.com:6380`,
};

describe('findSecrets', () => {
  test.each(Object.entries(SECRETS))('finds a secret of %s wherever it stands', (_, secret) => {
    const text = `# was: "${secret}"\nmodel_list: []`;

    const [found, ...others] = findSecrets(text);

    expect(others).toEqual([]);
    expect(secret.startsWith(found?.secret ?? 'nothing')).toBe(true);
    expect(found?.offset).toBe(text.indexOf(secret));
  });

  test('names a key that this gateway issued', () => {
    expect(findSecrets(`hashes: [${makeKey()}]`).map(({ kind }) => kind)).toEqual(['a virtual key of this gateway']);
  });

  test.each([
    'key_alias: sk-learn-experiments-team-a',
    'key_alias: task-sk-learning-with-very-long-name-2027',
    'api_key: os.environ/AZURE_OPENAI_KEY',
    'api_base: https://opencode.ai/zen/go/v1',
    'api_base: https://user@llm.example.com:8443/v1',
    'api_base: http://llm.example.com:8080/v1/@scope/x',
    `- sha256:${'9f86d081884c7d65'.repeat(4)}`,
    `commit: ${'9f86d08188'.repeat(4)}`,
    'owners: [search-leads@example.com]',
    'model: openai/claude-sonnet-4-5-20250929',
    'LITELLM_MASTER_KEY: sk-1234',
  ])('lets %s pass', (text) => {
    expect(findSecrets(text)).toEqual([]);
  });

  test('takes no longer for a long text of near misses', () => {
    const text = 'sk-'.repeat(50_000) + 'a://'.repeat(20_000) + 'postgres://x:'.repeat(10_000);

    expect(findSecrets(text)).toEqual([]);
  });
});

describe('redactSecrets', () => {
  test('leaves the text around every secret as it is', () => {
    expect(redactSecrets(`unknown key ${SECRETS.openai}: remove it (${SECRETS.groq})`)).toBe(
      'unknown key (a secret): remove it ((a secret))',
    );
  });
});

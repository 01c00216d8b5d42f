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
  bedrock: `ABSK${'a1B2'.repeat(30)}=`,
  cerebras: `csk-${'a1b2'.repeat(12)}`,
  together: `tgp_v1_${'a1B2_'.repeat(9)}`,
  perplexity: `pplx-${'a1B2'.repeat(12)}`,
  nvidia: `nvapi-${'a1B2_'.repeat(12)}`,
  replicate: `r8_${'a1B2c'.repeat(7)}d3`,
  fireworks: `fw_${'a1B2'.repeat(6)}`,
  databricks: `dapi${'a1b2'.repeat(8)}`,
  azureStorage: `${'a1B+'.repeat(21)}a1==`,
  entra: `abc8Q~${'a1B_'.repeat(8)}`,
  gitlab: `glpat-${'a1B2_'.repeat(4)}`,
  npm: `npm_${'a1B2'.repeat(9)}`,
  slack: `xoxb-${'1234-'.repeat(4)}abcDEF`,
  slackWebhook: ['hooks.slack.com/services', 'T0123456', 'B0123456', 'a1B2'.repeat(6)].join('/'),
  stripe: `sk_live_${'a1B2'.repeat(6)}`,
  jwt: ['eyJhbGciOiJIUzI1NiJ9', 'eyJzdWIiOiIxMjM0In0', 'a1B2-_'.repeat(5)].join('.'),
  privateKey: ['-----BEGIN RSA', 'PRIVATE', 'KEY-----'].join(' '),
  database: `postgres://tollgate:${PASSWORD}@db.example.com:5432/tollgate`,
  redis: `rediss://:${PASSWORD}@cache.example.com:6380`,
};

describe('findSecrets', () => {
  test.each(Object.entries(SECRETS))('finds a secret of %s wherever it stands', (_, secret) => {
    const text = `# was: AccountKey=${secret} \nmodel_list: []`;

    const [found, ...others] = findSecrets(text);

    expect(others).toEqual([]);
    expect(secret.startsWith(found?.secret ?? 'nothing')).toBe(true);
    expect(found?.offset).toBe(text.indexOf(secret));
  });

  test.each([
    ['AZURE_OPENAI_API_KEY=', 'a1b2'.repeat(8), 'an Azure key'],
    ['api-key: "', 'a1b2'.repeat(8), 'an Azure key'],
    ['export MISTRAL_API_KEY=', 'kT7wQ2mZx9Lr4Vn8Ys3Hb6Jd1Pf5Gc0A', 'a credential'],
    ['TOGETHER_API_KEY="', '9f86d081884c7d659a2feaa0c55ad015'.repeat(2), 'a credential'],
    ['  mistral_api_key: ', 'kT7wQ2mZx9Lr4Vn8Ys3Hb6Jd1Pf5Gc0A', 'a credential'],
    ["'SEARCH_TOKEN': '", 'kT7wQ2mZx9Lr4Vn8Ys3Hb6Jd', 'a credential'],
    ['WEBHOOK_SECRET=', 'kT7wQ2mZx9Lr4Vn8Ys3Hb6Jd1Pf5Gc0A', 'a credential'],
    ['DATABASE_PASSWORD: ', 'kT7wQ2mZx9Lr4Vn8Ys3Hb6Jd', 'a credential'],
    ['aws_secret_access_key = ', 'a1B/'.repeat(10), 'an AWS key'],
    ['Server=db.example.com;Database=gateway;User Id=sa;Password=', PASSWORD, 'a password'],
  ])('finds what is a secret only behind %s', (context, secret, kind) => {
    expect(findSecrets(context + secret)).toEqual([{ kind, offset: context.length, secret }]);
    expect(findSecrets(`value: ${secret}`)).toEqual([]);
  });

  test('names a key that this gateway issued', () => {
    expect(findSecrets(`hashes: [${makeKey()}]`).map(({ kind }) => kind)).toEqual(['a virtual key of this gateway']);
  });

  test.each(['a_', 'a-', 'team9', '\\n', '%22', '\\u0022'])('finds a key of this gateway right behind %s', (before) => {
    const key = makeKey();

    expect(findSecrets(`${before}${key}rest`)).toEqual([
      { kind: 'a virtual key of this gateway', offset: before.length, secret: key },
    ]);
  });

  test.each(['{"args":"--key\\n', '{"tab":"\\t', 'https://gw.example.com/?key=%22', '"\\u0027'])(
    'finds every shape where %s stands for the character before it',
    (before) => {
      const { azureStorage: _, slackWebhook: __, privateKey: ___, database: ____, redis: _____, ...shaped } = SECRETS;
      for (const secret of Object.values(shaped)) expect(findSecrets(before + secret)).toMatchObject([{ secret }]);
    },
  );

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
    'postgres://gateway:${password}@db.example.com/gateway',
    'postgres://USER:PASSWORD@HOST/DATABASE',
    'redis://:<password>@cache.example.com:6380',
    'postgres://gateway:****@db.example.com/gateway',
    'Host=db.example.com;Password=${password};Ssl=true',
    `key_hash: ${'9f86d081'.repeat(4)}`,
    `previous_token: ${'9f86d081884c7d659a2feaa0c55ad015'.repeat(2)}`,
    'MISTRAL_API_KEY=os.environ/MISTRAL_API_KEY_OF_2027_FOR_TEAMS',
    'MISTRAL_API_KEY=${{ secrets.MISTRAL_API_KEY }}',
    'SEARCH_API_KEY=your-key-kT7wQ2mZx9Lr4Vn8Ys3Hb6Jd1',
    `SEARCH_API_KEY=${'x1'.repeat(16)}`,
    'const api_key = readCredentialOfProvider2027(environment12)',
    'client_secret: gateway-oidc-client-secret-2027-01',
    'a header such as eyJhbGciOiJIUzI1NiJ9',
  ])('lets %s pass', (text) => {
    expect(findSecrets(text)).toEqual([]);
  });

  test('takes no longer for a long text of near misses', () => {
    const text = 'sk-'.repeat(50_000) + 'a://'.repeat(20_000) + 'postgres://x:'.repeat(10_000);

    expect(findSecrets(text)).toEqual([]);
  });
});

describe('redactSecrets', () => {
  test('takes out secrets that overlap as one, and those that follow each other one by one', () => {
    const key = `gsk_${'a1B2'.repeat(13)}`;
    const address = `postgres://me:${key}@db.example.com`;

    expect(redactSecrets(`${address} ${key} ${key}.`)).toBe('(a secret)db.example.com (a secret) (a secret).');
  });

  test('takes a file full of secrets in one pass', { timeout: 5_000 }, () => {
    const keys = Array.from({ length: 20_000 }, (_, index) => `gsk_${`${index}aB3xK9`.repeat(12).slice(0, 48)}`);

    expect(redactSecrets(keys.join(' '))).toBe(keys.map(() => '(a secret)').join(' '));
  });

  test('leaves the text around every secret as it is', () => {
    expect(redactSecrets(`unknown key ${SECRETS.openai}: remove it (${SECRETS.groq})`)).toBe(
      'unknown key (a secret): remove it ((a secret))',
    );
  });
});

import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { parse } from 'yaml';
import { loadEnvironments } from '../../environments/schema/load-environments.ts';
import { renderEnvironments } from '../../generators/render.ts';
import { dayFromNow, scratchRepository, type ScratchRepository } from '../generators/scratch-repository.ts';
import { startTestGateway, type TestGateway } from '../support/gateway.ts';
import { fillLitellmDatabase, litellmHash, runStatements, type StoredKey } from '../support/litellm-database.ts';
import { POSTGRES_PROGRAMS, startPostgres, type TestPostgres } from '../support/postgres.ts';
import { describeWithPrograms } from '../support/real-program.ts';
import { REDIS_PROGRAMS, startRedis, type TestRedis } from '../support/redis.ts';
import { answerJson, chatCompletion, startUpstream, type TestUpstream } from '../support/upstream.ts';

const TEMPLATE = readFileSync(join(import.meta.dirname, '../fixtures/litellm/config.yaml'), 'utf8');
const PASSWORD = 'never-shown-9a1b';
const REDIS_PASSWORD = 'redis-secret-of-the-import';

/** Values that stand in LiteLLM's files and must be in none of ours, nor in anything that is printed. */
const LITERALS: Readonly<Record<string, string>> = {
  '@HOUSE_KEY@': 'house-key-4f1c9a7b2e',
  '@MASTER_KEY@': ['sk', 'master', '8d2f6a1c0b9e7f35'].join('-'),
  '@DATABASE_URL@': `postgres://litellm:${PASSWORD}@db.example.com/litellm`,
  '@GROQ_KEY@': 'groq-key-7c3e5d1f9b',
  '@LANGFUSE_KEY@': 'langfuse-key-2b8d6f4a0c',
};

const SECRET = (name: string) => ['sk', name, 'Zt4Kq9Lw2Xb7Vn5M'].join('-');
const KEYS: readonly StoredKey[] = [
  {
    secret: SECRET('search'),
    columns: {
      key_alias: 'search-api',
      key_name: 'sk-...Vn5M',
      team_id: 't-search',
      models: ['gpt-4o', 'house-chat'],
      max_budget: 500,
      budget_duration: '30d',
      rpm_limit: 600,
      tpm_limit: 200_000,
      spend: 3.25,
      expires: `${dayFromNow(200)}T00:00:00`,
      user_id: 'u-1',
      metadata: { tags: ['batch'] },
    },
  },
  {
    secret: SECRET('batch'),
    columns: { key_alias: 'Batch Jobs!', team_id: 't-search', models: ['house', 'groq-llama'], budget_id: 'b-1' },
  },
  { secret: SECRET('plain'), columns: { team_id: 't-search', models: ['all-team-models'] } },
  { secret: SECRET('rotated'), columns: { key_alias: 'rotated', team_id: 't-search', models: [] } },
  { secret: SECRET('blocked'), columns: { key_alias: 'blocked', team_id: 't-search', models: [], blocked: true } },
  { secret: SECRET('ended'), columns: { key_alias: 'ended', team_id: 't-search', expires: '2025-01-01T00:00:00' } },
  { secret: SECRET('science'), columns: { key_alias: 'science', team_id: 't-science', models: ['mistral-*'] } },
  { secret: SECRET('none'), columns: { key_alias: 'none', team_id: 't-science', models: ['no-default-models'] } },
  { secret: SECRET('alone'), columns: { key_alias: 'alone', models: ['all-proxy-models'] } },
  { secret: SECRET('session'), columns: { team_id: 'litellm-dashboard' } },
  { secret: SECRET('raw'), isRaw: true, columns: { team_id: 't-search' } },
  { secret: SECRET('of-legacy'), columns: { key_alias: 'of-legacy', team_id: 't-legacy' } },
];
const OLDER = SECRET('rotated-before');

const REPORTED = [
  "| LiteLLM_Config | router_settings | it lies over config.yaml and was changed in the UI | compare with LiteLLM's UI, and change config.yaml before you import |",
  '| LiteLLM_OrganizationTable | organization Research | there are no organizations above teams, and no budget over several teams | give each of its teams a budget of its own |',
  '| LiteLLM_ProxyModelTable | model made-in-ui | it was made in the UI, and what it stands for is encrypted in the database | write it into models.yaml, and its credential into the vault |',
  '| LiteLLM_TeamTable.max_parallel_requests | Data Science (EU) | requests at one time are not limited | write rpm_limit |',
  '| LiteLLM_TeamTable.models | team legacy | it may use no imported model, so it is left out with its keys | import again once models.yaml has its models |',
  '| LiteLLM_TeamTable.spend | team search: $12.5 of $1500 | spend does not stand in Git: its budget starts anew here | move at the end of a window, or lower max_budget until then |',
  '| LiteLLM_UserTable | users, with budgets and roles: 1 | keys belong to teams; there is no sign-in | name people in owners of their team |',
  '| LiteLLM_VerificationToken | key blocked | it is blocked, so it is left out | nothing: it is refused here too |',
  '| LiteLLM_VerificationToken | key ended | it has ended, so it is left out | nothing: it is refused here too |',
  '| LiteLLM_VerificationToken | key without an alias | the database holds no hash of it, so it is left out | rotate it, then import again |',
  '| LiteLLM_VerificationToken.metadata.tags | search-api | requests carry no tags | make a key for each use; spend is told by key |',
  '| LiteLLM_VerificationToken.models | key Batch Jobs!: groq-llama | its team may not use it, so neither may the key | add it to models.yaml and to the team, or nothing |',
  '| LiteLLM_VerificationToken.team_id | key alone | every key has a team here, and these have none: they are in keys/imported.yaml | move them to teams of their own, and give that team a budget and owners until then |',
];

describeWithPrograms([...POSTGRES_PROGRAMS, ...REDIS_PROGRAMS], 'npm run import', () => {
  let postgres: TestPostgres;
  let redis: TestRedis;
  let upstream: TestUpstream;
  let litellmUrl: string;

  beforeAll(async () => {
    postgres = await startPostgres();
    redis = await startRedis({ password: REDIS_PASSWORD });
    upstream = await startUpstream((_request, response) => answerJson(response, 200, chatCompletion()));
    litellmUrl = postgres.url.replace(/postgres$/, 'litellm');
    await runStatements(postgres.url, [
      'CREATE DATABASE litellm',
      'CREATE ROLE by_password',
      "CREATE ROLE reader LOGIN PASSWORD 'right-one' IN ROLE by_password",
    ]);
    await fillLitellmDatabase(litellmUrl, KEYS);
    const older = [litellmHash(OLDER), litellmHash(SECRET('rotated')), dayFromNow(3)];
    await runStatements(litellmUrl, [
      `INSERT INTO "LiteLLM_DeprecatedVerificationToken" VALUES ('d-1', '${older.join("', '")}')`,
    ]);
  });
  afterAll(async () => {
    await upstream.close();
    await redis.remove();
    await postgres.remove();
  });

  function repositoryWithConfig(): ScratchRepository {
    const repository = scratchRepository();
    const text = Object.entries(LITERALS).reduce((text, [mark, value]) => text.replaceAll(mark, value), TEMPLATE);
    repository.write('config.yaml', text);
    return repository;
  }

  const importInto = ({ run }: ScratchRepository, ...more: string[]) =>
    run('import/main.ts', ['litellm', 'config.yaml', '--env', 'demo', ...more]);

  async function ask(gateway: TestGateway, secret: string, model: string): Promise<[number, unknown]> {
    const body = { model, messages: [{ role: 'user', content: 'Hello' }] };
    const response = await gateway.post('/v1/chat/completions', body, { authorization: `Bearer ${secret}` });
    const answer = (await response.json()) as { error?: { type?: unknown } };
    return [response.status, answer.error?.type];
  }

  it('makes an environment that renders and starts, in which old secrets work and blocked ones do not', async () => {
    const repository = repositoryWithConfig();
    const more = ['--owner', 'ml@example.com', '--expires', dayFromNow(300)];
    const { code, stdout, stderr } = importInto(repository, '--database-url', litellmUrl, ...more);
    expect([code, stderr]).toEqual([0, '']);
    const imported = 'environments/demo/keys/imported.yaml';
    expect(stdout).toContain(`${imported}:2:1: error: `);
    const budget = 'max_budget: 10\nbudget_duration: 30d\n';
    repository.write(imported, repository.read(imported) + budget);

    const loaded = loadEnvironments(join(repository.root, 'environments'), { now: new Date() });
    const demo = loaded.environments.find(({ name }) => name === 'demo');
    expect(loaded.problems.filter(({ level }) => level === 'error')).toEqual([]);
    const rendering = renderEnvironments(demo === undefined ? [] : [demo]);
    expect(rendering.problems.filter(({ level }) => level === 'error')).toEqual([]);

    const configMap = parse(rendering.files.get('demo/gateway/ConfigMap.gateway-config.yaml') ?? '') as {
      data: Record<string, string>;
    };
    const config = parse(configMap.data['config.yaml'] ?? '') as object;
    const gateway = await startTestGateway(config, {
      ...Object.fromEntries(
        [...JSON.stringify(config).matchAll(/os\.environ\/(\w+)/g)].map(([, name = '']) => [name, 'a-value']),
      ),
      DATABASE_URL: postgres.url,
      HOUSE_BASE: `${upstream.origin}/v1`,
      HOUSE_CHAT_API_KEY: 'house-key',
      AZURE_SWEDEN_BASE: upstream.origin,
      AZURE_FRANCE_BASE: upstream.origin,
      REDIS_HOST: redis.host,
      REDIS_PORT: String(redis.port),
      REDIS_PASSWORD,
      LITELLM_MASTER_KEY: 'sk-master-of-the-test',
    });
    try {
      expect(await ask(gateway, SECRET('search'), 'house-chat')).toEqual([200, undefined]);
      expect(upstream.received.at(-1)?.headers.authorization).toBe('Bearer house-key');
      expect(await ask(gateway, SECRET('search'), 'gpt-4o')).toEqual([200, undefined]);
      expect(await ask(gateway, SECRET('search'), 'house-embed')).toEqual([401, 'key_model_access_denied']);
      expect(await ask(gateway, SECRET('batch'), 'house-chat')).toEqual([200, undefined]);
      expect(await ask(gateway, SECRET('plain'), 'gpt-4o')).toEqual([200, undefined]);
      expect(await ask(gateway, SECRET('rotated'), 'house-chat')).toEqual([200, undefined]);
      expect(await ask(gateway, OLDER, 'house-chat')).toEqual([200, undefined]);
      expect(await ask(gateway, SECRET('alone'), 'house-chat')).toEqual([200, undefined]);
      for (const name of ['blocked', 'ended', 'session', 'raw', 'none', 'of-legacy']) {
        const [status] = await ask(gateway, SECRET(name), 'house-chat');
        expect([name, status]).toEqual([name, 401]);
      }
    } finally {
      await gateway.stop();
    }
  });

  it('writes teams and keys with their hashes, limits, models and ends', () => {
    const repository = repositoryWithConfig();
    importInto(repository, '--database-url', litellmUrl, '--owner', 'ml@example.com');

    const hash = (secret: string) => `sha256:${litellmHash(secret)}`;
    const plain = `key-${litellmHash(SECRET('plain')).slice(0, 8)}`;
    expect(repository.read('environments/demo/keys/search.yaml')).toBe(
      `# yaml-language-server: $schema=../../schema/team.json
team_alias: search
owners: [ada@example.com]
models: [gpt-4o, house-chat, house-embed]
max_budget: 1500
budget_duration: 30d
rpm_limit: 900
tpm_limit: 400000
virtual_keys:
  - key_alias: batch-jobs
    models: [house-chat, house-embed]
    max_budget: 50
    budget_duration: 7d
    rpm_limit: 30
    hashes:
      - ${hash(SECRET('batch'))}
  - key_alias: rotated
    hashes:
      - ${hash(OLDER)}
      - ${hash(SECRET('rotated'))}
  - key_alias: search-api
    models: [gpt-4o, house-chat]
    max_budget: 500
    budget_duration: 30d
    rpm_limit: 600
    tpm_limit: 200000
    expires: ${dayFromNow(200)}
    hashes:
      - ${hash(SECRET('search'))}
  - key_alias: ${plain}
    hashes:
      - ${hash(SECRET('plain'))}
`,
    );
    expect(parse(repository.read('environments/demo/keys/data-science-eu.yaml'))).toMatchObject({
      team_alias: 'data-science-eu',
      owners: ['ml@example.com'],
      max_budget: 300,
      budget_duration: '1mo',
      virtual_keys: [{ key_alias: 'science', models: ['mistral-small'] }],
    });
  });

  it('tells every column and table that has no counterpart, with the reason and what to do', () => {
    const { stdout } = importInto(repositoryWithConfig(), '--database-url', litellmUrl, '--dry-run');

    for (const row of REPORTED) expect(stdout).toContain(`\n${row}\n`);
    expect(stdout).toContain('\n- team "Data Science (EU)" is called data-science-eu\n');
    expect(stdout).toContain('\n- key Batch Jobs! is called batch-jobs\n');
    expect(stdout).toContain('end its older secret on');
  });

  it('prints and writes no value that may be a secret', () => {
    const repository = repositoryWithConfig();
    const { stdout, stderr } = importInto(repository, '--database-url', litellmUrl);
    const dryRun = importInto(repository, '--database-url', litellmUrl, '--dry-run').stdout;
    const files = readdirSync(join(repository.root, 'environments/demo'), { recursive: true, encoding: 'utf8' })
      .filter((name) => name.endsWith('.yaml'))
      .map((name) => repository.read(`environments/demo/${name}`));
    const all = [stdout, stderr, dryRun, ...files].join('\n');

    const values = [...Object.values(LITERALS), PASSWORD, ...KEYS.map(({ secret }) => secret), OLDER];
    expect(values.filter((value) => all.includes(value))).toEqual([]);
    expect(all).not.toContain(SECRET('raw').slice(0, 8));
    expect(all).not.toContain('scrypt');
    expect(files.length).toBe(6);
  });

  it('leaves the database as it was, and needs no right to write', async () => {
    await runStatements(litellmUrl, [
      'GRANT SELECT ON ALL TABLES IN SCHEMA public TO reader',
      'ALTER ROLE reader SET default_transaction_read_only = on',
    ]);
    const address = litellmUrl.replace('postgres@', 'reader:right-one@');
    const { code, stderr } = importInto(repositoryWithConfig(), '--database-url', address);

    expect([code, stderr]).toEqual([0, '']);
  });

  it('reads a database of another version, and says what it does not have', async () => {
    const older = postgres.url.replace(/postgres$/, 'older');
    await runStatements(postgres.url, ['CREATE DATABASE older']);
    await runStatements(older, [
      'CREATE SCHEMA litellm',
      'CREATE TABLE litellm."LiteLLM_VerificationToken" ("token" TEXT PRIMARY KEY, "models" TEXT[], "brand_new" INTEGER)',
      `INSERT INTO litellm."LiteLLM_VerificationToken" VALUES ('${litellmHash(SECRET('older'))}', '{gpt-4o}', 5)`,
    ]);
    const repository = repositoryWithConfig();
    const { code, stdout } = importInto(repository, '--database-url', `${older}?schema=litellm`);

    expect(code).toBe(0);
    expect(stdout).toContain('this version of LiteLLM has no table LiteLLM_TeamTable, LiteLLM_BudgetTable');
    expect(stdout).toContain('| LiteLLM_VerificationToken.brand_new | one without an alias |');
    expect(repository.read('environments/demo/keys/imported.yaml')).toContain('models: [gpt-4o]');
  });

  it.each([
    ['postgres', 'the database has no table public."LiteLLM_VerificationToken": it is not LiteLLM\'s'],
    ['nothing-here', 'has no database nothing-here: check the end of the address'],
  ])('refuses the database %s in one line', (name, message) => {
    const address = postgres.url.replace(/postgres$/, name);
    const { code, stdout, stderr } = importInto(repositoryWithConfig(), '--database-url', address);

    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(message);
    expect(stderr.trim().split('\n')).toHaveLength(1);
  });

  it.each(['wrong-one', ''])('refuses a wrong or missing password without printing it: %s', (password) => {
    const address = `postgres://reader${password && `:${password}`}@127.0.0.1:${postgres.port}/litellm`;
    const outcome = importInto(repositoryWithConfig(), '--database-url', address);

    const message = `the database at 127.0.0.1:${postgres.port} refuses reader: check the user and its password\n`;
    expect([outcome.code, outcome.stdout, outcome.stderr]).toEqual([1, '', message]);
  });

  it('says so where a user may not read the tables', async () => {
    await runStatements(litellmUrl, ['CREATE ROLE stranger LOGIN']);
    const address = litellmUrl.replace('postgres@', 'stranger@');
    const { code, stderr } = importInto(repositoryWithConfig(), '--database-url', address);

    const server = `127.0.0.1:${postgres.port}`;
    expect([code, stderr]).toEqual([
      1,
      `the database at ${server} does not let stranger read LiteLLM's tables: grant SELECT on them\n`,
    ]);
  });
});

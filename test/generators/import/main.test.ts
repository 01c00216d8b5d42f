import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { scratchRepository, type ScratchRepository } from '../scratch-repository.ts';

const CONFIG = `model_list:
  - model_name: gpt-4o-mini
    litellm_params: { model: openai/gpt-4o-mini }
general_settings: { master_key: os.environ/LITELLM_MASTER_KEY, database_connection_pool_limit: 20 }
`;

function repositoryWith(config: string): ScratchRepository {
  const repository = scratchRepository();
  repository.write('config.yaml', config);
  return repository;
}

function importInto({ run }: ScratchRepository, ...args: string[]): ReturnType<ScratchRepository['run']> {
  return run('import/main.ts', args);
}

const PASSWORD = 'never-shown';
const IMPORT = ['litellm', 'config.yaml', '--env', 'demo'];
const files = ({ root }: ScratchRepository) =>
  readdirSync(join(root, 'environments'), { recursive: true, encoding: 'utf8' }).toSorted();

describe('npm run import', { timeout: 20_000 }, () => {
  test('explains itself', () => {
    const { code, stdout, stderr } = importInto(scratchRepository(), '--help');

    expect(stdout).toContain('npm run import -- litellm config.yaml');
    expect([code, stderr]).toEqual([0, '']);
  });

  test.each([
    [[...IMPORT, '--colour', 'red'], "Unknown option '--colour'; see --help"],
    [['litellm', 'nowhere.yaml', '--env', 'demo'], 'nowhere.yaml does not exist: name the config.yaml of LiteLLM'],
    [
      [...IMPORT, '--database-url', `postgres://u:${PASSWORD}@127.0.0.1:1/litellm`],
      'the database at 127.0.0.1:1 cannot be reached (ECONNREFUSED): check the address, and the way to it from here',
    ],
  ])('refuses %j in one line and writes nothing', (args, message) => {
    const repository = repositoryWith(CONFIG);
    const before = files(repository);
    const { code, stdout, stderr } = importInto(repository, ...args);

    expect([code, stdout, stderr]).toEqual([1, '', `${message}\n`]);
    expect(files(repository)).toEqual(before);
  });

  test('makes a new environment that only wants what nobody can know', () => {
    const repository = repositoryWith(CONFIG);
    const { code, stdout } = importInto(repository, ...IMPORT);

    expect(code).toBe(0);
    expect(stdout).toContain('- environments/demo/models.yaml (new)');
    expect(stdout).toContain('says of it: 0 errors, 1 warning');
    const settings = parse(repository.read('environments/demo/environment.yaml')) as Record<string, unknown>;
    expect(settings).toMatchObject({
      name: 'demo',
      network: { address_space: '10.31.0.0/16' },
      gateway: {
        master_key: 'os.environ/LITELLM_MASTER_KEY',
        database: { url: 'os.environ/DATABASE_URL', pool_limit: 20 },
      },
    });
    expect(repository.read('environments/demo/release.yaml')).toBe(repository.read('environments/dev/release.yaml'));
  });

  test('replaces no file without --force, and then changes only what LiteLLM has otherwise', () => {
    const repository = repositoryWith(CONFIG);
    const before = repository.read('environments/dev/environment.yaml');
    const args = ['litellm', 'config.yaml', '--env', 'dev'];

    const refused = importInto(repository, ...args);
    expect([refused.code, refused.stdout, refused.stderr]).toEqual([
      1,
      '',
      `nothing is written: these files are there already. See --dry-run, then replace them with --force:
  environments/dev/environment.yaml
  environments/dev/models.yaml
`,
    ]);
    expect(repository.read('environments/dev/environment.yaml')).toBe(before);

    const { code, stdout } = importInto(repository, ...args, '--force');
    expect(code).toBe(0);
    expect(stdout).toContain('- environment.yaml: gateway.database.pool_limit is 20, it was not there\n');
    expect(stdout).toContain('model azure-gpt-4o does not exist');
    const wanted = before.replace(
      '{ url: os.environ/DATABASE_URL }',
      '{ url: os.environ/DATABASE_URL, pool_limit: 20 }',
    );
    expect(repository.read('environments/dev/environment.yaml')).toBe(wanted);
  });

  test('edits no environment.yaml that it cannot read', () => {
    const repository = repositoryWith(CONFIG);
    repository.write('environments/dev/environment.yaml', 'gateway: [\n');
    const { code, stderr } = importInto(repository, 'litellm', 'config.yaml', '--env', 'dev', '--force');

    const message = 'mend environments/dev/environment.yaml first: npm run check:environments tells what is wrong';
    expect([code, stderr]).toEqual([1, `${message}\n`]);
  });

  test('writes nothing when it changes nothing', () => {
    const repository = repositoryWith(CONFIG);
    importInto(repository, ...IMPORT);

    const { code, stdout } = importInto(repository, ...IMPORT);

    expect([code, stdout.includes('## Written')]).toEqual([0, false]);
  });

  test('shows the diff and writes nothing with --dry-run', () => {
    const repository = repositoryWith(CONFIG);
    const before = files(repository);
    const { code, stdout } = importInto(repository, ...IMPORT, '--dry-run');

    expect(code).toBe(0);
    expect(stdout).toContain('+  - model_name: gpt-4o-mini\n');
    expect(stdout).toContain('## Would be written');
    expect(files(repository)).toEqual(before);
  });

  test('takes a literal credential out wherever LiteLLM takes one, and names a secret for it', () => {
    const secret = ['sk', 'literal', 'Qw8rT2yU5iOp3As6'].join('-');
    const config = `model_list:
  - model_name: chat (eu)
    litellm_params: { model: openai/a, api_base: "https://llm.example.com/v1?key=${PASSWORD}", api_key: ${secret} }
`;
    const fixed = config.replace('chat (eu)', 'chat-eu');
    const repository = repositoryWith(fixed);
    const { stdout, stderr } = importInto(repository, ...IMPORT);

    const models = repository.read('environments/demo/models.yaml');
    expect(models).toContain('api_key: os.environ/CHAT_EU_API_KEY\n');
    expect(models).toContain('api_base: os.environ/CHAT_EU_API_BASE\n');
    expect(stdout).toContain('| os.environ/CHAT_EU_API_KEY | chat-eu-api-key | config.yaml:3 |');
    for (const text of [stdout, stderr, models]) {
      expect(text).not.toContain(secret);
      expect(text).not.toContain(PASSWORD);
    }
  });

  test('leaves out a model in whose name a credential stands', () => {
    const secret = ['sk', 'misplaced', 'Qw8rT2yU5iOp3As6'].join('-');
    const repository = repositoryWith(CONFIG.replace('model_name: gpt-4o-mini', `model_name: ${secret}`));
    const { code, stdout, stderr } = importInto(repository, ...IMPORT);

    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toBe(
      'config.yaml has no model that the gateway can serve:\n' +
        '  config.yaml:2: model (a secret): a credential stands in it, in a field that is no secret: rotate this key now, and take it out of the file\n',
    );
    expect(files(repository)).not.toContain('demo');
  });

  test('lists what is wrong in a config, and writes the rest', () => {
    const wrong = '  - { model_name: my model, litellm_params: { model: openai/gpt-4o-mini } }\n';
    const repository = repositoryWith(CONFIG.replace('model_list:\n', `model_list:\n${wrong}`));
    const { code, stdout } = importInto(repository, ...IMPORT);

    expect(code).toBe(0);
    expect(stdout).toContain(
      '| config.yaml:2 | model my model | model_name is "my model": use 1 to 128 characters without spaces | correct it here, and import again |',
    );
    expect(repository.read('environments/demo/models.yaml')).toContain('model_name: gpt-4o-mini');
  });
});

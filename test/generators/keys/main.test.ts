import { readdirSync, statSync, chmodSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { hashKey, isOurKey, makeKey } from '../../../environments/schema/key-format.ts';
import { dayFromNow, scratchRepository, type ScratchRepository } from '../scratch-repository.ts';

const SEARCH = 'environments/dev/keys/search.yaml';
const NEW = ['new', '--env', 'dev', '--team', 'search', '--alias', 'mine'];

function key({ run }: ScratchRepository, ...args: string[]): ReturnType<ScratchRepository['run']> {
  return run('keys/main.ts', args);
}

describe('npm run key', () => {
  test.each([
    [],
    ['--help'],
    ['new', '--help'],
    ['list', '-h'],
    ['rotate', '--help'],
    ['revoke', '--help'],
    ['hash', '--help'],
  ])('explains itself: %s %s', (...args) => {
    const { code, stdout, stderr } = key(scratchRepository(), ...args.filter((arg) => arg !== undefined));

    expect(stdout).toContain('npm run');
    expect([code, stderr]).toEqual([0, '']);
  });

  test.each([
    [['make'], 'unknown verb make: use one of new, list, rotate, revoke, hash'],
    [['new', '--team', 'search'], '--env is missing; see --help'],
    [['new', '--colour', 'red'], "Unknown option '--colour'; see --help"],
    [['new', '--env', 'qa'], 'there is no environment qa: environments/ has dev'],
    [['new', '--env', '../dev'], 'there is no environment ../dev: environments/ has dev'],
    [
      ['new', '--env', 'dev', '--team', 'sales'],
      'there is no team sales in dev: it has ml, search, or write environments/dev/keys/sales.yaml first',
    ],
    [
      [...NEW, '--alias', 'Mine!'],
      'key_alias is "Mine!": use up to 63 lower-case letters, digits, dots, dashes or underscores',
    ],
    [[...NEW, '--max-budget', 'ten'], '--max-budget is "ten": write a number'],
    [
      [...NEW, '--max-budget', '5', '--budget-duration', 'monthly'],
      'budget_duration is "monthly": write a number and s, m, h, d, w or mo, such as 30d or 1mo',
    ],
    [[...NEW, '--rpm-limit', '1.5'], 'rpm_limit is 1.5: write a whole number'],
    [[...NEW, '--models', ''], 'models: list at least one model, or leave it out'],
    [['rotate', '--env', 'dev', '--alias', 'nobody'], 'there is no key nobody in dev: it has ml-notebooks, search-api'],
    [
      ['rotate', '--env', 'dev', '--alias', 'ml-notebooks'],
      'key ml-notebooks is being rotated already: end that first with npm run key -- revoke --env dev --alias ml-notebooks --oldest',
    ],
    [
      ['revoke', '--env', 'dev', '--alias', 'search-api', '--oldest'],
      'key search-api has one secret: without --oldest the whole key is revoked',
    ],
    [['hash', makeKey()], 'a key on the command line stays in the history of the shell: rotate this key now'],
  ])('refuses %j in one line', (args, message) => {
    const { code, stdout, stderr } = key(scratchRepository(), ...args);

    expect([code, stdout, stderr]).toEqual([1, '', `${message}\n`]);
  });
});

describe('npm run key -- new', () => {
  test('shows the key alone on standard output and writes only its hash', () => {
    const repository = scratchRepository();
    const before = repository.read(SEARCH);
    const options = ['--models', 'gpt-4o-mini', '--max-budget', '50', '--budget-duration', '1mo', '--rpm-limit', '60'];

    const { code, stdout, stderr } = key(repository, ...NEW, ...options, '--expires', dayFromNow(100));

    const secret = stdout.trim();
    expect([code, isOurKey(secret)]).toEqual([0, true]);
    expect(stderr).toContain('This is the only time that it is shown');
    expect(stderr).not.toContain(secret);
    expect(repository.read(SEARCH)).toBe(`${before}  - key_alias: mine
    models: [gpt-4o-mini]
    max_budget: 50
    budget_duration: 1mo
    rpm_limit: 60
    expires: ${dayFromNow(100)}
    hashes:
      - sha256:${hashKey(secret)}
`);
  });

  test('keeps the mode of the file and leaves nothing beside it', () => {
    const repository = scratchRepository();
    chmodSync(join(repository.root, SEARCH), 0o640);

    key(repository, ...NEW, '--expires', dayFromNow(100));

    expect(statSync(join(repository.root, SEARCH)).mode & 0o777).toBe(0o640);
    expect(readdirSync(join(repository.root, 'environments/dev/keys'))).toEqual(['ml.yaml', 'search.yaml']);
  });

  test.each([
    ['an alias that is taken', ['--alias', 'ml-notebooks'], 'key_alias'],
    ['a model that does not exist', ['--models', 'gpt-4o-mini,gpt4o'], 'model gpt4o does not exist'],
    [
      'a model that its team may not use',
      ['--team', 'ml', '--models', 'azure-gpt-4o'],
      'the team may not use azure-gpt-4o',
    ],
    ['a day that is over', ['--expires', '2025-01-01'], 'the key ended 2025-01-01'],
    ['an end that the policy does not allow', ['--expires', dayFromNow(500)], 'within 366 days (policy key_expiry)'],
    ['no end where the policy wants one', ['--expires', ''], 'never ends'],
  ])('refuses %s and writes nothing', (_, changes, finding) => {
    const repository = scratchRepository();
    const files = [SEARCH, 'environments/dev/keys/ml.yaml'];
    const before = files.map(repository.read);
    const options = changes[1] === '' ? [] : ['--expires', dayFromNow(100), ...changes];

    const { code, stdout, stderr } = key(repository, ...NEW, ...options);

    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toMatch(/^nothing is written:\n/);
    expect(stderr).toContain(finding);
    expect(stderr).not.toContain('/tmp/');
    expect(files.map(repository.read)).toEqual(before);
  });

  test('does not mind what was wrong before', () => {
    const repository = scratchRepository();
    repository.write('environments/dev/notes.txt', 'x');

    expect(key(repository, ...NEW, '--expires', dayFromNow(100)).code).toBe(0);
  });

  test('refuses to write into a file that has errors of its own', () => {
    const repository = scratchRepository();
    repository.write(SEARCH, `${repository.read(SEARCH)}colour: red\n`);

    const { code, stderr } = key(repository, ...NEW, '--expires', dayFromNow(100));

    expect(code).toBe(1);
    expect(stderr).toMatch(
      /^mend the file first:\nenvironments\/dev\/keys\/search\.yaml:14:1: error: unknown key colour/,
    );
  });
});

describe('npm run key -- rotate, then revoke --oldest', () => {
  test('puts a new secret beside the old one, then takes the old one away', () => {
    const repository = scratchRepository();
    const before = repository.read(SEARCH);
    const [oldHash = ''] = /sha256:[0-9a-f]{64}/.exec(before) ?? [];

    const rotated = key(repository, 'rotate', '--env', 'dev', '--alias', 'search-api');
    const newHash = `sha256:${hashKey(rotated.stdout.trim())}`;

    expect(rotated.code).toBe(0);
    expect(repository.read(SEARCH)).toBe(`${before}      - ${newHash}\n`);

    const revoked = key(repository, 'revoke', '--env', 'dev', '--alias', 'search-api', '--oldest');

    expect([revoked.code, revoked.stderr]).toEqual([0, `The older secret of key search-api is out of ${SEARCH}.\n`]);
    expect(repository.read(SEARCH)).toBe(before.replace(oldHash, newHash));
  });
});

describe('npm run key -- revoke', () => {
  test('removes a key that has ended, though its file is not sound with it', () => {
    const repository = scratchRepository();
    repository.write(SEARCH, repository.read(SEARCH).replace(/expires: .*/, 'expires: 2025-01-01'));

    const { code, stderr } = key(repository, 'revoke', '--env', 'dev', '--alias', 'search-api');

    expect([code, stderr]).toEqual([0, `Key search-api is out of ${SEARCH}.\n`]);
    expect(repository.read(SEARCH)).toMatch(/^virtual_keys: \[\]$/m);
  });
});

describe('npm run key -- list', () => {
  test('shows what each key may do and how long it lives', () => {
    const repository = scratchRepository();
    repository.write(
      'environments/dev/keys/ml.yaml',
      repository.read('environments/dev/keys/ml.yaml').replace(/ +expires.*\n/, ''),
    );

    const { code, stdout, stderr } = key(repository, 'list');

    expect([code, stderr]).toEqual([0, '']);
    const [header, ...rows] = stdout
      .trimEnd()
      .split('\n')
      .map((line) => line.split(/ {2,}/));
    expect(header).toEqual(['ENVIRONMENT', 'TEAM', 'KEY', 'MODELS', 'BUDGET', 'ENDS', 'HASHES']);
    expect(rows).toEqual([
      [
        'dev',
        'ml',
        'ml-notebooks',
        'all of the team',
        '-',
        'never',
        expect.stringMatching(/^[0-9a-f]{8}, [0-9a-f]{8}$/),
      ],
      [
        'dev',
        'search',
        'search-api',
        'azure-gpt-4o',
        '500 USD per 1mo',
        `${dayFromNow(200)} (200 days)`,
        expect.stringMatching(/^[0-9a-f]{8}$/),
      ],
    ]);
  });

  test('shows the others where one file is broken, and says so', () => {
    const repository = scratchRepository();
    repository.write(SEARCH, 'team_alias: [');

    const { stdout, stderr } = key(repository, 'list', '--env', 'dev');

    expect(stdout).toContain('ml-notebooks');
    expect(stderr).toContain(`${SEARCH}:`);
  });
});

describe('npm run key -- hash', () => {
  test('prints the hash of a key from standard input', () => {
    const secret = makeKey();

    const { code, stdout, stderr } = scratchRepository().run('keys/main.ts', ['hash'], `${secret}\n`);

    expect([code, stdout, stderr]).toEqual([0, `sha256:${hashKey(secret)}\n`, '']);
  });

  test.each([
    ['nothing', '', 'standard input holds no key'],
    ['several words', 'two words', 'standard input holds no key'],
    ['more than a key', 'x'.repeat(10_000), 'standard input is longer than any key'],
  ])('refuses %s', (_, input, message) => {
    const { code, stdout, stderr } = scratchRepository().run('keys/main.ts', ['hash'], input);

    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toContain(message);
  });
});

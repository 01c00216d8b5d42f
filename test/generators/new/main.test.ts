import { describe, expect, test } from 'vitest';
import { makeKey } from '../../../environments/schema/key-format.ts';
import { scratchRepository } from '../scratch-repository.ts';
import { copyOfOurs, filesOf, make } from './run-new.ts';

const DEV = 'environments/dev';
const MODEL = ['model', '--env', 'dev', '--name', 'qwen', '--model', 'openai/gpt-4o-mini'];
const TEAM = ['team', '--env', 'dev', '--alias', 'research', '--owners', 'a@example.com', '--models', 'gpt-4o-mini'];
const BUDGET = ['--max-budget', '500', '--budget-duration', '1mo'];
const DEMO = ['environment', 'demo', '--from', 'dev'];

describe('npm run new', () => {
  test.each([[], ['--help'], ['environment', '--help'], ['model', '-h'], ['team', '--help']])(
    'explains itself: %s %s',
    (...args) => {
      const { code, stdout, stderr } = make(scratchRepository(), ...args.filter((arg) => arg !== undefined));

      expect(stdout).toContain('npm run new -- ');
      expect([code, stderr]).toEqual([0, '']);
    },
  );

  test.each([
    [['cluster'], 'nothing is made of cluster: use one of environment, model, team'],
    [['environment'], 'the name is missing: npm run new -- environment NAME --from dev; see --help'],
    [['environment', 'demo'], '--from is missing; see --help'],
    [
      ['environment', 'Demo', '--from', 'dev'],
      'name is "Demo": use a lower-case letter, then up to 19 letters, digits or dashes',
    ],
    [['environment', 'dev', '--from', 'dev'], 'environments/dev exists already: choose another name'],
    [['environment', 'demo', '--from', 'qa'], 'there is no environment qa: environments/ has dev'],
    [[...DEMO, '--size', 'huge'], '--size is "huge": use small or production'],
    [
      [...DEMO, '--location', 'swedncentral'],
      'nothing is written:\n  environments/demo/environment.yaml: location is "swedncentral": did you mean swedencentral?',
    ],
    [
      [...DEMO, '--address-space', '10.30.128.0/17'],
      'nothing is written:\n  environments/demo/environment.yaml: address_space 10.30.128.0/17 overlaps that of dev (10.30.0.0/16, environments/dev/environment.yaml:1): give each environment its own',
    ],
    [
      ['environment', 'd-ev', '--from', 'dev', '--name-suffix', 'k7m2'],
      'nothing is written:\n  environments/d-ev/environment.yaml: name_suffix k7m2 gives the name crtollgatedevk7m2, which dev has (environments/dev/environment.yaml:9): choose another',
    ],
    [
      ['environment', 'a-name-of-20-letters', '--from', 'dev', '--name-suffix', 'k7m2'],
      'nothing is written:\n  environments/a-name-of-20-letters/environment.yaml: the key vault would be called kv-a-name-of-20-letters-k7m2, 4 longer than the 24 characters that Azure allows: shorten name or name_suffix',
    ],
    [['model', '--env', 'dev', '--model', 'openai/a'], '--name is missing; see --help'],
    [
      [...MODEL, '--name', 'gpt-4o-mini'],
      'model gpt-4o-mini exists already (environments/dev/models.yaml:8): choose another name, or let both serve it with --share-traffic',
    ],
    [
      [...MODEL, '--name', 'gpt-4o-mini', '--share-traffic'],
      'nothing is written:\n  environments/dev/models.yaml: this deployment of gpt-4o-mini stands on line 8 already: remove one, or give it a model_info id',
    ],
    [[...MODEL, '--model', 'opnai/gpt'], 'model is "opnai/gpt": there is no provider opnai: did you mean openai/?'],
    [
      [...MODEL, '--api-key', 'plain-text'],
      '--api-key is no reference: write os.environ/NAME, so that the value stays out of Git; if it was a key, rotate this key now',
    ],
    [
      [...MODEL, '--api-key', makeKey()],
      'a key on the command line stays in the history of the shell: rotate this key now',
    ],
    [[...MODEL, '--teams', 'serch'], 'there is no team serch in dev: did you mean search?'],
    [
      [...MODEL, '--deployment-capacity', '50'],
      '--deployment-capacity is for a model of Azure OpenAI, and openai/gpt-4o-mini is none: leave it out',
    ],
    [
      [...MODEL, '--model', 'azure/gpt-9', '--deployment-capacity', '50'],
      '--deployment-version is missing: no environment deploys gpt-9 yet, so nothing tells its version',
    ],
    [[...MODEL, '--price-input', 'free'], '--price-input is "free": write a number'],
    [[...TEAM, '--alias', 'search', ...BUDGET], 'team search exists already: environments/dev/keys/search.yaml'],
    [
      [...TEAM, '--models', 'gpt4o-mini', ...BUDGET],
      'nothing is written:\n  environments/dev/keys/research.yaml: model gpt4o-mini does not exist: did you mean gpt-4o-mini?',
    ],
    [
      [...TEAM, '--max-budget', '500', '--budget-duration', 'monthly'],
      'budget_duration is "monthly": write a number and s, m, h, d, w or mo, such as 30d or 1mo',
    ],
    [['team', '--env', 'dev', '--alias', 'research', '--models', 'gpt-4o-mini'], 'owners is missing: write a list'],
  ])('refuses %j, and writes nothing', (args, message) => {
    const repository = scratchRepository();
    const before = filesOf(repository);

    const { code, stdout, stderr } = make(repository, ...args);

    expect([code, stdout, stderr]).toEqual([1, '', `${message}\n`]);
    expect(filesOf(repository)).toEqual(before);
  });
});

describe('npm run new -- model', () => {
  test('appends an entry to the models and a name to the team, and touches no other line', () => {
    const repository = scratchRepository();
    const before = filesOf(repository);
    const options = ['--model', 'openai/qwen3-coder', '--api-base', 'https://llm.example.com/v1'];
    const prices = ['--price-input', '0.15', '--price-output', '1.6'];

    const { code, stdout, stderr } = make(
      repository,
      ...MODEL,
      ...options,
      ...prices,
      '--api-key',
      'os.environ/QWEN_API_KEY',
      '--teams',
      'search',
    );

    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toBe(`Model qwen is in ${DEV}/models.yaml, ${DEV}/keys/search.yaml. Next: npm run render\n`);
    const entry = `  - model_name: qwen
    litellm_params:
      model: openai/qwen3-coder
      api_base: https://llm.example.com/v1
      api_key: os.environ/QWEN_API_KEY
    model_info: { input_cost_per_token: 0.00000015, output_cost_per_token: 0.0000016 }   # USD
`;
    expect(filesOf(repository)).toEqual({
      ...before,
      [`${DEV}/models.yaml`]: before[`${DEV}/models.yaml`]?.replace('router_settings', `${entry}router_settings`),
      [`${DEV}/keys/search.yaml`]: before[`${DEV}/keys/search.yaml`]?.replace(
        /^models: \[(.*)\]/m,
        'models: [$1, qwen]',
      ),
    });
  });

  test('deploys a model of Azure, at the version and the account of the others', () => {
    const repository = copyOfOurs();
    const before = filesOf(repository);

    const { code, stderr } = make(
      repository,
      ...MODEL,
      '--name',
      'gpt-5.1',
      '--model',
      'azure/gpt-5.1',
      '--deployment-capacity',
      '50',
    );

    expect([code, stderr]).toEqual([0, '']);
    const [settings, models] = [`${DEV}/environment.yaml`, `${DEV}/models.yaml`];
    expect(filesOf(repository)).toEqual({
      ...before,
      [settings]: before[settings]?.replace(
        'capacity: 200 }]',
        'capacity: 200 }, { name: gpt-5.1, model: gpt-5.1, version: "2025-11-13", capacity: 50 }]',
      ),
      [models]: before[models]?.replace(
        'router_settings',
        `  - model_name: gpt-5.1
    litellm_params:
      model: azure/gpt-5.1
      api_base: os.environ/AZURE_OPENAI_ENDPOINT
      api_key: os.environ/AZURE_OPENAI_KEY
      api_version: "2024-10-21"
router_settings`,
      ),
    });
  });

  test('tells what the new entry is warned of', () => {
    const { code, stderr } = make(scratchRepository(), ...MODEL, '--model', 'openai/of-our-own');

    expect(code).toBe(0);
    expect(stderr).toContain(`${DEV}/models.yaml:14:7: warning: `);
    expect(stderr).toContain('the price of openai/of-our-own is not known');
  });

  test('shows with --dry-run the lines that it would write, and writes nothing', () => {
    const repository = scratchRepository();
    const before = filesOf(repository);

    const { code, stdout } = make(repository, ...MODEL, '--dry-run');

    expect(code).toBe(0);
    expect(stdout).toContain(`diff --git a/${DEV}/models.yaml b/${DEV}/models.yaml`);
    expect(stdout).toContain('\n+  - model_name: qwen\n');
    expect(filesOf(repository)).toEqual(before);
  });
});

describe('npm run new -- team', () => {
  test('writes the file of the team, which takes a key at once', () => {
    const repository = scratchRepository();

    const { code, stdout, stderr } = make(repository, ...TEAM, ...BUDGET, '--rpm-limit', '60');

    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain('npm run key -- new --env dev --team research --alias research-api');
    expect(repository.read(`${DEV}/keys/research.yaml`)).toBe(`# yaml-language-server: $schema=../../schema/team.json
team_alias: research
owners: [a@example.com]
models: [gpt-4o-mini]
max_budget: 500   # USD per budget_duration
budget_duration: 1mo
rpm_limit: 60
virtual_keys: []
`);
  });

  test('refuses a team without the budget that the policy wants', () => {
    const { code, stderr } = make(scratchRepository(), ...TEAM);

    expect(code).toBe(1);
    expect(stderr).toContain('team research has no budget');
  });
});

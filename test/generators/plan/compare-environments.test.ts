import { describe, expect, it } from 'vitest';
import {
  changeBy,
  compareContents,
  edited,
  shownAccess,
  shownRefusals,
  soundContents,
  soundText,
  type Edit,
} from './compare-edits.ts';

const MODELS = 'dev/models.yaml';
const SEARCH = 'dev/keys/search.yaml';
const ML = 'dev/keys/ml.yaml';
const SETTINGS = 'dev/environment.yaml';
const NEW_MODEL = `  - model_name: gpt-5.1
    litellm_params: { model: openai/gpt-5.1, api_key: os.environ/OPENAI_API_KEY }
router_settings`;
const OWN_PRICE = 'model: openai/gpt-4o-mini\n      input_cost_per_token: 0.00000001';

describe('models', () => {
  it('are told with what answers them and what a million tokens cost', () => {
    const { models } = changeBy({ file: MODELS, from: 'router_settings', to: NEW_MODEL });

    expect(models).toEqual([
      {
        model: 'gpt-5.1',
        deployments: { before: undefined, after: ['openai/gpt-5.1'] },
        prices: { before: undefined, after: [{ input: 1.25, output: 10 }] },
      },
    ]);
  });

  it('have another price where the entry gives its own', () => {
    const own =
      'model: openai/gpt-4o-mini\n      input_cost_per_token: 0.000003\n      output_cost_per_token: 0.000015';

    const { models, values } = changeBy({ file: MODELS, from: 'model: openai/gpt-4o-mini', to: own });

    expect(models).toMatchObject([
      { prices: { before: [{ input: 0.15, output: 0.6 }], after: [{ input: 3, output: 15 }] } },
    ]);
    expect(values).toEqual([]);
  });

  it('have the price of each of their deployments, not of the first alone', () => {
    const second = (usd: string) => `  - model_name: gpt-4o-mini
    litellm_params: { model: openai/mini-2, api_base: 'https://z.example', input_cost_per_token: ${usd} }
router_settings`;
    const [before, after] = ['0.000001', '0.000009'].map((usd) =>
      edited(soundContents(), [{ file: MODELS, from: 'router_settings', to: second(usd) }]),
    );

    const [change] = compareContents(before ?? new Map(), after ?? new Map());

    expect(change?.models[0]?.prices).toEqual({
      before: [
        { input: 0.15, output: 0.6 },
        { input: 1, output: undefined },
      ],
      after: [
        { input: 0.15, output: 0.6 },
        { input: 9, output: undefined },
      ],
    });
  });

  it('that are answered elsewhere show what else differs in them', () => {
    const { models, values, destinations } = changeBy(
      { file: MODELS, from: 'os.environ/AZURE_OPENAI_ENDPOINT', to: 'https://other.example.org' },
      { file: MODELS, from: 'os.environ/AZURE_OPENAI_KEY', to: 'os.environ/OTHER_KEY\n      timeout: 5' },
    );

    expect(models.map(({ model }) => model)).toEqual(['azure-gpt-4o']);
    expect(destinations).toEqual([
      { model: 'azure-gpt-4o', host: 'other.example.org', credential: 'os.environ/OTHER_KEY' },
    ]);
    expect(values.map(({ path, before, after }) => `${path}: ${before} -> ${after}`)).toEqual([
      'azure-gpt-4o.api_key: os.environ/AZURE_OPENAI_KEY -> os.environ/OTHER_KEY',
      'azure-gpt-4o.timeout: undefined -> 5',
    ]);
  });

  it('tell an own price that is far below the list, and not one that was there', () => {
    const cheap = { file: MODELS, from: 'model: openai/gpt-4o-mini', to: OWN_PRICE };
    const before = edited(soundContents(), [cheap]);
    const after = edited(before, [{ file: MODELS, from: 'num_retries: 2', to: 'num_retries: 3' }]);

    expect(changeBy(cheap).lowPrices).toEqual([{ model: 'gpt-4o-mini', own: 0.01, listed: 0.15 }]);
    expect(compareContents(before, after)[0]?.lowPrices).toEqual([]);
  });

  it('that get a second deployment show what it is given', () => {
    const second = `  - model_name: gpt-4o-mini
    litellm_params: { model: openai/mini, api_key: os.environ/SECOND_KEY, weight: 3 }
router_settings`;

    const { values } = changeBy({ file: MODELS, from: 'router_settings', to: second });

    expect(values.map(({ path, before, after }) => `${path}: ${before} -> ${after}`)).toEqual([
      'gpt-4o-mini.2.api_key: undefined -> os.environ/SECOND_KEY',
      'gpt-4o-mini.2.weight: undefined -> 3',
    ]);
  });

  it('show where they are answered, by the name of the reference', () => {
    const { models } = changeBy({ file: MODELS, from: 'AZURE_OPENAI_ENDPOINT', to: 'OTHER_ENDPOINT' });

    expect(models[0]?.deployments).toEqual({
      before: ['azure/gpt-4o at AZURE_OPENAI_ENDPOINT'],
      after: ['azure/gpt-4o at OTHER_ENDPOINT'],
    });
  });

  it('are renamed where another name has the same deployments', () => {
    const change = changeBy(
      { file: MODELS, from: 'model_name: gpt-4o-mini', to: 'model_name: mini' },
      { file: SEARCH, from: ', gpt-4o-mini]', to: ', mini]' },
      { file: ML, from: 'models: [gpt-4o-mini]', to: 'models: [mini]' },
    );

    expect(change.renames).toEqual([{ before: 'gpt-4o-mini', after: 'mini' }]);
    expect(shownAccess(change)).toEqual([
      'ml loses gpt-4o-mini',
      'ml gains mini',
      'search loses gpt-4o-mini',
      'search gains mini',
    ]);
    expect(shownRefusals(change)).toEqual([
      'ml asks for gpt-4o-mini, which is called mini now',
      'search asks for gpt-4o-mini, which is called mini now',
    ]);
  });
});

/** Edits and who gains and loses what by them. */
const ACCESS: readonly { title: string; edits: readonly Edit[]; access: readonly string[] }[] = [
  {
    title: 'a team that is given a model gains it',
    edits: [{ file: ML, from: '[gpt-4o-mini]', to: '[gpt-4o-mini, azure-gpt-4o]' }],
    access: ['ml gains azure-gpt-4o'],
  },
  {
    title: 'a key of its own models gains alone',
    edits: [{ file: SEARCH, from: '    models: [azure-gpt-4o]', to: '    models: [azure-gpt-4o, gpt-4o-mini]' }],
    access: ['search/search-api gains gpt-4o-mini'],
  },
  {
    title: 'a key whose models are left out has all of its team',
    edits: [{ file: SEARCH, from: '    models: [azure-gpt-4o]\n', to: '' }],
    access: ['search/search-api gains gpt-4o-mini'],
  },
  {
    title: 'a key never has more than its team',
    edits: [{ file: SEARCH, from: 'models: [azure-gpt-4o, gpt-4o-mini]', to: 'models: [gpt-4o-mini]' }],
    access: ['search loses azure-gpt-4o'],
  },
  {
    title: 'a model that is gone is lost by all',
    edits: [{ file: MODELS, from: 'model_name: gpt-4o-mini', to: 'model_name: azure-gpt-4o' }],
    access: ['ml loses gpt-4o-mini', 'search loses gpt-4o-mini'],
  },
  {
    title: 'a model that nobody may use is gained by nobody',
    edits: [{ file: MODELS, from: 'router_settings', to: NEW_MODEL }],
    access: [],
  },
];

describe('access', () => {
  it.each(ACCESS)('$title', ({ edits, access }) => {
    expect(shownAccess(changeBy(...edits))).toEqual(access);
  });
});

describe('settings', () => {
  it('show what Azure serves apart from the rest', () => {
    const served = (capacity: number) =>
      `name: dev\nopenai: { deployments: [{ name: a, model: gpt-5.1, version: "1", capacity: ${capacity} }] }`;
    const before = edited(soundContents(), [{ file: SETTINGS, from: 'name: dev', to: served(10) }]);
    const after = edited(soundContents(), [{ file: SETTINGS, from: 'name: dev', to: served(20) }]);

    const [change] = compareContents(before, after);

    expect(change?.azureDeployments).toEqual([
      {
        name: 'a',
        model: { before: 'gpt-5.1 1, GlobalStandard', after: 'gpt-5.1 1, GlobalStandard' },
        capacity: { before: 10, after: 20 },
      },
    ]);
    expect(change?.values).toEqual([]);
  });

  it('are told by file and path as they are written, pins, owners and time-outs too', () => {
    const { values } = changeBy(
      { file: SETTINGS, from: 'max: 6', to: 'max: 9' },
      {
        file: SETTINGS,
        from: 'host_names: [llm.dev.example.com]',
        to: 'host_names: [llm.dev.example.com, b.dev.example.com]',
      },
      { file: 'dev/release.yaml', from: 'version: 0.1.0', to: 'version: 0.2.0' },
      { file: MODELS, from: 'model: openai/gpt-4o-mini', to: 'model: openai/gpt-4o-mini\n      timeout: 600' },
      { file: ML, from: 'owners: [ml-leads@example.com]', to: 'owners: [ml@example.com]' },
    );

    expect(values.map(({ file, path, before, after }) => `${file} ${path}: ${before} -> ${after}`)).toEqual([
      'environments/dev/environment.yaml gateway.replicas.max: 6 -> 9',
      'environments/dev/environment.yaml host_names: llm.dev.example.com -> llm.dev.example.com, b.dev.example.com',
      'environments/dev/keys/ml.yaml owners: ml-leads@example.com -> ml@example.com',
      'environments/dev/models.yaml gpt-4o-mini.timeout: undefined -> 600',
      'environments/dev/release.yaml images.gateway.version: 0.1.0 -> 0.2.0',
    ]);
  });

  it('never show a credential', () => {
    const { models } = changeBy({
      file: MODELS,
      from: 'os.environ/AZURE_OPENAI_ENDPOINT',
      to: 'https://bot:hunter2hunter2@x.example.com',
    });

    expect(models[0]?.deployments.after).toEqual(['azure/gpt-4o at (a secret)x.example.com']);
  });
});

describe('environments', () => {
  it('that are the same on both sides are left out', () => {
    expect(compareContents(soundContents(), soundContents())).toEqual([]);
  });

  it('do not change by comments or by the order in which things are written', () => {
    const { [MODELS]: models = '', [SEARCH]: search = '' } = {
      [MODELS]: soundText(MODELS),
      [SEARCH]: soundText(SEARCH),
    };
    const [head = '', first = '', second = ''] = models.replace(/router_settings.*\n/, '').split(/(?=  - model_name)/);
    const reordered = edited(soundContents(), [
      { file: MODELS, to: `# a note\nrouter_settings: { num_retries: 2 }\n${head}${second}${first}` },
      { file: SEARCH, to: search.replace('[azure-gpt-4o, gpt-4o-mini]', '[gpt-4o-mini, azure-gpt-4o] # a note') },
    ]);

    expect(compareContents(soundContents(), reordered)).toEqual([]);
    expect(compareContents(soundContents(), new Map([...reordered].toReversed()))).toEqual([]);
  });

  it('that come are new in everything, and those that go take everything along', () => {
    const sound = soundContents();
    const none = new Map([...sound].filter(([path]) => !path.startsWith('environments/dev/')));

    const [added] = compareContents(none, sound);
    const [removed] = compareContents(sound, none);

    expect(added).toMatchObject({
      kind: 'added',
      access: [],
      refused: [],
      ceiling: { before: undefined, after: 1_700 },
    });
    expect(added?.keys.map(({ kind }) => kind)).toEqual(['added', 'added']);
    expect(removed).toMatchObject({ kind: 'removed', access: [], ceiling: { before: 1_700, after: undefined } });
    expect(removed?.keys.map(({ kind }) => kind)).toEqual(['revoked', 'revoked']);
  });

  it('with errors in a file are told as not known', () => {
    const change = changeBy({ file: SEARCH, from: 'virtual_keys:', to: 'virtual_key:' });

    expect(change).toMatchObject({ name: 'dev', kind: 'changed', isReadable: false, keys: [], teams: [] });
  });

  it('of production stand first, by what either side calls production', () => {
    const sound = soundContents();
    const renamed = (name: string) =>
      [...sound].map(([path, content]): [string, Buffer] => [path.replace('/dev/', `/${name}/`), content]);
    const before = new Map([...sound, ...renamed('zeta'), ...renamed('alpha')]);
    const raised = ['dev', 'zeta', 'alpha'].map((name) => ({
      file: `${name}/keys/ml.yaml`,
      from: 'max_budget: 200',
      to: 'max_budget: 300',
    }));
    const policy = { file: 'policy.yaml', to: `production: [zeta]\n${soundText('policy.yaml')}` };

    const changes = compareContents(before, edited(before, [...raised, policy]));

    expect(changes.map(({ name, isProduction }) => `${name} ${isProduction}`)).toEqual([
      'zeta true',
      'alpha false',
      'dev false',
    ]);
  });
});

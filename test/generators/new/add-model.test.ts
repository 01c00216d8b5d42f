import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { readEnvironmentFiles, type EnvironmentFiles } from '../../../environments/schema/environment-files.ts';
import { EnvironmentSettings } from '../../../environments/schema/environment-settings.ts';
import { parseYaml } from '../../../environments/schema/parse-yaml.ts';
import { addModel, type NewModel } from '../../../generators/new/new-model.ts';
import { addTeam } from '../../../generators/new/new-team.ts';

const SOUND = join(import.meta.dirname, '../../fixtures/environments/sound/dev');
const DEPLOYED = {
  name: 'gpt-5.1',
  model: 'gpt-5.1',
  version: '2025-11-13',
  sku: 'DataZoneStandard',
  capacity: 9,
} as const;

function sound(moreSettings = ''): EnvironmentFiles {
  const files = readEnvironmentFiles(SOUND);
  const text = files.settings.text + moreSettings;
  return { ...files, settings: parseYaml(text, files.settings.file, EnvironmentSettings) };
}

function wanted(request: NewModel['request'], rest: Partial<NewModel> = {}): NewModel {
  return { request, teams: [], sharesTraffic: false, ...rest };
}

/** What the edits make of models.yaml and environment.yaml. */
function parsed(files: EnvironmentFiles, model: NewModel): { models: unknown[]; openai: unknown } {
  const edits = addModel(files, model, [DEPLOYED]);
  const models = parse(edits.get(files.models.file) ?? '') as { model_list: unknown[] };
  const settings = parse(edits.get(files.settings.file) ?? '{}') as Record<string, unknown>;
  return { models: models.model_list, openai: settings['openai'] };
}

describe('addModel', () => {
  test.each([
    [
      "the provider's usual key",
      { name: 'deep', model: 'deepseek/deepseek-chat' },
      { litellm_params: { model: 'deepseek/deepseek-chat', api_key: 'os.environ/DEEPSEEK_API_KEY' } },
    ],
    [
      'the account of the other models of Azure',
      { name: 'new', model: 'azure/gpt-5.1' },
      {
        litellm_params: {
          model: 'azure/gpt-5.1',
          api_base: 'os.environ/AZURE_OPENAI_ENDPOINT',
          api_key: 'os.environ/AZURE_OPENAI_KEY',
          api_version: '2024-10-21',
        },
      },
    ],
    [
      'what is given, and the price of a token in USD',
      {
        name: 'e',
        model: 'openai/e',
        apiKey: 'os.environ/E',
        mode: 'embedding',
        baseModel: 'openai/b',
        inputPrice: 0.02,
      },
      {
        litellm_params: { model: 'openai/e', api_key: 'os.environ/E' },
        model_info: { mode: 'embedding', base_model: 'openai/b', input_cost_per_token: 2e-8 },
      },
    ],
  ])('fills in %s', (_, request, expected) => {
    expect(parsed(sound(), wanted(request)).models.at(-1)).toEqual({ model_name: request.name, ...expected });
  });

  test('lets two deployments of a name share its traffic where that is asked for', () => {
    const request = { name: 'gpt-4o-mini', model: 'azure/gpt-4o-mini' };

    expect(parsed(sound(), wanted(request, { sharesTraffic: true })).models).toHaveLength(3);
  });

  test('begins the list of deployments where the environment has none', () => {
    const model = wanted({ name: 'new', model: 'azure/gpt-5.1' }, { deployment: { capacity: 50 } });

    expect(parsed(sound(), model).openai).toEqual({
      deployments: [{ name: 'gpt-5.1', model: 'gpt-5.1', version: '2025-11-13', capacity: 50 }],
    });
  });

  test('deploys as all others of the environment are, under the name that the entry calls', () => {
    const files = sound(
      'openai: { deployments: [{ name: a, model: a, version: "1", sku: DataZoneStandard, capacity: 1 }] }\n',
    );
    const request = { name: 'new', model: 'azure/ours', baseModel: 'gpt-5.1' };

    const { openai } = parsed(files, wanted(request, { deployment: { capacity: 50, version: '2' } }));

    expect(openai).toMatchObject({
      deployments: [{}, { name: 'ours', model: 'gpt-5.1', version: '2', sku: 'DataZoneStandard', capacity: 50 }],
    });
  });

  test('refuses to deploy what is deployed', () => {
    const files = sound('openai: { deployments: [{ name: GPT-5.1, model: gpt-5.1, version: "1", capacity: 1 }] }\n');
    const model = wanted({ name: 'new', model: 'azure/gpt-5.1' }, { deployment: { capacity: 50 } });

    expect(() => addModel(files, model)).toThrow(
      /^gpt-5\.1 is deployed already \(.*environment\.yaml:17\): leave --deployment-capacity out$/,
    );
  });
});

describe('addTeam', () => {
  test('quotes what YAML would take for something else', () => {
    const team = { team_alias: '2027', owners: ['@org/research'], models: ['a'], max_budget: 0.5, virtual_keys: [] };

    const [[file, text] = []] = addTeam(sound(), team);

    expect(file).toBe('environments/dev/keys/2027.yaml');
    expect(parse(text ?? '')).toEqual(team);
  });
});

import { stringify } from 'yaml';
import { describe, expect, it } from 'vitest';
import { makeKey } from '../../../environments/schema/key-format.ts';
import { localizeConfig } from '../../../generators/reconcile/localize-config.ts';

const demoKey = makeKey();
const text = stringify({
  revision: 'abc123',
  model_list: [
    { model_name: 'known', litellm_params: { model: 'openai/gpt-4o', api_key: 'os.environ/SET' } },
    { model_name: 'unknown', litellm_params: { model: 'openai/gpt-4o', api_key: 'os.environ/UNSET' } },
  ],
  general_settings: { database_url: 'os.environ/DATABASE_URL' },
});

describe('the configuration of the cluster on this machine', () => {
  it('answers for a model whose variables are not set by a simulation, and says so', () => {
    const { config, simulated } = localizeConfig(text, { variables: { SET: 'value' }, demoKey });

    expect(config.model_list?.map(({ litellm_params }) => litellm_params.model)).toEqual([
      'openai/gpt-4o',
      'simulator/gpt-4o',
    ]);
    expect(simulated).toEqual([{ name: 'unknown', missing: ['UNSET'] }]);
  });

  it('has the revision of the cluster, a database of this machine and the demo key', () => {
    const { config } = localizeConfig(text, { variables: {}, demoKey });

    expect(config.revision).toBe('abc123');
    expect(config.general_settings?.database_url).toBe('embedded');
    expect(config.virtual_keys).toHaveLength(1);
  });
});

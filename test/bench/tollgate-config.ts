import { randomBytes } from 'node:crypto';
import { hashKey } from '../../environments/schema/key-format.ts';
import { MODEL } from './chat-payload.ts';

/** The virtual key of the load; made anew for every run. */
export const BENCH_KEY = `sk-bench-${randomBytes(24).toString('hex')}`;

const NEVER_REACHED = { max_budget: 1_000_000, budget_duration: '30d', rpm_limit: 1_000_000_000, tpm_limit: 1e15 };

/** A configuration with everything on that a request can meet: key, model list, rate limits and budgets on two levels. */
export function tollgateConfig(upstreamPort: number, databaseUrl: string | undefined): string {
  const spend = databaseUrl === undefined ? {} : { database_url: databaseUrl, proxy_batch_write_at: 1 };
  return JSON.stringify({
    model_list: [
      {
        model_name: MODEL,
        litellm_params: {
          model: 'openai/gpt-4o-mini',
          api_base: `http://127.0.0.1:${upstreamPort}/v1`,
          api_key: 'not-checked-by-the-mock',
        },
      },
    ],
    general_settings: spend,
    teams: [{ team_id: 'bench', models: [MODEL], ...NEVER_REACHED }],
    virtual_keys: [
      { token: hashKey(BENCH_KEY), key_alias: 'bench', team_id: 'bench', models: [MODEL], ...NEVER_REACHED },
    ],
  });
}

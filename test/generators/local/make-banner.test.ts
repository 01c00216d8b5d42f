import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { makeBanner } from '../../../generators/local/make-banner.ts';
import type { RenderedConfig } from '../../../generators/resolve-gateway-config.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const config: RenderedConfig = {
  model_list: [
    { model_name: 'embed', litellm_params: { model: 'simulator/e' }, model_info: { mode: 'embedding' } },
    { model_name: 'chat', litellm_params: { model: 'simulator/a' } },
    { model_name: 'chat', litellm_params: { model: 'simulator/b' } },
    { model_name: 'secret', litellm_params: { model: 'simulator/c' } },
  ],
  teams: [{ team_id: 'demo', models: ['embed', 'chat'] }],
  general_settings: { database_url: 'embedded' },
};

function banner(stateFolder: string, more: RenderedConfig = {}): string {
  return makeBanner({
    address: 'http://127.0.0.1:4000',
    demoKey: 'sk-demo',
    folder: join(process.cwd(), 'environments', 'local'),
    stateFolder,
    config: { ...config, ...more },
    leftOut: [{ name: 'gpt', missing: ['A', 'B'] }],
    emphasize: (text) => text,
  });
}

it('names what the demo key may use, once each, and what joins with which variables', () => {
  const text = banner('/state');

  expect(text).toMatch(/Models +embed, chat\n/);
  expect(text).toContain('gpt joins when you set A and B');
});

it('gives a line to try, with the first model that chats', () => {
  const line = banner('/state')
    .split('\n')
    .find((text) => text.startsWith('curl '));

  expect(line).toBe(
    "curl http://127.0.0.1:4000/v1/chat/completions -H 'Authorization: Bearer sk-demo' -H 'Content-Type: application/json' " +
      `-d '{"model":"chat","messages":[{"role":"user","content":"Hello"}]}'`,
  );
});

it('says where the rows lie when they had to go elsewhere', () => {
  const state = tempFolder();
  mkdirSync(join(state, 'postgres'));
  writeFileSync(join(state, 'postgres', 'place'), '/elsewhere/1\n');

  expect(banner(state)).toContain('/elsewhere/1 (the database)');
  expect(banner(state)).toContain(`psql "$(cat ${state}/postgres/url)"`);
});

it('is silent about the embedded Postgres where another is used', () => {
  expect(banner('/state', { general_settings: { database_url: 'os.environ/DATABASE_URL' } })).not.toContain('psql');
});

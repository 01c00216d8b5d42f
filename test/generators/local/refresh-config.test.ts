import { appendFileSync, cpSync, existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it, onTestFinished, vi } from 'vitest';
import { makeKey } from '../../../environments/schema/key-format.ts';
import { refreshConfig } from '../../../generators/local/refresh-config.ts';
import { tempFolder } from '../../support/temp-folder.ts';

const LOCAL = join(import.meta.dirname, '..', '..', '..', 'environments', 'local');

function options() {
  const root = tempFolder();
  const folder = join(root, 'local');
  cpSync(LOCAL, folder, { recursive: true });
  return { folder, configFile: join(root, 'config.yaml'), variables: {}, demoKey: makeKey(), now: new Date() };
}

/** What was printed as errors during the test. */
function printedErrors(): string[] {
  const printed: string[] = [];
  const spy = vi.spyOn(console, 'error').mockImplementation((line: string) => void printed.push(line));
  onTestFinished(() => spy.mockRestore());
  return printed;
}

it('writes what the gateway reads, for its owner alone', () => {
  const local = options();

  const refreshed = refreshConfig(local);

  expect(refreshed?.config.model_list?.length).toBeGreaterThan(0);
  expect(readFileSync(local.configFile, 'utf8')).toContain(`revision: ${refreshed?.config.revision}`);
  expect(statSync(local.configFile).mode & 0o777).toBe(0o600);
});

it('tells a mistake and keeps the old file', () => {
  const local = options();
  const printed = printedErrors();
  refreshConfig(local);
  const before = readFileSync(local.configFile, 'utf8');
  appendFileSync(join(local.folder, 'models.yaml'), 'no_such_key: 1\n');

  expect(refreshConfig(local)).toBeUndefined();

  expect(printed).toHaveLength(1);
  expect(printed[0]).toMatch(/models\.yaml:\d+:1: error: unknown key no_such_key/);
  expect(readFileSync(local.configFile, 'utf8')).toBe(before);
});

it('says what to set where no model can be served', () => {
  const local = options();
  const printed = printedErrors();
  writeFileSync(
    join(local.folder, 'models.yaml'),
    'model_list: [{ model_name: gpt-4o-mini, litellm_params: { model: openai/gpt-4o-mini, api_key: os.environ/OPENAI_API_KEY } }]\n',
  );
  const team = join(local.folder, 'keys', 'demo.yaml');
  writeFileSync(team, readFileSync(team, 'utf8').replace(/models: .*/, 'models: [gpt-4o-mini]'));

  expect(refreshConfig(local)).toBeUndefined();

  expect(printed).toEqual(['no model of environments/local can be served: set OPENAI_API_KEY']);
  expect(existsSync(local.configFile)).toBe(false);
});

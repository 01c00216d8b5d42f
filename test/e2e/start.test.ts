import { once } from 'node:events';
import { appendFileSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import OpenAI, { AzureOpenAI } from 'openai';
import { Client } from 'pg';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';
import { removeFolder } from '../support/temp-folder.ts';
import { waitUntil } from '../../generators/local-cluster/wait-until.ts';
import { processesOf, runNpmStart, startNpm, type NpmStart, type NpmStartOptions } from './npm-start.ts';
import { copyProject } from './project-copy.ts';

const NOBODY = { uid: 65_534, gid: 65_534 };
const isRoot = process.getuid?.() === 0;
const question = { model: 'simulated-chat', messages: [{ role: 'user' as const, content: 'Hello' }] };

let project: string;
beforeAll(() => {
  project = copyProject(0o755);
});
afterAll(() => removeProject(project));

function removeProject(folder: string): void {
  for (const pid of processesOf(folder).keys()) process.kill(pid, 'SIGKILL');
  const place = readIfThere(join(folder, '.tollgate', 'postgres', 'place'));
  if (place !== undefined) removeFolder(place);
  removeFolder(folder);
}

async function start(folder = project, options: NpmStartOptions = {}): Promise<NpmStart> {
  const running = await startNpm(folder, options);
  onTestFinished(async () => void (await running.stop('SIGTERM')));
  return running;
}

function clientOf({ address, key }: NpmStart): OpenAI {
  return new OpenAI({ baseURL: `${address}/v1`, apiKey: key, maxRetries: 0 });
}

async function countSpend(folder = project): Promise<number> {
  const connectionString = readFileSync(join(folder, '.tollgate', 'postgres', 'url'), 'utf8').trim();
  const client = new Client({ connectionString });
  await client.connect();
  try {
    const { rows } = await client.query<{ count: number }>(
      "select count(*)::int as count from spend_logs where key_alias = 'demo' and cost_nano_usd > 0",
    );
    return rows[0]?.count ?? 0;
  } finally {
    await client.end();
  }
}

function readIfThere(file: string): string | undefined {
  try {
    return readFileSync(file, 'utf8').trim();
  } catch {
    return undefined;
  }
}

describe('npm start', () => {
  it('serves the official client from embedded parts, and its spend is in the database', async () => {
    const running = await start();
    const client = clientOf(running);
    const azure = new AzureOpenAI({ endpoint: running.address, apiKey: running.key, apiVersion: '2024-10-21' });

    const chat = await client.chat.completions.create(question);
    const stream = await client.chat.completions.create({ ...question, stream: true });
    let streamed = '';
    for await (const chunk of stream) streamed += chunk.choices[0]?.delta.content ?? '';
    const viaAzure = await azure.chat.completions.create({ ...question, max_tokens: 3 });
    const embeddings = await client.embeddings.create({ model: 'simulated-embedding', input: 'word' });
    const models = await client.models.list();

    expect(chat.choices[0]?.message.content).toContain('You wrote: Hello');
    expect(streamed).toBe(chat.choices[0]?.message.content);
    expect(viaAzure.choices[0]?.finish_reason).toBe('length');
    expect(embeddings.data[0]?.embedding).toHaveLength(1_536);
    expect(models.data.map((model) => model.id)).toEqual(['simulated-chat', 'simulated-embedding']);
    await waitUntil('four rows are written', async () => (await countSpend()) === 4);
  });

  it('shows the address, the key, a curl line, the models it lacks variables for, and where all is kept', async () => {
    const running = await start();
    const state = join(project, '.tollgate');

    expect(running.output()).toContain(
      `curl ${running.address}/v1/chat/completions -H 'Authorization: Bearer ${running.key}'`,
    );
    expect(running.output()).toContain('gpt-4o-mini joins when you set OPENAI_API_KEY');
    expect(running.output()).toContain(state);
    expect(readIfThere(join(state, 'demo-key'))).toBe(running.key);
    expect(statSync(join(state, 'demo-key')).mode & 0o777).toBe(0o600);
    expect(statSync(join(state, 'config.yaml')).mode & 0o777).toBe(0o600);
  });

  it.each([
    { name: 'SIGTERM to npm', signal: 'SIGTERM', whom: 'npm' },
    { name: 'SIGINT to npm', signal: 'SIGINT', whom: 'npm' },
    { name: 'Ctrl-C', signal: 'SIGINT', whom: 'group' },
  ] as const)('ends with 0 and leaves no process at $name, and keeps key and spend', async ({ signal, whom }) => {
    const first = await start();
    await clientOf(first).chat.completions.create(question);
    await waitUntil('a row is written', async () => (await countSpend()) > 0);
    const before = await countSpend();

    expect(await first.stop(signal, whom)).toBe(0);
    expect([...processesOf(project).values()]).toEqual([]);
    const second = await start();

    expect(second.key).toBe(first.key);
    expect(await countSpend()).toBeGreaterThanOrEqual(before);
  });

  it('keeps key and spend when gateway and launcher are killed, and takes the database over', async () => {
    const first = await start();
    const before = await countSpend();
    await clientOf(first).chat.completions.create(question);
    const url = readIfThere(join(project, '.tollgate', 'postgres', 'url'));

    for (const [pid, args] of processesOf(project)) if (/start\.ts|main\.ts/.test(args)) process.kill(pid, 'SIGKILL');
    await first.stop('SIGKILL');
    const second = await start();

    expect(second.key).toBe(first.key);
    expect(readIfThere(join(project, '.tollgate', 'postgres', 'url'))).toBe(url);
    await waitUntil('the row of the killed gateway is written', async () => (await countSpend()) > before);
    await second.stop('SIGTERM');
    expect([...processesOf(project).values()]).toEqual([]);
  });

  it('follows edits of the environment, and tells a broken one by file, line and column', async () => {
    const running = await start();
    const models = join(project, 'environments', 'local', 'models.yaml');
    const good = readFileSync(models, 'utf8');
    onTestFinished(() => writeFileSync(models, good));
    const served = async () => (await clientOf(running).models.list()).data.map((model) => model.id);

    appendFileSync(models, 'no_such_key: 1\n');
    await waitUntil('the mistake is told', async () => running.output().includes('unknown key no_such_key'));
    expect(running.output()).toMatch(/models\.yaml:\d+:1: error: /);
    expect(await served()).toEqual(['simulated-chat', 'simulated-embedding']);

    writeFileSync(models, good.replace('model_name: simulated-embedding', 'model_name: renamed-embedding'));
    const keys = join(project, 'environments', 'local', 'keys', 'demo.yaml');
    const team = readFileSync(keys, 'utf8');
    onTestFinished(() => writeFileSync(keys, team));
    writeFileSync(keys, team.replace('simulated-embedding', 'renamed-embedding'));
    await waitUntil('the edit is served', async () => (await served()).includes('renamed-embedding'));
    expect(running.output()).toMatch(/environments\/local has changed: revision [0-9a-f]{12}/);
  });

  it('says in one line that the port is in use, exits 1 and leaves no process', async () => {
    const holder = createServer().listen(0, '127.0.0.1');
    onTestFinished(() => void holder.close());
    await once(holder, 'listening');
    const { port } = holder.address() as AddressInfo;

    const { code, output } = await runNpmStart(project, { args: ['--port', String(port)] });

    expect(code).toBe(1);
    expect(output).toContain(`port ${port} on 127.0.0.1 is in use`);
    expect(output).not.toMatch(/^\s+at /m);
    expect([...processesOf(project).values()]).toEqual([]);
  });

  it('serves a config.yaml of LiteLLM as it is', async () => {
    const config = join(project, 'foreign.yaml');
    writeFileSync(
      config,
      [
        'model_list:',
        '  - model_name: mine',
        '    litellm_params: { model: simulator/x }',
        'general_settings: { master_key: sk-master-of-this-test }',
      ].join('\n'),
    );
    const running = await start(project, { args: ['--config', config, '--host', '127.0.0.1', '--port', '0'] });

    const client = new OpenAI({ baseURL: running.address, apiKey: 'sk-master-of-this-test', maxRetries: 0 });
    const answer = await client.chat.completions.create({ ...question, model: 'mine' });

    expect(answer.choices[0]?.message.content).toContain('Hello');
  });

  it.each([
    { name: 'a file that is not there', text: undefined, message: /nowhere\.yaml.*/ },
    { name: 'a broken file', text: 'model_list: [', message: /foreign\.yaml:1:\d+: error: not valid YAML/ },
    {
      name: 'a variable that is not set',
      text: 'general_settings: { database_url: os.environ/NO_SUCH_VARIABLE }',
      message: /NO_SUCH_VARIABLE/,
    },
  ])('says in one line what is wrong with $name and exits 1', async ({ text, message }) => {
    const config = join(project, text === undefined ? 'nowhere.yaml' : 'foreign.yaml');
    if (text !== undefined) writeFileSync(config, text);
    onTestFinished(() => rmSync(config, { force: true }));

    const { code, output } = await runNpmStart(project, { args: ['--config', config] });

    expect(code).toBe(1);
    expect(output).toMatch(message);
    expect(output).not.toMatch(/^\s+at /m);
  });

  it.each([
    { name: 'a flag that it does not have', args: ['--prot', '1'], message: "Unknown option '--prot'" },
    { name: 'an environment that is not there', args: ['--env', 'nowhere'], message: 'nowhere' },
  ])('refuses $name and exits 1', async ({ args, message }) => {
    const { code, output } = await runNpmStart(project, { args });

    expect(code).toBe(1);
    expect(output).toContain(message);
    expect(output).not.toMatch(/^\s+at /m);
  });

  it('explains itself with --help', async () => {
    const { code, output } = await runNpmStart(project, { args: ['--help'] });

    expect(code).toBe(0);
    expect(output).toContain('npm start -- --config FILE');
  });
});

describe('npm start in a folder that others cannot enter', () => {
  it.each([
    { name: 'the account that runs it', account: undefined, owner: undefined },
    ...(isRoot ? [{ name: 'an ordinary user', account: NOBODY, owner: '65534:65534' }] : []),
  ])('serves, stops and keeps spend as $name', async ({ account, owner }) => {
    const closed = copyProject(0o700, owner);
    onTestFinished(() => removeProject(closed));
    const options = account === undefined ? {} : { account };
    const first = await start(closed, options);
    await clientOf(first).chat.completions.create(question);
    await waitUntil('the row is written', async () => (await countSpend(closed)) === 1);

    expect(await first.stop('SIGTERM')).toBe(0);
    expect([...processesOf(closed).values()]).toEqual([]);
    const second = await start(closed, options);

    expect(second.key).toBe(first.key);
    expect(await countSpend(closed)).toBe(1);
    await second.stop('SIGTERM');
  });
});

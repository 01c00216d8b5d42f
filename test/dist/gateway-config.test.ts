import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { GatewayConfig } from '../../environments/schema/gateway-config.ts';
import { formatProblem, parseYaml } from '../../environments/schema/parse-yaml.ts';
import { contentHash } from '../../generators/content-hash.ts';
import { freePort } from '../../generators/local-cluster/free-port.ts';
import { startServerProcess, type ServerProcess } from '../support/server-process.ts';
import { makeTempFolder, removeFolder } from '../support/temp-folder.ts';
import { committedEnvironments, environmentOf, readCommittedManifests, type KubernetesObject } from './manifests.ts';
import type { Deployment } from './policy/workloads.ts';

const ROOT = join(import.meta.dirname, '../..');
const MASTER_KEY = 'sk-master-0123456789abcdef';

/** Where nobody listens: the database and the cache of a private network, seen from here. */
const NOWHERE = '127.0.0.1';
/** What a secret holds that is no text of any kind. */
const VALUES: Readonly<Record<string, string>> = {
  LITELLM_MASTER_KEY: MASTER_KEY,
  DATABASE_URL: `postgres://gateway@${NOWHERE}:1/spend`,
  REDIS_HOST: NOWHERE,
  REDIS_PORT: '1',
  AZURE_OPENAI_ENDPOINT: 'https://oai.example.com/',
};

describe.each(committedEnvironments())('the configuration of %s', (environment) => {
  const objects = readCommittedManifests().filter((manifest) => environmentOf(manifest) === environment);
  const find = (kind: string, name: string) =>
    objects.find(({ object }) => object.kind === kind && object.metadata.name === name)?.object as KubernetesObject;
  const text = (find('ConfigMap', 'gateway-config')['data'] as Record<string, string>)['config.yaml'] ?? '';
  const config = parse(text) as { revision: string; model_list: { model_name: string }[] };
  let folder: string;
  let gateway: ServerProcess;
  let address: string;

  beforeEach(async () => {
    folder = makeTempFolder();
    const port = await freePort();
    address = `http://127.0.0.1:${port}`;
    writeFileSync(join(folder, 'config.yaml'), text);
    writeSecrets(join(folder, 'secrets'), find('SecretProviderClass', 'gateway-secrets'));
    const { command, env } = commandOf(find('Deployment', 'gateway') as Deployment, folder, port);
    gateway = await startServerProcess(process.execPath, [...command, '--strict'], {
      cwd: ROOT,
      env,
      isReady: async () => (await fetch(`${address}/health/liveliness`).catch(() => undefined))?.ok === true,
    });
  });

  afterEach(async () => {
    await gateway?.stop('SIGKILL');
    removeFolder(folder);
  });

  it('starts the gateway as its pods start it, with each secret as the file that the vault gives', async () => {
    const { revision } = (await (await fetch(`${address}/revision`)).json()) as { revision: string };
    const models = await fetch(`${address}/v1/models`, { headers: { authorization: `Bearer ${MASTER_KEY}` } });
    const { data } = (await models.json()) as { data: { id: string }[] };

    expect(revision).toBe(config.revision);
    expect(data.map(({ id }) => id).toSorted()).toEqual(
      [...new Set(config.model_list.map(({ model_name: name }) => name))].toSorted(),
    );
  });
});

const configMaps = readCommittedManifests().filter(({ object }) => object.metadata.name === 'gateway-config');

it.each(configMaps)('the schema takes the config.yaml in $path, which carries the hash of its content', (manifest) => {
  const parsed = parseYaml(configOf(manifest.object), 'config.yaml', GatewayConfig);

  expect(parsed.problems.map(formatProblem)).toEqual([]);
  const { revision, ...content } = parsed.value ?? {};
  expect(revision).toBe(contentHash(content).slice(0, 12));
});

it.each(configMaps)('the smoke test waits for the revision of the config.yaml in $path', (manifest) => {
  const smokeTest = readCommittedManifests().find(
    (other) => environmentOf(other) === environmentOf(manifest) && other.object.metadata.name === 'gateway-smoke-test',
  );
  const { revision } = parse(configOf(manifest.object)) as { revision: string };

  expect(smokeTest?.text).toContain(`- --revision\n            - ${revision}\n`);
});

function configOf(configMap: KubernetesObject): string {
  return (configMap['data'] as Record<string, string>)['config.yaml'] ?? '';
}

/** The container's command, with the paths and the port of this machine. */
function commandOf({ spec }: Deployment, folder: string, port: number) {
  const { command = [], args = [], env = [] } = spec.template.spec.containers[0];
  const here: Readonly<Record<string, string>> = {
    '/etc/tollgate/config.yaml': join(folder, 'config.yaml'),
    '/mnt/secrets': join(folder, 'secrets'),
    '/var/lib/tollgate': join(folder, 'journal'),
    '0.0.0.0': '127.0.0.1',
    '4000': String(port),
  };
  const [program, ...words] = [...command, ...args];
  expect(program).toBe('node');
  return {
    command: words.map((word) => here[word] ?? word),
    env: Object.fromEntries(env.map(({ name, value = '' }) => [name, here[value] ?? value])),
  };
}

/** What the driver mounts: a file for each object of the class, called by its alias. */
function writeSecrets(folder: string, { spec }: KubernetesObject): void {
  const { parameters } = spec as { parameters: { objects: string } };
  const { array } = parse(parameters.objects) as { array: string[] };
  mkdirSync(folder);
  for (const entry of array) {
    const { objectAlias: name } = parse(entry) as { objectAlias: string };
    writeFileSync(join(folder, name), VALUES[name] ?? `value-of-${name}`);
  }
}

import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, onTestFinished } from 'vitest';
import { GATEWAY_NODE_FLAGS } from '../../generators/gateway-node-flags.ts';
import { tempFolder } from '../support/temp-folder.ts';

const ROOT = join(import.meta.dirname, '..', '..');
const dockerfile = readFileSync(join(ROOT, 'proxy', 'Dockerfile'), 'utf8');

/** What the Dockerfile copies from the repository. */
const copied = [...dockerfile.matchAll(/^COPY (?!--from)(.+) \S+$/gm)].flatMap(([, sources = '']) =>
  sources.split(' '),
);
const command = JSON.parse(/^CMD (.+)$/m.exec(dockerfile)?.[1] ?? '[]') as string[];

/** The folder that the image would hold: the copied files, and the packages that `npm ci` does not leave out. */
function layOut(): string {
  const folder = tempFolder();
  for (const path of copied) cpSync(join(ROOT, path), join(folder, path), { recursive: true });
  const lock = JSON.parse(readFileSync(join(ROOT, 'package-lock.json'), 'utf8')) as {
    packages: Record<string, { dev?: boolean; optional?: boolean; devOptional?: boolean }>;
  };
  for (const [path, found] of Object.entries(lock.packages))
    if (path !== '' && found.dev !== true && found.optional !== true && found.devOptional !== true)
      cpSync(join(ROOT, path), join(folder, path), { recursive: true });
  return folder;
}

describe('the image of the gateway', () => {
  it('has everything that gateway, migration and smoke test need, and no package more', async () => {
    const folder = layOut();
    const config = join(folder, 'config.yaml');
    const model = { model_name: 'm', litellm_params: { model: 'simulator/chat' } };
    writeFileSync(
      config,
      JSON.stringify({ model_list: [model], general_settings: { master_key: 'sk-1' }, revision: 'r' }),
    );
    const start = (args: readonly string[]) =>
      spawn(process.execPath, args, {
        cwd: folder,
        env: { TOLLGATE_DATA_DIR: folder },
        stdio: ['ignore', 'ignore', 'inherit', 'ipc'],
      });
    const exitCode = async (args: readonly string[]) => (await once(start(args), 'exit'))[0] as number;

    const gateway = start(['proxy/main.ts', '--config', config, '--port', '0']);
    onTestFinished(() => void gateway.kill('SIGKILL'));
    const [{ address }] = (await once(gateway, 'message')) as [{ address: string }];

    const { port } = new URL(address);
    expect(await exitCode(['proxy/smoke-test.ts', '--pods', '127.0.0.1', '--port', port, '--revision', 'r'])).toBe(0);
    expect(await exitCode(['proxy/migrate.ts', '--config', config])).toBe(0);
  });

  it('starts as the pods start it', () => {
    const [node, ...args] = command;
    expect(node).toBe('node');
    expect(args.slice(0, GATEWAY_NODE_FLAGS.length)).toEqual(GATEWAY_NODE_FLAGS);
    expect(args).toContain('proxy/main.ts');
  });

  it('does not run as root, tells its commit, and has no digest that nobody resolved', () => {
    expect(dockerfile).toMatch(/^USER 1000:1000$/m);
    expect(dockerfile).toMatch(/org\.opencontainers\.image\.revision="\$\{REVISION\}"/);
    expect(dockerfile).not.toContain('sha256:');
  });

  it('is built from what it copies alone', () => {
    const [everything, ...letIn] = readFileSync(join(ROOT, '.dockerignore'), 'utf8')
      .split('\n')
      .filter((line) => line !== '' && !line.startsWith('#'));
    expect(everything).toBe('*');
    expect(letIn.toSorted()).toEqual(copied.map((path) => `!${path}`).toSorted());
  });
});

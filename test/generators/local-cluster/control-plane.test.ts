import { chmodSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, describe, expect, it } from 'vitest';
import { startControlPlane } from '../../../generators/local-cluster/control-plane.ts';
import { tempFolder } from '../../support/temp-folder.ts';

// Programs that go wrong, in front of the real ones on PATH: none of the real ones is needed here.

const PATH = process.env['PATH'] ?? '';

/** Answers like an etcd that calls itself as it was told, or by the name that is in the way. */
const ETCD = `
const option = (name) => process.argv.find((arg) => arg.startsWith('--' + name + '=')).split('=').slice(1).join('=');
const { hostname, port } = new URL(option('listen-client-urls'));
require('node:http')
  .createServer((request, response) => response.end(JSON.stringify({ members: [{ name: NAME ?? option('name') }] })))
  .listen(port, hostname);
`;

afterEach(() => {
  process.env['PATH'] = PATH;
});

describe('startControlPlane', () => {
  it('does not join an etcd that is not its own', async () => {
    putOnPath({ etcd: ETCD.replace('NAME', "'somebody-elses'") });

    await expect(startControlPlane()).rejects.toThrow(/^another etcd answers on http:\/\/127\.0\.0\.1:\d+$/);
  });

  it('says which program ended, and why, when a port is taken', async () => {
    putOnPath({
      etcd: ETCD.replace('NAME', 'undefined'),
      'kube-apiserver': `
        console.error('failed to create listener: bind: address already in use');
        process.exit(1);`,
      kubectl: '',
    });

    await expect(startControlPlane()).rejects.toThrow(
      /^kube-apiserver ended \(1\): failed to create listener: bind: address already in use$/,
    );
  });

  it('says which program ended when one is killed', async () => {
    putOnPath({ etcd: `process.kill(process.pid, 'SIGKILL');` });

    await expect(startControlPlane()).rejects.toThrow(/^etcd ended \(SIGKILL\): $/);
  });

  it('says which program is not there', async () => {
    process.env['PATH'] = tempFolder();

    await expect(startControlPlane()).rejects.toThrow('etcd did not start: spawn etcd ENOENT');
  });
});

function putOnPath(programs: Readonly<Record<string, string>>): void {
  const folder = tempFolder();
  for (const [name, body] of Object.entries(programs)) {
    writeFileSync(join(folder, name), `#!${process.execPath}\n${body}\n`);
    chmodSync(join(folder, name), 0o755);
  }
  process.env['PATH'] = `${folder}:${PATH}`;
}

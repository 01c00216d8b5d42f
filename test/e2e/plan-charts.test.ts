import { once } from 'node:events';
import { mkdirSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo, type Socket } from 'node:net';
import { join } from 'node:path';
import { expect, it, onTestFinished } from 'vitest';
import { stringify } from 'yaml';
import { expandCharts, type ExpansionOptions } from '../../generators/plan/expand-charts.ts';
import { printCharts } from '../../generators/plan/print-charts.ts';
import { describeWithPrograms } from '../support/real-program.ts';
import { tempFolder } from '../support/temp-folder.ts';

const PATH = process.env['PATH'];
const TIMEOUT_MS = 30_000;

describeWithPrograms(['helm'], 'a chart that changes', () => {
  it('is expanded on both sides with the values that are committed there', async () => {
    const [upgrade] = await expandCharts([changed('1.0.0', '2.0.0')], optionsWith(someCharts()));
    expect(upgrade).toMatchObject({
      environment: 'prod',
      name: 'cert-manager',
      version: { before: '1.0.0', after: '2.0.0' },
      result: { kind: 'expanded' },
    });
    const text = printCharts(upgrade === undefined ? [] : [upgrade])[0]?.markdown ?? '';
    expect(text).toContain('**`cert-manager`** in `prod`, `1.0.0` → `2.0.0`: 2 objects changed.');
    expect(text).toContain('ConfigMap.settings</code>: 1 line added and 1 line removed');
    expect(text).toContain('-  level: "1.0.0 with 1.0.0"\n+  level: "2.0.0 with 2.0.0"');
    expect(text).toContain('Service.new</code>: new,');
    expect(text).not.toContain('helm.sh/chart');
  });

  it('says that nothing changes where nothing does', async () => {
    const upgrades = await expandCharts([changed('1.0.0', '1.0.0')], optionsWith(someCharts()));
    expect(printCharts(upgrades)[0]?.markdown).toContain('nothing in the cluster changes');
  });

  it('does not wait for a registry that never answers', async () => {
    const server = createServer();
    const sockets: Socket[] = [];
    server.on('connection', (socket) => sockets.push(socket));
    server.listen(0, '127.0.0.1');
    await once(server, 'listening');
    onTestFinished(() => {
      for (const socket of sockets) socket.destroy();
      server.close();
    });
    const address = `oci://127.0.0.1:${(server.address() as AddressInfo).port}/charts/cert-manager`;
    const options = { searchPath: PATH, timeoutMs: 1_500, addressOf: () => address };
    const upgrades = await expandCharts([changed('1.0.0', '2.0.0')], options);
    expect(printCharts(upgrades)[0]?.markdown).toMatch(
      /not expanded, since the chart's registry did not answer in time\.$/,
    );
  });

  it('does not start helm for hundreds of them', async () => {
    const many = Array.from({ length: 300 }, () => changed('1.0.0', '2.0.0', { chart: 'unknown' }));
    const upgrades = await expandCharts(many, { searchPath: PATH, timeoutMs: TIMEOUT_MS });
    expect(upgrades).toHaveLength(300);
    expect(upgrades.at(-1)?.result).toEqual({ kind: 'not expanded', reason: 'more than 20 change at once' });
  });

  it.each([
    ['helm that is not there', { searchPath: '/nowhere' }, {}, 'helm is not on PATH'],
    ['a chart of nobody', {}, { chart: 'unknown' }, 'nothing here says who makes the chart unknown'],
    [
      'a version that is an option',
      {},
      { version: '--post-renderer=/bin/sh' },
      'its name, version or namespace is not one',
    ],
    ['a name that is an option', {}, { name: '--post-renderer=sh' }, 'its name, version or namespace is not one'],
    ['values that are not YAML', {}, { values: '{' }, 'helm said: '],
  ])('says in one line why not: %s', async (_, options, parts, reason) => {
    const known = 'chart' in parts ? { searchPath: PATH, timeoutMs: TIMEOUT_MS } : optionsWith(someCharts());
    const [upgrade] = await expandCharts([changed('1.0.0', '2.0.0', parts)], { ...known, ...options });
    expect(upgrade?.result).toMatchObject({ kind: 'not expanded', reason: expect.stringContaining(reason) as string });
  });
});

/** Versions 1.0.0 and 2.0.0 of a chart, by version. */
function someCharts(): (version: string) => string {
  const folder = tempFolder();
  const settings = [
    'apiVersion: v1',
    'kind: ConfigMap',
    'metadata:',
    '  name: settings',
    '  labels:',
    '    helm.sh/chart: cert-manager-{{ .Chart.Version }}',
    'data:',
    '  level: "{{ .Chart.Version }} with {{ .Values.level }}"',
  ].join('\n');
  for (const version of ['1.0.0', '2.0.0']) {
    mkdirSync(join(folder, version, 'templates'), { recursive: true });
    writeFileSync(join(folder, version, 'Chart.yaml'), stringify({ apiVersion: 'v2', name: 'cert-manager', version }));
    writeFileSync(join(folder, version, 'templates/settings.yaml'), settings);
  }
  const added = { apiVersion: 'v1', kind: 'Service', metadata: { name: 'new' } };
  writeFileSync(join(folder, '2.0.0/templates/new.yaml'), stringify(added));
  return (version) => join(folder, version);
}

function optionsWith(folderOf: (version: string) => string): ExpansionOptions {
  return { searchPath: PATH, timeoutMs: TIMEOUT_MS, addressOf: (_, version) => folderOf(version) };
}

function changed(
  before: string,
  after: string,
  parts: { name?: string; chart?: string; version?: string; values?: string } = {},
) {
  const text = (version: string) =>
    stringify({
      kind: 'Application',
      spec: {
        destination: { namespace: 'cert-manager' },
        source: {
          chart: parts.chart ?? 'cert-manager',
          targetRevision: parts.version ?? version,
          helm: { values: parts.values ?? `level: ${version}\n` },
        },
      },
    });
  return {
    path: `prod/argocd/Application.${parts.name ?? 'cert-manager'}.yaml`,
    before: text(before),
    after: text(after),
  };
}

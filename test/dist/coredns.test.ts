import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, describe, expect, it } from 'vitest';
import { loadEnvironment } from '../../environments/schema/load-environment.ts';
import { freePort } from '../../generators/local-cluster/free-port.ts';
import { waitUntil } from '../../generators/local-cluster/wait-until.ts';
import { privateDnsZones } from '../../generators/private-dns-zones.ts';
import { startCoreDns, type CoreDns } from '../support/coredns.ts';
import { describeWithPrograms } from '../support/real-program.ts';
import { aksCorefile, asRendered, onLoopback, standIn, type LoopbackPorts } from './loopback-corefile.ts';
import { committedEnvironments, readCommittedManifests } from './manifests.ts';

const ENVIRONMENTS = join(import.meta.dirname, '../../environments');
const LONG_AGO = new Date(0);

// Who has answered is told by the address.
const ANSWERS = { azure: '10.30.2.4', google: '203.0.113.8', cloudflare: '203.0.113.1', node: '198.51.100.1' };
const PRIVATELY = [ANSWERS.azure];
const PUBLICLY = [ANSWERS.google];
const BY_DEFAULT = [ANSWERS.node];

const SECOND_ROOT = 'it is already defined';
const ELSE = [
  'login.microsoftonline.com',
  'management.azure.com',
  'api.anthropic.com',
  'github.com',
  'vault.azure.net.example.org',
  'notazurecr.io',
];

describeWithPrograms(['coredns'], "dist/ in a real CoreDNS, inside of AKS's own configuration", () => {
  let ports: LoopbackPorts;
  let standIns: CoreDns[];
  let coreDns: CoreDns | undefined;

  beforeAll(async () => {
    const [dns, azure, google, cloudflare, nodeResolver] = await distinctPorts();
    ports = { dns, nodeResolver, resolvers: { '168.63.129.16': azure, '8.8.8.8': google, '1.1.1.1': cloudflare } };
    standIns = [
      await startCoreDns(azure, {
        Corefile: standIn(azure, ANSWERS.azure) + standIn(nodeResolver, ANSWERS.node),
      }),
      await startCoreDns(google, {
        Corefile: standIn(google, ANSWERS.google) + standIn(cloudflare, ANSWERS.cloudflare),
      }),
    ];
  });

  afterAll(() => standIns?.forEach((server) => server.stop()));

  describe.each(committedEnvironments())('%s', (environment) => {
    const settings = settingsOf(environment);
    const rendered = serverBlocksOf(environment);

    beforeAll(async () => {
      coreDns = await startCoreDns(ports.dns, filesOf(rendered, ports));
    });

    afterAll(() => coreDns?.stop());

    it('is served as it is committed, but for the port and the addresses of resolvers', () => {
      const served = Object.values(rendered).map((text) => onLoopback(text, ports));

      expect(served.map((text) => asRendered(text, ports))).toEqual(Object.values(rendered));
      expect(served.join('')).not.toMatch(/:53\b|168\.63\.129\.16|8\.8\.8\.8|1\.1\.1\.1/);
    });

    it.each([...privateDnsZones(settings.location)])(
      'leads names of %s to their private endpoints',
      async (_, { parentZones, privateZones }) => {
        for (const zone of [...parentZones, ...privateZones]) expect(await ask(`one.${zone}`)).toEqual(PRIVATELY);
      },
    );

    it("asks public resolvers for a public gateway's zone, and the default for an internal one's", async () => {
      const expected = settings.ingress.exposure === 'public' ? PUBLICLY : BY_DEFAULT;

      expect(settings.host_names.length).toBeGreaterThan(0);
      for (const name of [...settings.host_names, `_acme-challenge.${settings.dns?.zone}`])
        expect(await ask(name)).toEqual(expected);
    });

    it.each(ELSE)('leaves %s to the default', async (name) => {
      expect(await ask(name)).toEqual(BY_DEFAULT);
    });

    it("leaves AKS's own refusals as they are", async () => {
      expect(await ask('a.reddog.microsoft.com')).toBe('ENOTFOUND');
    });
  });

  describe('blocks that are not rendered', () => {
    const rendered = serverBlocksOf('dev');
    const root = '.:53 {\n    forward . 8.8.8.8 \n}\n';

    afterEach(() => coreDns?.stop());

    it('a second one for everything is refused on reload, and the old ones serve until the next sound file', async () => {
      const server = await startCoreDns(ports.dns, filesOf(rendered, ports));
      coreDns = server;

      server.write('custom/more.server', onLoopback(root, ports));
      await waitUntil('CoreDNS refuses it', async () => server.log().includes(SECOND_ROOT));
      expect(await ask('one.vault.azure.net')).toEqual(PRIVATELY);
      expect(await ask('github.com')).toEqual(BY_DEFAULT);

      server.write('custom/more.server', onLoopback(root.replace('.:53', 'org:53'), ports));
      await waitUntil('CoreDNS takes it', async () => String(await ask('a.org')) === String(PUBLICLY));
      expect(await ask('one.vault.azure.net')).toEqual(PRIVATELY);
    });

    it('a second one for everything keeps a CoreDNS from starting', async () => {
      const files = filesOf({ ...rendered, 'more.server': root }, ports);

      await expect(startCoreDns(ports.dns, files)).rejects.toThrow(SECOND_ROOT);
    });

    it('private zones without their parents lead names to public addresses', async () => {
      const blocks = {
        'private.server': root
          .replace('.:53', 'privatelink.vaultcore.azure.net:53')
          .replace('8.8.8.8', '168.63.129.16'),
        'public.server': root.replace('.:53', 'net:53'),
      };
      coreDns = await startCoreDns(ports.dns, filesOf(blocks, ports));

      expect(await ask('one.privatelink.vaultcore.azure.net')).toEqual(PRIVATELY);
      expect(await ask('one.vault.azure.net')).toEqual(PUBLICLY);
    });
  });

  async function ask(name: string): Promise<string[] | string | undefined> {
    return coreDns?.ask(name);
  }
});

function filesOf(rendered: Readonly<Record<string, string>>, ports: LoopbackPorts): Record<string, string> {
  const blocks = Object.entries(rendered).map(([key, text]) => [`custom/${key}`, onLoopback(text, ports)]);
  return { Corefile: aksCorefile(ports), ...Object.fromEntries(blocks) };
}

/** What AKS mounts from the committed ConfigMap. */
function serverBlocksOf(environment: string): Readonly<Record<string, string>> {
  const path = `${environment}/coredns/ConfigMap.coredns-custom.yaml`;
  const manifest = readCommittedManifests().find((committed) => committed.path === path);
  if (manifest === undefined) throw new Error(`dist/${path} is missing`);
  return manifest.object['data'] as Readonly<Record<string, string>>;
}

function settingsOf(name: string) {
  const { environment } = loadEnvironment(join(ENVIRONMENTS, name), { now: LONG_AGO });
  if (environment === undefined) throw new Error(`environments/${name} is not sound`);
  return environment.settings;
}

async function distinctPorts(): Promise<[number, number, number, number, number]> {
  const ports = new Set<number>();
  while (ports.size < 5) ports.add(await freePort());
  return [...ports] as [number, number, number, number, number];
}

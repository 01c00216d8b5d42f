import { describe, expect, it } from 'vitest';
import { isForeignZone } from '../../environments/schema/foreign-zones.ts';
import { privateDnsZones } from '../../generators/private-dns-zones.ts';

const SERVICES = [...privateDnsZones('swedencentral')];

describe.each(SERVICES)('zones of %s', (_, { privateZones, parentZones }) => {
  it('lead from a public name to every private zone', () => {
    for (const zone of privateZones) expect(parentZones).toContain(zone.replace(/^private(link)?\./, ''));
  });

  it('have private zones that say so, and parents that do not', () => {
    expect(privateZones.every((zone) => /^private(link)?\./.test(zone))).toBe(true);
    expect(parentZones.some((zone) => zone.startsWith('private'))).toBe(false);
  });

  it('are zones that no environment may call its own', () => {
    expect([...privateZones, ...parentZones].filter((zone) => !isForeignZone(zone))).toEqual([]);
  });
});

it('every zone belongs to one service', () => {
  const zones = SERVICES.flatMap(([, { privateZones, parentZones }]) => [...privateZones, ...parentZones]);

  expect(new Set(zones).size).toBe(zones.length);
});

it("the API server's zones carry the region", () => {
  expect(privateDnsZones('westeurope').get('apiServer')).toEqual({
    groupIds: [],
    privateZones: ['private.westeurope.azmk8s.io'],
    parentZones: ['westeurope.azmk8s.io'],
  });
});

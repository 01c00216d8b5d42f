import { describe, expect, test } from 'vitest';
import {
  contains,
  formatAddress,
  formatIpRange,
  overlap,
  parseAddress,
  parseIpRange,
} from '../../../environments/schema/ip-range.ts';
import { EnvironmentSettings } from '../../../environments/schema/environment-settings.ts';
import { ingressAddressOf, subnetsOf } from '../../../environments/schema/subnets.ts';

describe('an IPv4 range', () => {
  test('goes from its first address to its last, wherever in it the text begins', () => {
    const range = parseIpRange('10.30.3.77/23');

    expect(formatAddress(range.first)).toBe('10.30.2.0');
    expect(formatAddress(range.last)).toBe('10.30.3.255');
    expect(formatIpRange(range)).toBe('10.30.2.0/23');
    expect(parseIpRange('0.0.0.0/0').last).toBe(parseAddress('255.255.255.255'));
  });

  test('is told from what is none', () => {
    for (const text of ['10.30.0.0', '10.30.0.0/33', '10.30.0/24', '10.30.0.256/24', 'a.b.c.d/8', ''])
      expect(() => parseIpRange(text)).toThrow('no');
  });

  test('overlaps where one address is shared, and contains where none is outside', () => {
    const [network, first, next] = ['10.30.0.0/22', '10.30.3.0/24', '10.30.4.0/24'].map(parseIpRange);

    expect(overlap(network!, first!)).toBe(true);
    expect(overlap(network!, next!)).toBe(false);
    expect(contains(network!, first!)).toBe(true);
    expect(contains(first!, network!)).toBe(false);
  });
});

describe('the subnets of an environment', () => {
  const gateway = { database: { url: 'os.environ/DATABASE_URL' } };

  test('lie at the start of its address space', () => {
    const settings = EnvironmentSettings.parse({ name: 'prod', network: { address_space: '10.40.0.0/16' }, gateway });

    expect(subnetsOf(settings)).toEqual({
      aks: '10.40.0.0/23',
      private_endpoints: '10.40.2.0/24',
      ingress: '10.40.3.0/24',
      api_server: '10.40.4.0/28',
    });
    expect(ingressAddressOf(settings)).toBe('10.40.3.4');
  });

  test('lie where environment.yaml says, and so does the ingress', () => {
    const network = { subnets: { ingress: '10.30.8.0/26' } };
    const settings = EnvironmentSettings.parse({ name: 'dev', network, gateway });

    expect(subnetsOf(settings).ingress).toBe('10.30.8.0/26');
    expect(ingressAddressOf(settings)).toBe('10.30.8.4');
    expect(ingressAddressOf({ ...settings, ingress: { ...settings.ingress, address: '10.30.8.9' } })).toBe('10.30.8.9');
  });
});

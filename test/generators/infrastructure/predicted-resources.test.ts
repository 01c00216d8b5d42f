import { describe, expect, it } from 'vitest';
import { orderResources, resourcesText } from '../../../generators/infrastructure/predicted-resources.ts';

const VAULT = { type: 'Microsoft.KeyVault/vaults', apiVersion: '2026-02-01' };

describe('orderResources', () => {
  it('gives the same bytes however a template is written', () => {
    const a = { ...VAULT, id: '/b', name: 'b', properties: { sku: { name: 'x', family: 'A' }, enabled: true } };
    const again = { properties: { enabled: true, sku: { family: 'A', name: 'x' } }, name: 'b', id: '/b', ...VAULT };
    const other = { ...VAULT, id: '/A' };

    expect(resourcesText(orderResources([again, other]))).toBe(resourcesText(orderResources([other, a])));
    expect(orderResources([a, other]).map(({ id }) => id)).toEqual(['/A', '/b']);
    expect(Object.keys(orderResources([a])[0] ?? {})).toEqual(['id', 'type', 'name', 'apiVersion', 'properties']);
  });

  it('leaves a list in its order, since order can mean something', () => {
    const [resource] = orderResources([{ ...VAULT, id: '/a', rules: ['b', 'a'] }]);

    expect(resource).toMatchObject({ rules: ['b', 'a'] });
  });

  it.each([
    [
      "[reference('/subscriptions/1/providers/Microsoft.Resources/deployments/network-x1', '2025-04-01').outputs.id.value]",
      "[reference('/subscriptions/1/providers/Microsoft.Resources/deployments/<module>', '2025-04-01').outputs.id.value]",
    ],
    [
      "[reference(resourceId('Microsoft.Resources/deployments', 'network-x1')).outputs.id.value]",
      "[reference(resourceId('Microsoft.Resources/deployments', '<module>')).outputs.id.value]",
    ],
    [
      'a text about /Microsoft.Resources/deployments/network-x1',
      'a text about /Microsoft.Resources/deployments/network-x1',
    ],
  ])('takes the name of a module out of %s', (before, after) => {
    expect(orderResources([{ ...VAULT, id: '/a', value: before }])[0]).toMatchObject({ value: after });
  });
});

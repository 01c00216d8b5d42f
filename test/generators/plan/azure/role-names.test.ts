import { describe, expect, it } from 'vitest';
import { ownRole, roleName } from '../../../../generators/plan/azure/role-names.ts';
import roles from '../../../../infra/roles.json' with { type: 'json' };

const NONE = new Map<string, string>();
const idOf = (guid: string) => `/subscriptions/own/providers/Microsoft.Authorization/roleDefinitions/${guid}`;

describe('the words for a role', () => {
  it.each(Object.entries(roles))('are there for %s of infra/roles.json', (_, guid) => {
    expect(roleName(idOf(guid), NONE)).not.toContain(guid);
  });

  it('are its name for one of our own, and its id for any other', () => {
    const role = ownRole({ name: 'ABC', properties: { roleName: 'Tollgate plan' } });
    const own = new Map(role === undefined ? [] : [role]);

    expect(roleName(idOf('abc'), own)).toBe('act as Tollgate plan');
    expect(roleName(idOf('def'), own)).toBe('use role def');
  });

  it('are asked of nothing but roles', () => {
    expect(ownRole({ name: 'a', properties: null })).toBeUndefined();
    expect(ownRole({ name: 'a', properties: { roleName: 7 } })).toBeUndefined();
  });
});

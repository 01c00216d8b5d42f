import { describe, expect, it } from 'vitest';
import { secretProviderClass, type VaultFiles } from '../../../generators/kubernetes/secret-provider-class.ts';
import { validateManifests } from '../../../generators/validate-manifests.ts';

const SECRET = { variable: 'DATABASE_URL', vaultName: 'database-url' };
const FILES: VaultFiles = { keyVault: 'kv-dev-k7m2', tenantId: 'unset', clientId: 'unset', secrets: [SECRET] };

describe('secretProviderClass', () => {
  it('is what its own check wants, with and without a copy in a Secret', () => {
    expect(findingsOf(secretProviderClass(FILES))).toEqual([]);
    expect(findingsOf(secretProviderClass({ ...FILES, copyToSecret: 'gateway-secrets' }))).toEqual([]);
  });

  it.each<[string, VaultFiles, RegExp]>([
    ['a vault that cannot be called so', { ...FILES, keyVault: '-' }, /keyvaultName: .* is no name of a Key Vault/],
    ['no secret at all', { ...FILES, secrets: [] }, /parameters\.objects\.array: /],
    [
      'an underscore in the name of a secret in the vault',
      { ...FILES, secrets: [{ ...SECRET, vaultName: 'database_url' }] },
      /objectName: .* is no name that Key Vault allows/,
    ],
    [
      'a file that would leave the folder',
      { ...FILES, secrets: [{ ...SECRET, variable: '../DATABASE_URL' }] },
      /objectAlias: .* is no name of a variable/,
    ],
    ['two secrets in one file', { ...FILES, secrets: [SECRET, SECRET] }, /objects: .* two objects want one file/],
  ])('finds %s', (_name, files, finding) => {
    expect(findingsOf(secretProviderClass(files)).join('\n')).toMatch(finding);
  });

  it('finds a copy of a file that is not there', () => {
    const manifest = secretProviderClass({ ...FILES, copyToSecret: 'gateway-secrets' });
    const copies = manifest.spec.secretObjects?.[0]?.data[0];
    Object.assign(copies ?? {}, { objectName: 'database-url' });

    expect(findingsOf(manifest)).toEqual([
      'spec.secretObjects: SecretProviderClass gateway-secrets: there is no file database-url to copy',
    ]);
  });

  it('finds a field that the driver or its provider does not have', () => {
    const manifest = secretProviderClass(FILES);
    Object.assign(manifest.spec.parameters, { userAssignedIdentityId: 'a' });

    expect(findingsOf(manifest)).toEqual([
      'spec.parameters.userAssignedIdentityId: SecretProviderClass gateway-secrets: unknown field',
    ]);
  });
});

function findingsOf(manifest: ReturnType<typeof secretProviderClass>): string[] {
  const metadata = { name: 'gateway-secrets', namespace: 'tollgate' };
  const problems = validateManifests(new Map([['dev/gateway/a.yaml', { ...manifest, metadata }]]));
  return problems.map(({ field, message }) => `${field}: ${message}`);
}

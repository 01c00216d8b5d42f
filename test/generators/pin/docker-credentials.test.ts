import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readDockerCredentials } from '../../../generators/pin/docker-credentials.ts';
import { registryAddress } from '../../../generators/pin/registry-address.ts';
import { tempFolder } from '../../support/temp-folder.ts';

function credentialsIn(text: string) {
  const folder = tempFolder();
  writeFileSync(join(folder, 'config.json'), text);
  return readDockerCredentials({ DOCKER_CONFIG: folder });
}

describe('what docker login left', () => {
  test('is found by the host, and for Docker Hub by all its names', () => {
    const auths = {
      'https://index.docker.io/v1/': { auth: 'aHVi' },
      'ghcr.io': { auth: 'Z2g=' },
      'crdev.azurecr.io': { auth: 'MDAwMDo=', identitytoken: 'token of az acr login' },
      'quay.io': {},
    };
    const find = credentialsIn(JSON.stringify({ auths, credsStore: 'desktop' }));

    expect(find('docker.io')).toEqual({ basic: 'aHVi' });
    expect(find('registry-1.docker.io')).toEqual({ basic: 'aHVi' });
    expect(find('ghcr.io')).toEqual({ basic: 'Z2g=' });
    expect(find('crdev.azurecr.io')).toEqual({ identityToken: 'token of az acr login' });
    expect(find('quay.io')).toBeUndefined();
    expect(find('public.ecr.aws')).toBeUndefined();
  });

  test('may be nothing', () => {
    expect(readDockerCredentials({ HOME: tempFolder() })('ghcr.io')).toBeUndefined();
    expect(credentialsIn('{}')('ghcr.io')).toBeUndefined();
  });

  test('and broken is told without a word of it', () => {
    expect(() => credentialsIn('{"auths":{"ghcr.io":{"auth":"c2VjcmV0"}')).toThrow(
      /config\.json is not what docker login writes/,
    );
    expect(() => credentialsIn('{"auths":{"ghcr.io":{"auth":"c2VjcmV0"}')).not.toThrow(/c2VjcmV0/);
  });
});

describe('the address of a registry', () => {
  test.each([
    ['docker.io', { origin: 'https://registry-1.docker.io', prefix: '' }],
    ['quay.io', { origin: 'https://quay.io', prefix: '' }],
    ['crdev.azurecr.io/team', { origin: 'https://crdev.azurecr.io', prefix: 'team' }],
    ['127.0.0.1:5000', { origin: 'http://127.0.0.1:5000', prefix: '' }],
    ['http://localhost:5000/mirror/', { origin: 'http://localhost:5000', prefix: 'mirror' }],
  ])('%s', (registry, address) => {
    expect(registryAddress(registry)).toEqual(address);
  });

  test('is https wherever somebody could listen', () => {
    expect(() => registryAddress('http://mirror.example.com')).toThrow(
      'http://mirror.example.com is asked without TLS',
    );
    expect(() => registryAddress('http://127.0.0.1.example.com')).toThrow('without TLS');
    expect(() => registryAddress('not a registry')).toThrow('is no address of a registry');
  });
});

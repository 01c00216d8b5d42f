import { describe, expect, test } from 'vitest';
import { scratchRepository } from '../scratch-repository.ts';

describe('npm run pin', () => {
  test.each([
    [['--env', 'staging'], '--env staging: only dev can be pinned'],
    [['--only', 'redis'], '--only redis: use one of gateway, litellm, nginx_ingress'],
    [
      ['--registry', 'mirror.example.com'],
      '--registry mirror.example.com: write https://mirror.example.com, or quay.io=',
    ],
    [['--registry', 'http://mirror.example.com'], 'http://mirror.example.com is asked without TLS'],
    [['--only', 'images.litellm'], '--only images.litellm: no release.yaml has that pin'],
    [['--digest', 'sha256:0'], "Unknown option '--digest'"],
  ])('refuses %s', (args, message) => {
    const { code, stdout, stderr } = scratchRepository().run('pin/main.ts', args);

    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toContain(message);
  });

  test('asks nobody before the files are sound', () => {
    const repository = scratchRepository();
    repository.write(
      'environments/dev/release.yaml',
      'images: { gateway: { version: latest, digest: unresolved, commit: unresolved } }\n',
    );

    const { code, stderr } = repository.run('pin/main.ts', []);

    expect(code).toBe(1);
    expect(stderr).toContain('mend the files first:\nenvironments/dev/release.yaml:1:22: error: version is "latest"');
  });
});

import { execFile } from 'node:child_process';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { describeWithPrograms } from '../support/real-program.ts';
import { removeFolder } from '../support/temp-folder.ts';
import { copyOfInfra, ROOT } from './infra-copy.ts';

// Only what it finds is tested: that it finds nothing is true until a version grows old.
describeWithPrograms(['bicep'], '.ci/recent-api-versions', () => {
  it('names file and line of a version that has grown old, and none that is kept on purpose', async () => {
    const root = copyOfInfra();
    const file = join(root, 'infra/modules/registry.bicep');
    writeFileSync(file, readFileSync(file, 'utf8').replace('registries@2025-11-01', 'registries@2023-07-01'));
    const { exitCode, output } = await run(join(ROOT, '.ci/recent-api-versions'), [join(root, 'infra')]);
    removeFolder(root);
    expect(output).toMatch(
      /^infra\/modules\/registry\.bicep\(\d+,\d+\) : .*'Microsoft\.ContainerRegistry\/registries'/m,
    );
    expect(output).not.toContain('diagnosticSettings');
    expect(exitCode).toBe(1);
  }, 60_000);
});

function run(program: string, args: readonly string[]): Promise<{ exitCode: number; output: string }> {
  return new Promise((resolve) => {
    execFile(program, args, { timeout: 60_000 }, (error, stdout, stderr) => {
      resolve({ exitCode: error === null ? 0 : Number(error.code ?? 1), output: stdout + stderr });
    });
  });
}

import { execFile } from 'node:child_process';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { expect, it } from 'vitest';
import { POSTGRES_PROGRAMS } from '../support/postgres.ts';
import { describeWithPrograms } from '../support/real-program.ts';

const root = join(import.meta.dirname, '..', '..');
const bench = join('test', 'bench', 'main.ts');
const run = promisify(execFile);

describeWithPrograms(['taskset', 'wrk', 'nginx', ...POSTGRES_PROGRAMS], 'npm run bench', () => {
  it('measures every gateway without a failed request or a lost row', async () => {
    const args = [bench, '--rounds', '1', '--seconds', '1', '--connections', '8', '--json'];
    const { stdout } = await run(process.execPath, args, { cwd: root });
    expect(JSON.parse(stdout)).toMatchObject([
      { target: 'bare', requestsOfBare: 1, errors: 0 },
      { target: 'nginx', requestsOfNginx: 1, errors: 0 },
      { target: 'tollgate', requestsOfBare: expect.any(Number), errors: 0 },
    ]);
  });

  it('measures streams too', async () => {
    const args = [
      bench,
      '--rounds',
      '1',
      '--seconds',
      '1',
      '--variants',
      'tollgate-without-spend',
      '--stream',
      '--json',
    ];
    const { stdout } = await run(process.execPath, args, { cwd: root });
    expect(JSON.parse(stdout)).toMatchObject([{ target: 'tollgate-without-spend', errors: 0 }]);
  });
});

it('names the tools that are missing, before anything is started', async () => {
  const env = { PATH: '/nowhere' };
  const failure = run(process.execPath, [bench], { cwd: root, env });
  await expect(failure).rejects.toMatchObject({
    code: 1,
    stderr: expect.stringMatching(
      /^the benchmark cannot start: taskset is not on PATH; wrk is not on PATH; nginx is not/,
    ),
  });
});

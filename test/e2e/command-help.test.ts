import { execFile } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';

const root = join(import.meta.dirname, '..', '..');
const { scripts } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8')) as { scripts: Record<string, string> };

/** Our own programs among the npm scripts, by script name. */
const programs = Object.entries(scripts).flatMap(([name, command]) => {
  const program = /\bnode (\S+\.ts)/.exec(command)?.[1];
  return program === undefined || command.includes('&&') ? [] : [{ name: `npm run ${name}`, program }];
});

describe('every command of ours', () => {
  it('is found among the npm scripts', () => {
    expect(programs.map(({ name }) => name)).toEqual(expect.arrayContaining(['npm run start', 'npm run render']));
  });

  const inTheImage = ['main', 'migrate', 'smoke-test'].map((name) => `proxy/${name}.ts`);
  it.each([...programs, ...inTheImage.map((program) => ({ name: `node ${program}`, program }))])(
    'tells what it does and ends: $name -- --help',
    async ({ program }) => {
      const { stdout, stderr } = await promisify(execFile)(process.execPath, [program, '--help'], { cwd: root });
      expect(stdout).toMatch(/npm (run|start)|node proxy\//);
      expect(stderr).toBe('');
    },
  );
});

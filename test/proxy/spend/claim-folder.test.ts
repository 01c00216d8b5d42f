import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { claimFolder } from '../../../proxy/spend/claim-folder.ts';
import { processMark } from '../../../proxy/spend/process-mark.ts';
import { tempFolder } from '../../support/temp-folder.ts';

/** A folder whose claim reads as given. */
function folderClaimedBy(claim: object | string): string {
  const folder = tempFolder();
  writeFileSync(join(folder, 'lock'), typeof claim === 'string' ? claim : JSON.stringify(claim));
  return folder;
}

function deadProcess(): number {
  return Number(execFileSync('sh', ['-c', 'echo $$'], { encoding: 'utf8' }));
}

describe('claimFolder', () => {
  it('keeps a second gateway out, naming the first and the way out', () => {
    const folder = folderClaimedBy({ pid: process.ppid, mark: processMark(process.ppid) });
    expect(() => claimFolder(folder)).toThrow(
      `${folder} is in use by process ${process.ppid}: end that one, or set TOLLGATE_DATA_DIR to another folder`,
    );
  });

  it('does not let one process in twice', () => {
    const folder = tempFolder();
    claimFolder(folder);
    expect(() => claimFolder(folder)).toThrow(`in use by process ${process.pid}`);
  });

  it('lets the next one in after a release', () => {
    const folder = join(tempFolder(), 'made', 'here');
    claimFolder(folder).release();
    expect(existsSync(join(folder, 'lock'))).toBe(false);
    claimFolder(folder);
  });

  it.each([
    ['a dead process', { pid: deadProcess(), mark: 'started at tick 1' }],
    ['an earlier process of the same number', { pid: process.pid, mark: 'started at tick 1' }],
    ['a crash half way', '{"pid":'],
    ['a crash at once', ''],
  ])('takes over the claim of %s', (_, claim) => {
    const folder = folderClaimedBy(claim);
    claimFolder(folder);
    const { pid } = JSON.parse(readFileSync(join(folder, 'lock'), 'utf8')) as { pid: number };
    expect(pid).toBe(process.pid);
  });

  it('releases no claim but its own', () => {
    const folder = tempFolder();
    const claim = claimFolder(folder);
    writeFileSync(join(folder, 'lock'), 'of another');
    claim.release();
    expect(readFileSync(join(folder, 'lock'), 'utf8')).toBe('of another');
  });
});

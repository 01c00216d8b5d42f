import { mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { StartError } from '../start-error.ts';
import { processMark } from './process-mark.ts';

const MOST_TRIES = 3;

export interface FolderClaim {
  /** Lets the next process in. */
  release(): void;
}

/**
 * Takes a folder for this process alone, and makes it where there is none. The claim of a dead process is taken over.
 * Throws StartError that names the process which lives in it.
 */
export function claimFolder(folder: string): FolderClaim {
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const file = join(folder, 'lock');
  const claim = JSON.stringify({ pid: process.pid, mark: processMark(process.pid) });
  for (let tries = 0; tries < MOST_TRIES; tries += 1) {
    if (writeNew(file, claim)) return { release: () => releaseOwn(file, claim) };
    const found = readClaim(file);
    refuseLiving(folder, found);
    setAside(file, found);
  }
  throw new StartError(`${file} changes hands all the time: another process is starting in ${folder}`);
}

function writeNew(file: string, claim: string): boolean {
  try {
    writeFileSync(file, claim, { flag: 'wx', mode: 0o600 });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  }
}

function refuseLiving(folder: string, claim: string): void {
  const { pid, mark } = parseClaim(claim);
  if (pid === undefined || mark === undefined || processMark(pid) !== mark) return;
  throw new StartError(
    `${folder} is in use by process ${pid}: end that one, or set TOLLGATE_DATA_DIR to another folder`,
  );
}

/** Another process may have taken the dead claim over since it was read: then its new claim is put back. */
function setAside(file: string, claim: string): void {
  const aside = `${file}.${process.pid}`;
  try {
    renameSync(file, aside);
    if (readClaim(aside) === claim) rmSync(aside);
    else renameSync(aside, file);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ENOENT') throw error;
  }
}

function releaseOwn(file: string, claim: string): void {
  if (readClaim(file) === claim) rmSync(file, { force: true });
}

function readClaim(file: string): string {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return '';
  }
}

/** Nothing for a claim that a crash left half written. */
function parseClaim(claim: string): { pid?: number; mark?: string } {
  try {
    return JSON.parse(claim) as { pid?: number; mark?: string };
  } catch {
    return {};
  }
}

import { spawnSync } from 'node:child_process';

/** Why there can be no plan: one line that says what to do. */
export class PlanRefusal extends Error {
  override readonly name = 'PlanRefusal';
}

export interface GitAnswer {
  readonly code: number | null;
  readonly stdout: Buffer;
  readonly stderr: string;
}

const MAX_ANSWER_BYTES = 268_435_456;
const GIT_TIMEOUT_MS = 60_000;

// Nothing that a repository's own settings name is started, and nothing in it is written.
const QUIET = ['--no-optional-locks', '-c', 'core.fsmonitor=false', '-c', 'core.hooksPath=/dev/null'];

/** Runs git in a folder and gives its answer, whatever that is. Throws `PlanRefusal` where git does not run. */
export function askGit(root: string, args: readonly string[], input?: string): GitAnswer {
  const options = { maxBuffer: MAX_ANSWER_BYTES, timeout: GIT_TIMEOUT_MS, ...(input !== undefined && { input }) };
  const { status, stdout, stderr, error } = spawnSync('git', ['-C', root, ...QUIET, ...args], options);
  if (error !== undefined) throw new PlanRefusal(`git did not run: ${error.message}`, { cause: error });
  return { code: status, stdout, stderr: stderr.toString('utf8').trim() };
}

/** What git prints. Throws `PlanRefusal` with its last line where it fails. */
export function readGit(root: string, args: readonly string[], input?: string): Buffer {
  const { code, stdout, stderr } = askGit(root, args, input);
  if (code !== 0) throw new PlanRefusal(`git ${args[0]} failed: ${stderr.split('\n').at(-1)}`);
  return stdout;
}

/** Whether the folder is the top of a work tree. Throws `PlanRefusal` where git does not run. */
export function isTopFolder(root: string): boolean {
  const { code, stdout } = askGit(root, ['rev-parse', '--show-cdup']);
  return code === 0 && stdout.toString('utf8').trim() === '';
}

/** The parts of what git prints with `-z`. */
export function splitAtNul(answer: Buffer): string[] {
  return answer.toString('utf8').split('\0').slice(0, -1);
}

import { execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { chmodSync, existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { delimiter, dirname, join } from 'node:path';
import { parse } from 'yaml';
import type { FakeGitHub } from '../support/fake-github.ts';
import { tempFolder } from '../support/temp-folder.ts';

const ROOT = join(import.meta.dirname, '../..');
const STAND_INS = join(import.meta.dirname, 'stand-ins');

export interface WorkflowRun {
  readonly workflow: string;
  readonly eventName: 'pull_request' | 'push' | 'workflow_dispatch';
  readonly event: object;
  /** The commit that the event is about. Its workflow file is what runs, as on GitHub. */
  readonly commit: string;
  /** The token of the run, as GitHub makes one for each job. */
  readonly token: string;
  readonly secrets?: Readonly<Record<string, string>>;
  readonly variables?: Readonly<Record<string, string>>;
  readonly inputs?: Readonly<Record<string, string>>;
  /** This job and what it needs; left out, all of them. */
  readonly job?: string;
}

export interface EndedWorkflow {
  readonly exitCode: number;
  readonly log: string;
  /** The lines with which steps failed. */
  readonly errors: readonly string[];
  /** Where the artifacts lie, by name. */
  readonly artifacts: string;
}

/**
 * Runs a workflow file under act against a fake GitHub. Replaced are the actions of others (test/workflows/stand-ins),
 * `npm ci`, which links this repository's packages, and `npm run check`, which passes: both have tests of their own.
 */
export async function runWorkflow(github: FakeGitHub, run: WorkflowRun): Promise<EndedWorkflow> {
  const folder = tempFolder();
  const project = join(folder, 'project');
  const artifacts = join(folder, 'artifacts');
  mkdirSync(artifacts);
  execFileSync('git', ['clone', '--quiet', github.objects.folder, project], { stdio: 'ignore' });
  execFileSync('git', ['-C', project, 'checkout', '--quiet', '-B', 'main', run.commit], { stdio: 'ignore' });
  writeFileSync(join(folder, 'event.json'), JSON.stringify(run.event));

  const file = join(project, '.github/workflows', run.workflow);
  const args = [
    run.eventName,
    ...options(file, join(folder, 'event.json')),
    ...(run.job === undefined ? [] : ['-j', run.job]),
    ...standIns(file).flatMap((standIn) => ['--local-repository', standIn]),
    ...pairs('-s', { GITHUB_TOKEN: run.token, ...run.secrets }),
    ...pairs('--var', run.variables ?? {}),
    ...pairs('--input', run.inputs ?? {}),
    ...pairs('--env', {
      GITHUB_API_URL: github.url,
      GITHUB_GRAPHQL_URL: `${github.url}/graphql`,
      GITHUB_SERVER_URL: github.url,
      GITHUB_REPOSITORY: github.repository,
      STAND_IN_COMMIT: run.commit,
      STAND_IN_ARTIFACTS: artifacts,
    }),
  ];
  const path = [npmStandIn(folder), dirname(process.execPath), process.env['PATH']].join(delimiter);
  const child = spawn('act', args, {
    cwd: project,
    env: { PATH: path, HOME: folder },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  let log = '';
  child.stdout.on('data', (chunk: Buffer) => (log += chunk.toString()));
  child.stderr.on('data', (chunk: Buffer) => (log += chunk.toString()));
  const [exitCode] = (await once(child, 'close')) as [number];
  const errors = [...log.matchAll(/(?:❗\s+::error::|\| ::error::)(.*)$/gm)].map(([, text = '']) => text.trim());
  return { exitCode, log, errors, artifacts };
}

function options(file: string, event: string): string[] {
  const onThisMachine = ['-P', 'ubuntu-24.04=-self-hosted', '--action-offline-mode'];
  // Else a checkout without a ref is left out, since act has copied the work tree.
  return ['-W', file, '-e', event, ...onThisMachine, '--no-skip-checkout'];
}

/** `owner/name@sha=folder` for each action of others that a workflow uses. */
function standIns(file: string): string[] {
  const { jobs } = parse(readFileSync(file, 'utf8')) as { jobs: Record<string, { steps: { uses?: string }[] }> };
  const used = Object.values(jobs).flatMap(({ steps }) => steps.map(({ uses = './' }) => uses));
  const foreign = [...new Set(used.filter((uses) => !uses.startsWith('./')))];
  const known = readdirSync(STAND_INS);
  return foreign.map((uses) => {
    const name = /^actions\/([^@]+)@/.exec(uses)?.[1] ?? '';
    if (!known.includes(name)) throw new Error(`${uses} has no stand-in in ${STAND_INS}`);
    return `${uses}=${join(STAND_INS, name)}`;
  });
}

function npmStandIn(folder: string): string {
  const programs = join(folder, 'programs');
  mkdirSync(programs);
  const npm = (process.env['PATH'] ?? '').split(delimiter).find((each) => existsSync(join(each, 'npm'))) ?? '';
  const script = `#!/bin/sh
case "$*" in
  ci) exec ln -sfn '${ROOT}/node_modules' node_modules ;;
  'run check') exit 0 ;;
  *) exec '${npm}/npm' "$@" ;;
esac
`;
  writeFileSync(join(programs, 'npm'), script);
  chmodSync(join(programs, 'npm'), 0o755);
  return programs;
}

function pairs(option: string, values: Readonly<Record<string, string>>): string[] {
  return Object.entries(values).flatMap(([name, value]) => [option, `${name}=${value}`]);
}

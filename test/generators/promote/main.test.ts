import { spawnSync } from 'node:child_process';
import { describe, expect, test } from 'vitest';
import { hashKey } from '../../../environments/schema/key-format.ts';
import { scratchRepository, type ScratchRepository } from '../scratch-repository.ts';
import { addEnvironment } from '../second-environment.ts';

const DEV = 'environments/dev/release.yaml';
const PROD = 'environments/prod/release.yaml';
const DIGEST = `sha256:${hashKey('an image')}`;
const SHOWN = DIGEST.slice(7, 19);
const ELSEWHERE = hashKey('a commit').slice(0, 40);

function twoEnvironments(): ScratchRepository {
  const repository = scratchRepository();
  addEnvironment(repository, 'prod', '10.40.0.0/16');
  return repository;
}

function promote({ run }: ScratchRepository, ...args: string[]): ReturnType<ScratchRepository['run']> {
  return run('promote/main.ts', ['--from', 'dev', '--to', 'prod', ...args]);
}

function pinGateway(repository: ScratchRepository, file: string, version: string, commit: string): void {
  const pin = `gateway: { version: ${version}, digest: ${DIGEST}, commit: ${commit} }`;
  repository.write(file, repository.read(file).replace(/gateway: .*/, pin));
}

function git({ root }: ScratchRepository, ...args: string[]): string {
  const author = ['-c', 'user.name=Test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false'];
  const { status, stdout, stderr } = spawnSync('git', [...author, ...args], { cwd: root, encoding: 'utf8' });
  expect([status, stderr]).toEqual([0, '']);
  return stdout.trim();
}

function commitAll(repository: ScratchRepository, subject: string): string {
  git(repository, 'commit', '-q', '--allow-empty', '-m', subject);
  return git(repository, 'rev-parse', 'HEAD');
}

/** A repository with three commits, the oldest first. */
function withHistory(): { repository: ScratchRepository; commits: [string, string, string] } {
  const repository = twoEnvironments();
  git(repository, 'init', '-q');
  const [first, second, third] = ['feat: begin', 'fix: stream', 'feat: cache'].map((subject) =>
    commitAll(repository, subject),
  ) as [string, string, string];
  return { repository, commits: [first, second, third] };
}

describe('npm run promote', () => {
  test('explains itself', () => {
    const { code, stdout, stderr } = scratchRepository().run('promote/main.ts', ['--help']);

    expect(stdout).toContain('npm run promote -- --from dev --to prod');
    expect([code, stderr]).toEqual([0, '']);
  });

  test('says when nothing changes', () => {
    const repository = twoEnvironments();
    const before = repository.read(PROD);

    const { code, stdout, stderr } = promote(repository, '--only', '');

    expect([code, stdout, stderr]).toEqual([0, 'Nothing changes: prod runs what dev runs.\n', '']);
    expect(repository.read(PROD)).toBe(before);
  });

  test('moves the pins and prints before, after and the commits between', () => {
    const { repository, commits } = withHistory();
    pinGateway(repository, PROD, '0.1.0', commits[0]);
    pinGateway(repository, DEV, '0.2.0', commits[2]);
    const [short, old] = [commits[2].slice(0, 7), commits[0].slice(0, 7)];

    const { code, stdout, stderr } = promote(repository);

    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toBe(`images.gateway  0.1.0 (${SHOWN}, commit ${old})  ->  0.2.0 (${SHOWN}, commit ${short})

The gateway brings 2 commits:
  ${git(repository, 'log', '--oneline', '-1', commits[2])}
  ${git(repository, 'log', '--oneline', '-1', commits[1])}

${PROD} is written; next: npm run render
`);
    expect(repository.read(PROD)).toBe(repository.read(DEV));
  });

  test('refuses to go back, unless it is told to', () => {
    const { repository, commits } = withHistory();
    pinGateway(repository, PROD, '0.2.0', commits[1]);
    pinGateway(repository, DEV, '0.1.0', commits[0]);
    const before = repository.read(PROD);

    const refused = promote(repository);

    expect([refused.code, refused.stdout]).toEqual([1, '']);
    expect(refused.stderr).toBe(
      `the new image is older: prod would lose 1 commit (--allow-older does it all the same):
  ${git(repository, 'log', '--oneline', '-1', commits[1])}
`,
    );
    expect(repository.read(PROD)).toBe(before);

    const allowed = promote(repository, '--allow-older');

    expect([allowed.code, allowed.stderr]).toEqual([0, '']);
    expect(allowed.stdout).toContain('The gateway loses 1 commit:\n');
    expect(repository.read(PROD)).toBe(repository.read(DEV));
  });

  test('refuses an image of another branch, which lacks commits too', () => {
    const { repository, commits } = withHistory();
    git(repository, 'checkout', '-q', '-b', 'aside', commits[1]);
    const aside = commitAll(repository, 'fix: aside');
    pinGateway(repository, PROD, '0.2.0', commits[2]);
    pinGateway(repository, DEV, '0.1.1', aside);

    expect(promote(repository).stderr).toContain('the new image is on another branch: prod would lose 1 commit');
  });

  test('says so where this clone does not know a commit', () => {
    const { repository, commits } = withHistory();
    pinGateway(repository, PROD, '0.1.0', commits[0]);
    pinGateway(repository, DEV, '0.2.0', ELSEWHERE);

    const { code, stdout } = promote(repository);

    expect(code).toBe(0);
    expect(stdout).toContain(
      `The commits between are not known: this clone does not have ${ELSEWHERE.slice(0, 7)}; git fetch may help.\n`,
    );
  });

  test('shows with --dry-run what it would write, and writes nothing', () => {
    const repository = twoEnvironments();
    const before = repository.read(PROD);
    pinGateway(repository, DEV, '0.2.0', 'unresolved');

    const { code, stdout, stderr } = promote(repository, '--dry-run');

    expect([code, stderr]).toEqual([0, '']);
    expect(stdout).toContain(`diff --git a/${PROD} b/${PROD}`);
    expect(stdout).toContain(`\n+  gateway: { version: 0.2.0, digest: ${DIGEST}, commit: unresolved }\n`);
    expect(repository.read(PROD)).toBe(before);
  });

  test.each([
    [['--from', 'dev'], '--to is missing; see --help'],
    [['--from', 'dev', '--to', 'dev'], '--from and --to are both dev: name two environments'],
    [['--from', 'local', '--to', 'dev'], 'local runs the work tree and no image: name two other environments'],
    [['--from', 'qa', '--to', 'dev'], 'there is no environment qa: environments/ has dev, prod'],
    [['--from', 'dev', '--to', 'prod', '--force'], "Unknown option '--force'; see --help"],
  ])('refuses %j in one line', (args, message) => {
    const { code, stdout, stderr } = twoEnvironments().run('promote/main.ts', args);

    expect([code, stdout, stderr]).toEqual([1, '', `${message}\n`]);
  });

  test('names every digest that is unresolved', () => {
    const repository = twoEnvironments();
    repository.write(DEV, repository.read(DEV).replaceAll(/( argocd: .*digest: )sha256:[0-9a-f]{64}/g, '$1unresolved'));

    const { code, stdout, stderr } = promote(repository);

    expect([code, stdout]).toEqual([1, '']);
    expect(stderr).toBe(
      'dev has no digest for images.argocd, charts.argocd: run npm run pin -- --env dev, or promote the others with --only\n',
    );
  });
});

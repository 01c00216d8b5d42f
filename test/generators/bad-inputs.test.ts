import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { filesOf } from './new/run-new.ts';
import { scratchRepository, type ScratchRepository } from './scratch-repository.ts';
import { addEnvironment } from './second-environment.ts';

// More of them stand beside what they are about: new/main.test.ts, promote/main.test.ts, import/main.test.ts and the
// tests of the actions.

const NEW_MODEL = ['model', '--env', 'dev', '--name', 'other', '--model', 'openai/gpt-4o-mini'];
const NEW_ENVIRONMENT = ['environment', 'demo', '--from', 'dev'];
const NEW_TEAM = ['team', '--env', 'dev', '--owners', 'a@example.com', '--models', 'gpt-4o-mini'];
const PROMOTE = ['--from', 'dev', '--to', 'prod'];
const LONG_NAME = 'x'.repeat(64);
const NO_DIGEST = 'run npm run pin -- --env prod, or promote the others with --only';
const NOT_YAML = 'not valid YAML: Flow sequence in block collection must be sufficiently indented and end with a ]';

/** A command, its arguments, and all that it prints. */
const BAD_INPUTS: readonly (readonly [string, readonly string[], string])[] = [
  [
    'plan',
    ['--base', 'nowhere'],
    'there is no commit nowhere: this clone does not have it, fetch it: git fetch origin nowhere',
  ],
  [
    'plan',
    ['--head', 'HEAD~9'],
    'there is no commit HEAD~9: this clone does not have it, fetch it: git fetch origin HEAD~9',
  ],
  ['plan', ['--base', ''], '--base is empty: write a value, or leave it out'],
  ['check', ['--base='], '--base is empty: write a value, or leave it out'],
  ['check', ['--env='], '--env is empty: write a value, or leave it out'],
  ['keys', ['list', '--env='], '--env is empty: write a value, or leave it out'],
  ['pin', ['--only='], '--only is empty: write a value, or leave it out'],
  ['plan', ['--base', '--head'], '--base has no value: one that begins with a dash is --base=-VALUE; see --help'],
  ['plan', ['--bass', 'main'], "Unknown option '--bass'; see --help"],
  ['plan', ['main'], "Unexpected argument 'main'; see --help"],
  ['plan', ['--spend-of', 'dev'], '--spend-of goes with --spend-url, the address of the database'],
  [
    'plan',
    ['--spend-url', 'postgres://127.0.0.1:1/books'],
    '--spend-url: no environment that stays changes, so its past is the same',
  ],
  [
    'plan',
    ['--output', 'missing/plan.md'],
    "--output missing/plan.md cannot be written: ENOENT: no such file or directory, open 'missing/plan.md'",
  ],
  [
    'new',
    [...NEW_MODEL, '--price-input', '-1'],
    '--price-input has no value: one that begins with a dash is --price-input=-VALUE; see --help',
  ],
  ['new', [...NEW_MODEL, '--price-input=-1'], '--price-input is "-1": write a number'],
  ['new', [...NEW_MODEL, '--mode', 'chatty'], 'mode is "chatty": did you mean chat?'],
  [
    'new',
    [...NEW_MODEL, '--api-base', 'llm.example.com'],
    'api_base is "llm.example.com": write an http or https address, or os.environ/NAME',
  ],
  [
    'new',
    [...NEW_TEAM, '--alias', LONG_NAME],
    `team_alias is "${LONG_NAME}": use up to 63 lower-case letters, digits, dots, dashes or underscores`,
  ],
  [
    'new',
    ['environment', 'a-name-of-21-letters-', '--from', 'dev'],
    'name is "a-name-of-21-letters-": use a lower-case letter, then up to 19 letters, digits or dashes',
  ],
  [
    'new',
    [...NEW_ENVIRONMENT, '--address-space', '10.40.0.0/16'],
    'nothing is written:\n  environments/demo/environment.yaml: address_space 10.40.0.0/16 overlaps that of prod (environments/prod/environment.yaml:17): give each environment its own',
  ],
  [
    'new',
    [...NEW_ENVIRONMENT, '--address-space', '8.8.0.0/16'],
    'nothing is written:\n  environments/demo/environment.yaml: address_space 8.8.0.0/16 is not private: write a range within 10.0.0.0/8, 172.16.0.0/12, 192.168.0.0/16',
  ],
  [
    'new',
    [...NEW_ENVIRONMENT, '--name-suffix', 'LONGER-THAN'],
    'nothing is written:\n  environments/demo/environment.yaml: name_suffix is "LONGER-THAN": write 3 to 8 lower-case letters or digits, such as k7m2',
  ],
  [
    'promote',
    [...PROMOTE, '--only', 'gatewy'],
    '--only gatewy: dev has no such pin; it has images.gateway, images.nginx_ingress, images.cert_manager_controller, images.cert_manager_webhook, images.cert_manager_cainjector, images.cert_manager_acmesolver, images.cert_manager_startupapicheck, images.argocd, images.argocd_redis, charts.nginx_ingress, charts.cert_manager, charts.argocd',
  ],
  ['promote', ['--from', 'prod', '--to', 'dev'], `prod has no digest for images.gateway: ${NO_DIGEST}`],
  ['promote', ['dev', 'prod'], "Unexpected argument 'dev'; see --help"],
  ['import', ['litellm', 'broken.yaml', '--env', 'demo'], `broken.yaml:2:1: error: ${NOT_YAML}`],
  [
    'import',
    ['litellm', 'list.yaml', '--env', 'demo'],
    'list.yaml:1:1: error: the file is a list: write a block of keys',
  ],
  ['import', ['litellm', 'empty.yaml', '--env', 'demo'], 'empty.yaml has no model that the gateway can serve'],
  ['import', ['litellm', 'binary.yaml', '--env', 'demo'], 'binary.yaml is not UTF-8 text: save it as UTF-8'],
  ['import', ['litellm', 'environments', '--env', 'demo'], 'environments is a folder: name the config.yaml in it'],
  [
    'import',
    ['litellm', 'config.yaml', '--env', 'schema'],
    '--env is "schema": use a lower-case letter, then up to 19 letters, digits or dashes',
  ],
  [
    'import',
    ['litellm', 'config.yaml', '--env', 'demo', '--database-url', 'books'],
    'the address of the database is not one: write postgres://USER:PASSWORD@HOST:PORT/DATABASE',
  ],
  [
    'import',
    ['litellm', 'config.yaml', '--env', 'demo', '--database-url-env', 'NOT_SET'],
    'the variable NOT_SET of --database-url-env is not set',
  ],
  ['check', ['--env', 'qa'], '--env qa: environments/ has dev, prod'],
  [
    'check',
    ['--base', 'nowhere'],
    'there is no commit nowhere: this clone does not have it, fetch it: git fetch origin nowhere',
  ],
  [
    'keys',
    ['new', '--env', 'dev', '--team', 'serch', '--alias', 'a'],
    'there is no team serch in dev: did you mean search?',
  ],
  [
    'keys',
    ['revoke', '--env', 'dev', '--alias', 'nobody'],
    'there is no key nobody in dev: it has ml-notebooks, search-api',
  ],
  ['pin', ['--env', 'qa'], '--env qa: only dev, prod can be pinned'],
];

describe('a command that is given what it cannot use', { timeout: 60_000 }, () => {
  test.each(BAD_INPUTS)('%s %j: says all of it, and writes nothing', (command, args, message) => {
    const repository = badRepository();
    const before = filesOf(repository);
    expect(repository.run(`${command}/main.ts`, args)).toEqual({ code: 1, stdout: '', stderr: `${message}\n` });
    expect(filesOf(repository)).toEqual(before);
  });

  test.each([
    ['new', NEW_MODEL],
    ['new', NEW_ENVIRONMENT],
  ])('%s %j: names what must be mended first where a file is not YAML', (command, args) => {
    const repository = badRepository();
    repository.write('environments/dev/models.yaml', 'model_list: [\n');
    const stderr = `mend the file first:\nenvironments/dev/models.yaml:2:1: error: ${NOT_YAML}\n`;
    expect(repository.run(`${command}/main.ts`, args)).toEqual({ code: 1, stdout: '', stderr });
  });
});

/** Two environments in one commit, of which prod runs a newer image without a digest, and files to import that are none. */
function badRepository(): ScratchRepository {
  const repository = scratchRepository();
  addEnvironment(repository, 'prod', '10.40.0.0/16');
  const release = 'environments/prod/release.yaml';
  repository.write(
    release,
    repository
      .read(release)
      .replace(/(gateway: \{ version: )[^}]*\}/, '$10.9.0, digest: unresolved, commit: unresolved }'),
  );
  repository.write('config.yaml', 'model_list: [{ model_name: a, litellm_params: { model: openai/gpt-4o-mini } }]\n');
  repository.write('broken.yaml', 'model_list: [\n');
  repository.write('empty.yaml', 'model_list: []\n');
  repository.write('list.yaml', '- a\n');
  writeFileSync(join(repository.root, 'binary.yaml'), Buffer.from([0xff, 0xfe, 0x00]));
  const identity = ['-c', 'user.name=test', '-c', 'user.email=test@example.com', '-c', 'commit.gpgsign=false'];
  const git = (...args: string[]) => execFileSync('git', ['-C', repository.root, ...identity, ...args]);
  git('init', '--quiet', '--initial-branch', 'main');
  git('add', '--all');
  git('commit', '--quiet', '--message', 'first');
  return repository;
}

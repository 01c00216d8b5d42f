import { execFileSync } from 'node:child_process';
import { appendFileSync } from 'node:fs';

const { env } = process;
const folder = env['GITHUB_WORKSPACE'] ?? '';
const ref = env['INPUT_REF'] === '' ? (env['STAND_IN_COMMIT'] ?? '') : (env['INPUT_REF'] ?? '');
const credentials = Buffer.from(`x-access-token:${env['INPUT_TOKEN']}`).toString('base64');
const depth = env['INPUT_FETCH-DEPTH'] === '0' ? [] : ['--depth', env['INPUT_FETCH-DEPTH'] ?? '1'];

git('init', '--quiet');
const header = `http.extraheader=AUTHORIZATION: basic ${credentials}`;
const url = `${env['GITHUB_SERVER_URL']}/${env['GITHUB_REPOSITORY']}`;
git('-c', header, 'fetch', '--quiet', '--no-tags', ...depth, url, ref);
git('checkout', '--quiet', '--force', '--detach', 'FETCH_HEAD');
git('clean', '--quiet', '-ffdx');
appendFileSync(env['GITHUB_OUTPUT'] ?? '', `commit=${git('rev-parse', 'HEAD')}\n`);

function git(...args: string[]): string {
  return execFileSync('git', ['-C', folder, ...args], { stdio: ['ignore', 'pipe', 'inherit'] })
    .toString()
    .trim();
}

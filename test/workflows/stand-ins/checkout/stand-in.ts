import { execFileSync } from 'node:child_process';

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

function git(...args: string[]): void {
  execFileSync('git', ['-C', folder, ...args], { stdio: 'inherit' });
}

import { createSign } from 'node:crypto';
import { appendFileSync } from 'node:fs';

const { env } = process;
const now = Math.floor(Date.now() / 1000);
const signed = [
  { alg: 'RS256', typ: 'JWT' },
  { iss: env['INPUT_CLIENT-ID'], iat: now - 30, exp: now + 540 },
].map((part) => Buffer.from(JSON.stringify(part)).toString('base64url'));
const signature = createSign('sha256')
  .update(signed.join('.'))
  .sign(env['INPUT_PRIVATE-KEY'] ?? '', 'base64url');
const jwt = [...signed, signature].join('.');

const installation = await ask<{ id: number }>('GET', `/repos/${env['GITHUB_REPOSITORY']}/installation`);
const wanted = Object.entries(env).flatMap(([name, value = '']) => {
  const permission = /^INPUT_PERMISSION-(.+)$/.exec(name)?.[1];
  return permission === undefined || value === '' ? [] : [[permission.toLowerCase().replaceAll('-', '_'), value]];
});
const { token } = await ask<{ token: string }>('POST', `/app/installations/${installation.id}/access_tokens`, {
  repositories: [env['GITHUB_REPOSITORY']?.split('/')[1]],
  permissions: Object.fromEntries(wanted),
});
console.log(`::add-mask::${token}`);
appendFileSync(env['GITHUB_OUTPUT'] ?? '', `token=${token}\n`);

async function ask<T>(method: string, path: string, body?: object): Promise<T> {
  const response = await fetch(`${env['GITHUB_API_URL']}${path}`, {
    method,
    headers: { authorization: `Bearer ${jwt}` },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  if (!response.ok) throw new Error(`${method} ${path}: ${response.status} ${await response.text()}`);
  return (await response.json()) as T;
}

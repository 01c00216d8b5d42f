import { createHash } from 'node:crypto';
import { cpSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parse } from 'yaml';

const ENVIRONMENTS = join(import.meta.dirname, '../../environments');
/** The larger of the examples. */
const MODEL = join(ENVIRONMENTS, 'prod');
const DAY_MS = 86_400_000;

/** As many environments as there are address spaces for, beside those of the cluster itself. */
export const MOST_ENVIRONMENTS = 190;

/** Writes `environments/` below `root`: so many environments like prod, each with names, ranges and keys of its own. */
export function writeManyEnvironments(root: string, count: number): void {
  const folder = join(root, 'environments');
  mkdirSync(folder, { recursive: true });
  // None of them is called prod, and a production environment that is not there is an error.
  const policy = readFileSync(join(ENVIRONMENTS, 'policy.yaml'), 'utf8');
  writeFileSync(join(folder, 'policy.yaml'), policy.replace(/^production: .*$/m, 'production: [bench-000]'));
  for (let index = 0; index < count; index++) writeEnvironment(folder, index);
}

function writeEnvironment(folder: string, index: number): void {
  const name = `bench-${String(index).padStart(3, '0')}`;
  const own = join(folder, name);
  cpSync(MODEL, own, { recursive: true });
  edit(join(own, 'environment.yaml'), (settings) => ({
    ...settings,
    name,
    network: { address_space: `10.${50 + index}.0.0/16` },
    ingress: { controller: 'nginx', exposure: 'internal' },
    host_names: [`llm.${name}.example.com`],
    argocd: { host_name: `argocd.${name}.example.com` },
  }));
  for (const file of readdirSync(join(own, 'keys'))) edit(join(own, 'keys', file), (team) => withOwnKeys(team, name));
}

function withOwnKeys(team: Record<string, unknown>, name: string): Record<string, unknown> {
  const expires = new Date(Date.now() + 200 * DAY_MS).toISOString().slice(0, 10);
  const keys = (team['virtual_keys'] as { hashes: string[] }[]).map((key) => ({
    ...key,
    expires,
    hashes: key.hashes.map((hash) => `sha256:${createHash('sha256').update(`${name} ${hash}`).digest('hex')}`),
  }));
  return { ...team, virtual_keys: keys };
}

/** JSON is YAML. */
function edit(file: string, change: (value: Record<string, unknown>) => Record<string, unknown>): void {
  const value = parse(readFileSync(file, 'utf8')) as Record<string, unknown>;
  writeFileSync(file, JSON.stringify(change(value), null, 2));
}

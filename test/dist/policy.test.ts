import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { committedEnvironments, DIST, INFRA_FOLDER, readCommittedManifests } from './manifests.ts';
import { ARGO_CD_CASES } from './policy/argo-cd-cases.ts';
import { IMAGE_CASES, REAL } from './policy/image-cases.ts';
import { isMadeUp } from './policy/image-rules.ts';
import { LINK_CASES } from './policy/link-cases.ts';
import { NETWORK_CASES } from './policy/network-cases.ts';
import { OBJECT_CASES } from './policy/object-cases.ts';
import { POD_CASES } from './policy/pod-cases.ts';
import { REFERENCE_CASES } from './policy/reference-cases.ts';
import { renderVariants } from './policy/variants.ts';
import { WORKLOAD_CASES } from './policy/workload-cases.ts';

const ENVIRONMENTS = join(import.meta.dirname, '../../environments');

const committed = readCommittedManifests();
const variants = renderVariants();
const CASES = [
  ...OBJECT_CASES,
  ...POD_CASES,
  ...IMAGE_CASES,
  ...WORKLOAD_CASES,
  ...REFERENCE_CASES,
  ...LINK_CASES,
  ...ARGO_CD_CASES,
  ...NETWORK_CASES,
];

/** Each rule holds for what is committed and for what other settings render; a broken copy shows that it can fail. */
describe.each(CASES)('$title', ({ rule, broken }) => {
  it('holds for every committed manifest', () => {
    expect(rule(committed)).toEqual([]);
  });

  it.each(variants)('holds with $title', ({ manifests }) => {
    expect(rule(manifests)).toEqual([]);
  });

  it.each(Object.entries(broken))('would find %s', (_what, break_) => {
    expect(rule(break_(committed))).not.toEqual([]);
  });
});

describe('dist/', () => {
  it('holds every environment that is deployed', () => {
    const authored = readdirSync(ENVIRONMENTS).filter((name) => existsSync(join(ENVIRONMENTS, name, 'models.yaml')));
    const deployed = authored.filter((name) => name !== 'local');

    expect(committedEnvironments()).toEqual(deployed.toSorted());
    expect(deployed).toEqual(expect.arrayContaining(['dev', 'prod']));
  });

  it('holds manifests in the folders of components, and nothing else', () => {
    const files = readdirSync(DIST, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
    const paths = files.map(({ parentPath, name }) => join(parentPath, name).slice(DIST.length + 1));
    const others = paths.filter((path) => !/^[\w-]+\/[\w-]+\/[A-Z]\w+\.[a-z0-9.-]+\.yaml$/.test(path));

    expect(others.filter((path) => path.split('/')[1] !== INFRA_FOLDER)).toEqual(['README.md']);
  });
});

describe('release.yaml', () => {
  const releases = readdirSync(ENVIRONMENTS, { recursive: true, encoding: 'utf8' })
    .filter((path) => path.endsWith('release.yaml'))
    .map((path) => [path, parse(readFileSync(join(ENVIRONMENTS, path), 'utf8')) as Release] as const);

  it.each(releases)('%s has no digest that somebody made up', (_path, { images, charts = {} }) => {
    const pins = Object.entries({ ...images, ...charts });
    expect(pins.filter(([, { digest }]) => digest !== 'unresolved' && isMadeUp(digest))).toEqual([]);
  });

  it('may have a digest that a registry gave', () => {
    expect(isMadeUp(REAL)).toBe(false);
  });
});

interface Release {
  readonly images: Readonly<Record<string, { readonly digest: string }>>;
  readonly charts?: Readonly<Record<string, { readonly digest: string }>>;
}

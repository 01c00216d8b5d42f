import { describe, expect, test } from 'vitest';
import { promoteRelease } from '../../../generators/promote/promote-release.ts';

const [A, B, C] = ['a', 'b', 'c'].map((digit) => `sha256:${digit.repeat(64)}`) as [string, string, string];
const [OLD, NEW] = ['a1'.repeat(20), 'f'.repeat(40)] as [string, string];

const PROD = `# what prod runs
images:
  gateway: { version: 0.1.0, digest: ${A}, commit: ${OLD} }   # ours

  argocd:
    digest:   ${A}
    version: "3.5"     # the third
charts:
  argocd: { version: 10.9.5, digest: unresolved }
`;
const DEV = `images:
  gateway: { version: 0.2.0, digest: ${B}, commit: ${NEW} }
  argocd: { version: "3.10", digest: ${C} }
  argocd_redis: { version: 8.2.3-alpine, digest: ${C} }
charts:
  argocd: { version: 10.9.5, digest: ${B} }
`;

const dev = { environment: 'dev', text: DEV };
const prod = { environment: 'prod', text: PROD };

describe('promoteRelease', () => {
  test('changes values alone: comments, order and spaces stay', () => {
    const { text, moves, absent } = promoteRelease(dev, prod);

    expect(text).toBe(`# what prod runs
images:
  gateway: { version: 0.2.0, digest: ${B}, commit: ${NEW} }   # ours

  argocd:
    digest:   ${C}
    version: "3.10"     # the third
charts:
  argocd: { version: 10.9.5, digest: ${B} }
`);
    expect(moves.map(({ pin }) => pin)).toEqual(['images.gateway', 'images.argocd', 'charts.argocd']);
    expect(moves[0]).toEqual({
      pin: 'images.gateway',
      before: { version: '0.1.0', digest: A, commit: OLD },
      after: { version: '0.2.0', digest: B, commit: NEW },
    });
    expect(absent).toEqual(['images.argocd_redis']);
  });

  test.each([
    [['gateway'], ['images.gateway']],
    [['argocd'], ['images.argocd', 'charts.argocd']],
    [
      ['charts.argocd', 'gateway'],
      ['images.gateway', 'charts.argocd'],
    ],
  ])('moves %j alone where only that is asked for', (only, pins) => {
    expect(promoteRelease(dev, prod, only).moves.map(({ pin }) => pin)).toEqual(pins);
  });

  test('moves nothing between two that run the same, and gives the same bytes', () => {
    const once = promoteRelease(dev, prod);

    const twice = promoteRelease(dev, { environment: 'prod', text: once.text });

    expect(twice.moves).toEqual([]);
    expect(twice.text).toBe(once.text);
  });

  test('takes a commit that nobody knows with the digest that it belongs to', () => {
    const unknown = { environment: 'dev', text: DEV.replace(NEW, 'unresolved') };

    expect(promoteRelease(unknown, prod, ['gateway']).moves[0]?.after.commit).toBe('unresolved');
  });

  test.each([
    [
      'digests that no registry gave, by name',
      DEV.replaceAll(C, 'unresolved'),
      PROD,
      [],
      'dev has no digest for images.argocd: run npm run pin -- --env dev, or promote the others with --only',
    ],
    [
      'a pin that nobody knows',
      DEV,
      PROD,
      ['redis'],
      '--only redis: dev has no such pin; it has images.gateway, images.argocd, images.argocd_redis, charts.argocd',
    ],
    [
      'a pin that the later environment does not have',
      DEV,
      PROD,
      ['argocd_redis'],
      'prod has no pin images.argocd_redis: write it into its release.yaml first, if it runs that',
    ],
    [
      'a file that is not sound',
      DEV.replace('0.2.0', 'latest'),
      PROD,
      [],
      'mend the file first:\nenvironments/dev/release.yaml:2:14: error: version is "latest": that tag moves: write the version that you mean, such as 0.1.0',
    ],
    [
      'a file whose values share an anchor',
      DEV,
      `images:\n  gateway: { version: 0.1.0, digest: &d ${A}, commit: unresolved }\n  argocd: { version: v3, digest: *d }\n`,
      ['gateway'],
      'the file has anchors or aliases: write each value out, and run this again',
    ],
  ])('refuses %s', (_, from, to, only, message) => {
    const run = () => promoteRelease({ environment: 'dev', text: from }, { environment: 'prod', text: to }, only);

    expect(run).toThrow(expect.objectContaining({ name: 'Refusal', message }));
  });
});

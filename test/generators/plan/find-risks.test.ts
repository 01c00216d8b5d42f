import { describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { findRisks, type RiskInput } from '../../../generators/plan/find-risks.ts';
import { AUTHORED_RISK_CASES } from './authored-risk-cases.ts';
import { changeOf } from './change-of.ts';
import { RENDERED_RISK_CASES } from './rendered-risk-cases.ts';
import { STAYS, value, type Files, type RiskSides } from './risk-case.ts';

describe.each([...RENDERED_RISK_CASES, ...AUTHORED_RISK_CASES])('findRisks, on $what', ({ fires, says, silent }) => {
  it('says it in one sentence', () => {
    const texts = risksOf(fires).filter((text) => text.includes(says));
    expect(texts).toHaveLength(1);
    expect(texts[0]).toMatch(/\S\.$/);
  });

  it('is silent where there is nothing to fear', () => {
    expect(risksOf(silent).filter((text) => text.includes(says))).toEqual([]);
  });
});

describe('findRisks', () => {
  it('keeps the order of the plan', () => {
    const risks = findRisks({
      environments: [
        changeOf({ name: 'prod', ...value('engine', 'a', 'b').change }),
        changeOf({ name: 'dev', ...value('engine', 'a', 'b').change }),
      ],
      manifests: { before: new Map(), after: new Map() },
      policy: { before: undefined, after: undefined },
      paths: [],
    });
    expect(risks.map(({ environment }) => environment)).toEqual(['prod', 'dev']);
  });

  it('does not hold against a new environment what it opens', () => {
    const spec = { egress: [{ to: [{ ipBlock: { cidr: '0.0.0.0/0' } }] }] };
    const path = 'demo/network-policy/NetworkPolicy.gateway.yaml';
    const after = new Map([[path, stringify({ kind: 'NetworkPolicy', metadata: { name: 'gateway' }, spec })]]);
    const policy = { before: undefined, after: undefined };
    expect(findRisks({ environments: [], manifests: { before: new Map(), after }, policy, paths: [] })).toEqual([]);
  });

  it('survives files that are not YAML, or not of Kubernetes', () => {
    const texts = ['{', '', 'a: &a [*a]', 'null', '- 1', 'kind: 7\nmetadata: []', 'kind: Deployment\nspec: text'];
    for (const text of texts) {
      const path = 'prod/gateway/Deployment.gateway.yaml';
      const before = new Map([[path, text]]);
      expect(() =>
        findRisks({
          environments: [],
          manifests: { before, after: new Map([[path, `${text}#`]]) },
          policy: { before: 7, after: [] },
          paths: [],
        }),
      ).not.toThrow();
    }
  });
});

function risksOf({ before = {}, after = {}, change, policy, added = [] }: RiskSides): string[] {
  const isRemoved = change?.kind === 'removed';
  const input: RiskInput = {
    environments: change === undefined ? [] : [changeOf(change)],
    manifests: {
      before: filesOf({ ...STAYS, ...before }),
      after: isRemoved ? new Map() : filesOf({ ...STAYS, ...after }),
    },
    policy: policy ?? { before: undefined, after: undefined },
    paths: added.map((path) => ({ path, kind: 'added' })),
  };
  return findRisks(input).map(({ text }) => text);
}

function filesOf(files: Files): Map<string, string> {
  return new Map(Object.entries(files).map(([path, manifest]) => [`prod/${path}`, stringify(manifest)]));
}

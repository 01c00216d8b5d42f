import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { loadEnvironments } from '../../../environments/schema/load-environments.ts';
import { judgeChange } from '../../../generators/check/judge-change.ts';
import { planRepository, type PlanRepository } from '../plan/plan-repository.ts';

const DEV = 'environments/dev/release.yaml';
const PROD = 'environments/prod/release.yaml';
const POLICY = 'production: [prod]\npromotion_order: { level: deny }\nblast_radius: { level: deny }\n';
const OLD = 'nginx_ingress: { version: 5.5.4';
const NEW = 'nginx_ingress: { version: 5.6.0';

/** A repository with dev, and prod after its example; both run the old version, dev the new one where it is asked. */
function twoEnvironments(devRuns: string): PlanRepository {
  const repository = planRepository();
  for (const file of ['environment', 'models', 'release'])
    repository.put(`environments/prod/${file}.yaml`, repository.read(`environments/dev/${file}.yaml`));
  repository.edit('environments/prod/environment.yaml', 'name: dev', 'name: prod');
  repository.edit(DEV, OLD, devRuns);
  repository.put('environments/policy.yaml', POLICY);
  repository.commit();
  return repository;
}

function judge({ root }: PlanRepository, base: string | undefined) {
  const now = new Date();
  const loaded = loadEnvironments(join(root, 'environments'), { now });
  const { problems, notEvaluated } = judgeChange(loaded, { root, base, labels: [], now });
  return { messages: problems.map(({ message }) => message), notEvaluated: notEvaluated.map(({ rule }) => rule) };
}

describe('judgeChange', () => {
  test('knows what an environment runs whose files the change leaves alone', () => {
    const repository = twoEnvironments(NEW);
    repository.edit(PROD, OLD, NEW);

    expect(judge(repository, 'HEAD')).toEqual({ messages: [], notEvaluated: [] });
  });

  test('finds what has run nowhere, and what reaches production beside another environment', () => {
    const repository = twoEnvironments(OLD);
    repository.edit(PROD, OLD, NEW);
    for (const name of ['dev', 'prod']) repository.put(`dist/${name}/gateway/Service.gateway.yaml`, 'kind: Other\n');

    expect(judge(repository, 'HEAD').messages).toEqual([
      expect.stringMatching(/^dist\/ of prod changes \(1 file\) and so does that of dev: .* label blast-radius:all/),
      expect.stringMatching(/^images.nginx_ingress 5.6.0 has run in no other environment: bring it to dev first/),
    ]);
  });

  test('says which rules it could not judge without a base', () => {
    expect(judge(twoEnvironments(OLD), undefined)).toEqual({
      messages: [],
      notEvaluated: ['promotion_order', 'blast_radius'],
    });
  });
});

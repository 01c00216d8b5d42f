import { describe, expect, it } from 'vitest';
import { makePlan } from '../../../generators/plan/make-plan.ts';
import { writeHeadline } from '../../../generators/plan/write-headline.ts';
import { planRepository } from './plan-repository.ts';

const SEARCH = 'environments/dev/keys/search.yaml';
const SERVICE = 'dist/dev/gateway/Service.gateway.yaml';
const now = new Date();

describe('a plan', () => {
  it('is empty where both sides are the same, and where only comments differ', () => {
    const repository = planRepository();
    repository.edit(SEARCH, 'team_alias', '# a note\nteam_alias');

    for (const head of ['start', undefined]) {
      const plan = makePlan(repository.root, { base: 'start', ...(head !== undefined && { head }), now, labels: [] });

      expect(plan).toMatchObject({ environments: [], manifests: [], risks: [], problems: [], notEvaluated: [] });
      expect(writeHeadline(plan)).toBe('nothing changes in any environment');
    }
  });

  it('puts together what is written, what is rendered, risks and rules', () => {
    const repository = planRepository();
    repository.edit('environments/policy.yaml', 'level: deny', 'level: "off"');
    repository.edit(SEARCH, 'max_budget: 1500', 'max_budget: 1800.5');
    repository.remove(SERVICE);
    const head = repository.commit();

    const plan = makePlan(repository.root, { base: 'start', head, now, labels: [] });

    expect(plan.head).toBe(head);
    expect(plan.manifests).toMatchObject([
      { environment: 'dev', component: 'gateway', files: [{ path: SERVICE.slice(5), kind: 'removed' }] },
    ]);
    expect(plan.risks.map(({ text }) => text)).toContain('Rule team_budget of policy.yaml is switched off.');
    expect(writeHeadline(plan)).toMatch(
      /^the monthly ceiling of team search rises from \$1,500 to \$1,800\.50; the monthly ceiling of dev rises from \$1,700 to \$2,000\.50; 1 file that dev is given changes with it/,
    );
  });

  it('is the same from a commit and from a work tree', () => {
    const repository = planRepository();
    repository.edit(SEARCH, 'max_budget: 1500', 'max_budget: 1800');
    repository.put('dist/dev/gateway/ConfigMap.gateway.yaml', 'kind: ConfigMap\n');

    const { head: _, ...fromWorkTree } = makePlan(repository.root, { base: 'start', now });
    const head = repository.commit();
    const { head: __, ...fromCommit } = makePlan(repository.root, { base: 'start', head, now });

    expect(fromCommit).toEqual(fromWorkTree);
  });

  it('tells errors and new warnings, and leaves out warnings that stood there before', () => {
    const repository = planRepository();
    repository.edit('environments/dev/models.yaml', 'model: openai/gpt-4o-mini', 'model: openai/nobody-knows');
    const base = repository.commit();
    repository.edit('environments/dev/models.yaml', 'azure/gpt-4o', 'azure/somebody-knows');
    repository.edit(SEARCH, '[azure-gpt-4o, gpt-4o-mini]', '[azure-gpt-4o, gpt-9]');
    const head = repository.commit();

    const { problems } = makePlan(repository.root, { base, head, now, labels: [] });

    expect(
      problems.map(({ level, file, line, message }) => `${level} ${file}:${line} ${message.slice(0, 48)}`),
    ).toEqual([
      `error ${SEARCH}:3 model gpt-9 does not exist: models.yaml has azur`,
      'warning environments/dev/models.yaml:4 the price of azure/somebody-knows is not known, ',
    ]);
  });

  it('names the rules that need labels where none are given', () => {
    const repository = planRepository();
    const rule = 'budget_raise: { level: deny, percent: 20 }\n';
    repository.put('environments/policy.yaml', `${repository.read('environments/policy.yaml')}${rule}`);
    const base = repository.commit();
    repository.edit(SEARCH, 'max_budget: 1500', 'max_budget: 3000');
    const head = repository.commit();

    const unlabelled = makePlan(repository.root, { base, head, now });
    const labelled = makePlan(repository.root, { base, head, now, labels: [] });

    expect(unlabelled.notEvaluated).toEqual([
      '1 rule not evaluated (budget_raise): the labels of the pull request are not known: give --labels a,b',
    ]);
    expect(labelled.notEvaluated).toEqual([]);
    expect(labelled.rulesJudged).toBe(unlabelled.rulesJudged + 1);
    expect(labelled.problems.map(({ file, level }) => `${level} ${file}`)).toContain(`error ${SEARCH}`);
  });

  it('says that production stays as it is', () => {
    const repository = planRepository();
    for (const name of ['environment', 'models', 'release', 'keys/search', 'keys/ml'])
      repository.put(`environments/prod/${name}.yaml`, repository.read(`environments/dev/${name}.yaml`));
    const base = repository.commit();
    repository.edit(SEARCH, 'max_budget: 1500', 'max_budget: 1800');

    const plan = makePlan(repository.root, { base, now });

    expect(plan.unchangedProduction).toEqual(['prod']);
    expect(writeHeadline(plan)).toContain('; nothing in prod changes');
  });
});

import { describe, expect, it } from 'vitest';
import type { ComponentChange, EnvironmentChange, KeyChange, TeamChange } from '../../../generators/plan/plan.ts';
import { writeHeadline } from '../../../generators/plan/write-headline.ts';
import { changeOf, limitsOf, planOf } from './change-of.ts';

/** One change of prod, and the line that is read first. */
const HEADLINES: readonly { title: string; change: Partial<EnvironmentChange>; headline: string }[] = [
  {
    title: 'who gains what, money, keys, and that this is all',
    change: {
      models: [modelOf('gpt-5.4-mini', { after: ['azure/gpt-5.4-mini'] })],
      access: [{ team: 'search', model: 'gpt-5.4-mini', kind: 'gains' }],
      ceiling: { before: 4_000, after: 4_500 },
      keys: [keyOf('a', 'added'), keyOf('b', 'added'), keyOf('c', 'revoked')],
      ending: [{ alias: 'd', team: 'search', days: 9 }],
    },
    headline:
      'search gains gpt-5.4-mini; the monthly ceiling of prod rises from $4,000 to $4,500; ' +
      '2 keys added, 1 revoked, 1 ends in 9 days; nothing else in prod changes',
  },
  {
    title: 'one key by its name',
    change: { keys: [keyOf('a', 'added')], ending: [{ alias: 'd', team: 'search', days: 1 }] },
    headline: 'key a of search is added; key d ends in 1 day; nothing else in prod changes',
  },
  {
    title: 'a key that moves with both of its names, and not as revoked',
    change: { keys: [{ ...keyOf('web', 'moved'), from: { alias: 'api', team: 'old' } }] },
    headline: 'key api of old moves to team search as web; nothing else in prod changes',
  },
  {
    title: 'a key by another name',
    change: { keys: [{ ...keyOf('web', 'renamed'), from: { alias: 'api', team: 'search' } }] },
    headline: 'key api of search is called web from now on; nothing else in prod changes',
  },
  {
    title: 'what changes in a key that stays',
    change: {
      keys: [
        { ...keyOf('a', 'changed'), limits: { before: limitsOf(), after: limitsOf({ isBlocked: true, rpm: 1 }) } },
        { ...keyOf('b', 'changed'), limits: { before: limitsOf(), after: limitsOf({ models: ['m'] }) } },
        { ...keyOf('c', 'changed'), limits: { before: limitsOf(), after: limitsOf() } },
      ],
    },
    headline: '1 key blocked, 1 with other models, 1 with another end; nothing else in prod changes',
  },
  {
    title: 'several keys that end soon, with the first',
    change: {
      keys: [keyOf('a', 'rotating'), keyOf('b', 'rotated'), keyOf('c', 'changed')],
      ending: [9, 20].map((days) => ({ alias: `d${days}`, team: 'search', days })),
    },
    headline:
      '1 key in rotation, 1 rotated, 1 with other limits, 2 end within 30 days, the first in 9 days; nothing else in prod changes',
  },
  {
    title: 'callers that gain the same in one clause, and a key by its name',
    change: {
      access: [
        { team: 'assistants', model: 'gpt-5.1', kind: 'gains' },
        { team: 'search', model: 'gpt-5.1', kind: 'gains' },
        { team: 'search', key: 'search-api', model: 'gpt-5.4-mini', kind: 'loses' },
      ],
    },
    headline: 'assistants and search gain gpt-5.1; key search-api loses gpt-5.4-mini; nothing else in prod changes',
  },
  {
    title: 'a budget in other portions that come to the same',
    change: { teams: [teamOf('search', portions([100, '1d'], [3000, '1mo']))] },
    headline: 'the budget of team search goes from $100 a day to $3,000 a month; nothing else in prod changes',
  },
  {
    title: 'several budgets in other portions',
    change: { teams: ['a', 'b'].map((team) => teamOf(team, portions([100, '1d'], [3000, '1mo']))) },
    headline: 'the budgets of a and b come in other portions; nothing else in prod changes',
  },
  {
    title: 'a second deployment at the same place, and one that goes there',
    change: {
      models: [
        modelOf('more', { before: ['openai/a'], after: ['openai/a', 'openai/a'] }),
        modelOf('less', { before: ['openai/a', 'openai/a'], after: ['openai/a'] }),
      ],
    },
    headline: 'more is also answered by openai/a; less is no longer answered by openai/a; nothing else in prod changes',
  },
  {
    title: 'a rename as a rename',
    change: {
      models: [modelOf('gpt-5', { before: ['openai/gpt-5'] }), modelOf('five', { after: ['openai/gpt-5'] })],
      renames: [{ before: 'gpt-5', after: 'five' }],
      access: [
        { team: 'search', model: 'five', kind: 'gains' },
        { team: 'search', model: 'gpt-5', kind: 'loses' },
      ],
    },
    headline: 'gpt-5 is called five from now on, and requests for gpt-5 are refused; nothing else in prod changes',
  },
  {
    title: 'a rename without keys that only follow it',
    change: {
      renames: [{ before: 'gpt-5', after: 'five' }],
      keys: [
        {
          ...keyOf('a', 'changed'),
          limits: { before: limitsOf({ models: ['a', 'gpt-5'] }), after: limitsOf({ models: ['a', 'five'] }) },
        },
      ],
    },
    headline: 'gpt-5 is called five from now on, and requests for gpt-5 are refused; nothing else in prod changes',
  },
  {
    title: 'a second deployment, and one that goes',
    change: {
      models: [
        modelOf('a', { before: ['openai/a'], after: ['azure/a at X', 'openai/a'] }),
        modelOf('b', { before: ['azure/b at X', 'openai/b'], after: ['openai/b'] }),
      ],
    },
    headline:
      'a is also answered by azure/a at X; b is no longer answered by azure/b at X; nothing else in prod changes',
  },
  {
    title: 'a removed model with who loses it',
    change: {
      models: [modelOf('gpt-5', { before: ['openai/gpt-5'] })],
      access: [{ team: 'search', model: 'gpt-5', kind: 'loses' }],
    },
    headline: 'gpt-5 is removed, and search loses it; nothing else in prod changes',
  },
  {
    title: 'prices that rise, and a model that answers elsewhere',
    change: {
      models: [
        { ...modelOf('a', { before: ['openai/a'], after: ['openai/a'] }), prices: priced([1, 2], [2, 2]) },
        { ...modelOf('b', { before: ['openai/b'], after: ['azure/b at X'] }), prices: priced([1, 2], [1, 2]) },
        { ...modelOf('c', { before: ['openai/c'], after: ['openai/c'] }), prices: priced([1, 2], [2, 1]) },
      ],
    },
    headline: 'b is answered elsewhere; the price of a rises; the price of c changes; nothing else in prod changes',
  },
  {
    title: 'teams that come and are blocked, without repeating what they gain',
    change: {
      teams: [
        teamOf('new', { before: undefined, after: limitsOf() }),
        teamOf('old', { before: limitsOf(), after: limitsOf({ isBlocked: true }) }),
      ],
      access: [{ team: 'new', model: 'gpt-5.1', kind: 'gains' }],
      ceiling: { before: 1_000, after: undefined },
    },
    headline:
      'team new is added; team old is blocked; prod may spend without limit, where it was $1,000 a month; nothing else in prod changes',
  },
  {
    title: 'the one team whose budget moves, with the sum',
    change: {
      teams: [{ ...teamOf('a', { before: limitsOf(), after: limitsOf() }), ceiling: { before: 100, after: 250 } }],
      ceiling: { before: 1_000, after: 1_150 },
    },
    headline:
      'the monthly ceiling of team a rises from $100 to $250; the monthly ceiling of prod rises from $1,000 to $1,150; nothing else in prod changes',
  },
  {
    title: 'budgets of teams where the sum stays',
    change: {
      teams: [
        { ...teamOf('a', { before: limitsOf(), after: limitsOf() }), ceiling: { before: 100, after: 250.5 } },
        { ...teamOf('b', { before: limitsOf(), after: limitsOf() }), ceiling: { before: 200.5, after: 50 } },
      ],
    },
    headline:
      'the monthly ceiling of team a rises from $100 to $250.50; the monthly ceiling of team b falls from $200.50 to $50; nothing else in prod changes',
  },
  {
    title: 'capacity, pins and a setting',
    change: {
      azureDeployments: [
        { name: 'gpt-5.1', model: { before: 'm', after: 'm' }, capacity: { before: 500, after: 2_000 } },
      ],
      values: [
        valueOf('release', 'images.gateway.version', ['0.1.0', '0.2.0']),
        valueOf('release', 'images.gateway.digest', ['unresolved', 'sha256:0']),
        valueOf('release', 'charts.argocd.version', ['1', '2']),
        valueOf('environment', 'gateway.replicas.max', [undefined, '9']),
      ],
    },
    headline:
      'the capacity of gpt-5.1 rises from 500k to 2,000k tokens a minute; prod goes from version 0.1.0 of the gateway to 0.2.0; ' +
      'argocd goes from 1 to 2; gateway.replicas.max goes from not set to 9; nothing else in prod changes',
  },
  {
    title: 'programs of others, whose images come with their chart',
    change: {
      values: [
        valueOf('release', 'charts.argocd.version', ['1', '2']),
        valueOf('release', 'images.argocd_redis.version', ['7', '8']),
        valueOf('release', 'images.nginx_ingress.digest', ['unresolved', 'sha256:0']),
      ],
    },
    headline:
      '1 program of others gets another version; 1 program of others gets a digest for its version; nothing else in prod changes',
  },
  {
    title: 'programs of others that get nothing but a digest',
    change: {
      values: ['nginx_ingress', 'argocd'].map((name) =>
        valueOf('release', `images.${name}.digest`, ['unresolved', 'sha256:0']),
      ),
    },
    headline: '2 programs of others get a digest for their versions; nothing else in prod changes',
  },
  {
    title: 'a first digest of one program of others',
    change: { values: [valueOf('release', 'images.argocd.digest', ['unresolved', 'sha256:0'])] },
    headline: 'prod gets a digest for the version of argocd; nothing else in prod changes',
  },
  {
    title: 'another build of a program of others',
    change: { values: [valueOf('release', 'images.nginx_ingress.digest', ['sha256:1', 'sha256:0'])] },
    headline: 'prod gets another build of the same version of nginx_ingress; nothing else in prod changes',
  },
  {
    title: 'an environment that comes',
    change: { kind: 'added', keys: [keyOf('a', 'added')], ceiling: { before: undefined, after: 500 } },
    headline: 'prod is a new environment, with 0 models, 0 teams and 1 key, and a monthly ceiling of $500',
  },
  {
    title: 'an environment that goes',
    change: { kind: 'removed', keys: [keyOf('a', 'revoked')] },
    headline: 'prod is removed, with 0 models, 0 teams and 1 key',
  },
  {
    title: 'files with errors',
    change: { isReadable: false },
    headline: 'what changes in prod is not known, since its files have errors',
  },
];

describe('the headline', () => {
  it.each(HEADLINES)('tells $title', ({ change, headline }) => {
    expect(writeHeadline(planOf({ environments: [changeOf(change)] }))).toBe(headline);
  });

  it('says so where nothing changes', () => {
    expect(writeHeadline(planOf({}))).toBe('nothing changes in any environment');
  });

  it('counts manifests where more is rendered than the configuration that the gateway reads', () => {
    const environments = [changeOf({ keys: [keyOf('a', 'added')] })];
    const config = componentOf('prod', 'gateway', ['ConfigMap.gateway-config.yaml', 'Job.gateway-smoke-test.yaml']);
    const more = componentOf('prod', 'ingress', ['Ingress.gateway.yaml', 'Certificate.gateway.yaml']);

    expect(writeHeadline(planOf({ environments, manifests: [config] }))).toBe(
      'key a of search is added; nothing else in prod changes',
    );
    expect(writeHeadline(planOf({ environments, manifests: [config, more] }))).toBe(
      'key a of search is added; 4 files that prod is given change with it',
    );
    expect(writeHeadline(planOf({ manifests: [more] }))).toBe(
      'nothing that people write changes in prod, but 2 files that it is given: of ingress',
    );
  });

  it('has a sentence for each of several environments, and none for more than three', () => {
    const names = ['prod', 'a', 'b', 'c', 'd'];
    const environments = names.map((name) => changeOf({ name, keys: [keyOf('a', 'added')] }));

    expect(writeHeadline(planOf({ environments, problems: [problemOf('error'), problemOf('warning')] }))).toBe(
      'In prod: key a of search is added; nothing else in prod changes. In a: key a of search is added; nothing else in a changes. ' +
        'In b: key a of search is added; nothing else in b changes. In 2 more environments: what the tables below say. ' +
        '1 error must be fixed first',
    );
  });

  it('says that production stays as it is', () => {
    const environments = [changeOf({ name: 'dev', isProduction: false, keys: [keyOf('a', 'added')] })];

    expect(writeHeadline(planOf({ environments, unchangedProduction: ['prod'] }))).toBe(
      'key a of search is added; nothing else in dev changes; nothing in prod changes',
    );
  });

  it('is bounded, however much changes and however long the names are', () => {
    const long = 'm'.repeat(128);
    const kinds = ['gains', 'loses'] as const;
    const access = Array.from({ length: 40 }, (_, index) => {
      return { team: `team-${index}`, model: `${long}-${index}`, kind: kinds[index % 2] ?? 'gains' };
    });

    const headline = writeHeadline(planOf({ environments: [changeOf({ access })] }));

    expect(headline).toContain('; and 34 more; nothing else in prod changes');
    expect(headline.length).toBeLessThanOrEqual(901);
  });
});

function portions(...sides: [usd: number, every: string][]): TeamChange['limits'] {
  const [before, after] = sides.map(([maxBudget, budgetDuration]) => limitsOf({ maxBudget, budgetDuration }));
  return { before, after };
}

type Sides<T> = readonly [before: T, after: T];

function modelOf(model: string, { before, after }: { before?: readonly string[]; after?: readonly string[] }) {
  return { model, deployments: { before, after }, prices: { before: undefined, after: undefined } };
}

function priced([before, after]: readonly number[], [newInput, newOutput]: readonly number[]) {
  return { before: [{ input: before, output: after }], after: [{ input: newInput, output: newOutput }] };
}

function keyOf(alias: string, kind: KeyChange['kind']): KeyChange {
  const limits = { before: limitsOf(), after: limitsOf({ rpm: 5 }) };
  return { alias, team: 'search', kind, limits, expires: { before: undefined, after: undefined } };
}

function teamOf(team: string, limits: TeamChange['limits']): TeamChange {
  return { team, limits, ceiling: { before: undefined, after: undefined } };
}

function valueOf(file: string, path: string, [before, after]: Sides<string | undefined>) {
  return { file: `environments/prod/${file}.yaml`, path, before, after };
}

function componentOf(environment: string, component: string, names: readonly string[]): ComponentChange {
  const files = names.map((name) => {
    return {
      path: `${environment}/${component}/${name}`,
      kind: 'changed' as const,
      diff: '',
      addedLines: 1,
      removedLines: 1,
    };
  });
  return { environment, component, files };
}

function problemOf(level: 'error' | 'warning') {
  return { level, file: 'a', line: 1, column: 1, field: '', message: 'wrong' };
}

import { describe, expect, it } from 'vitest';
import { dashboardJson, dashboardsOf } from '../../../generators/monitoring/dashboards/dashboard-files.ts';
import { DASHBOARDS, settingsWith } from './expressions.ts';
import { labelNames } from './metric-names.ts';

interface GrafanaDashboard {
  readonly uid: string;
  readonly templating: { readonly list: readonly { readonly name: string; readonly type: string }[] };
  readonly panels: readonly {
    readonly id: number;
    readonly gridPos: { readonly x: number; readonly y: number };
    readonly fieldConfig: { readonly defaults: { readonly unit: string } };
    readonly targets: readonly { readonly refId: string; readonly datasource: { readonly uid: string } }[];
  }[];
}

const built = DASHBOARDS.map((dashboard) => JSON.parse(dashboardJson(dashboard)) as GrafanaDashboard);

describe('dashboards', () => {
  it('are the same bytes each time', () => {
    expect(DASHBOARDS.map(dashboardJson)).toEqual(DASHBOARDS.map(dashboardJson));
  });

  it('have addresses that never change', () => {
    expect(built.map(({ uid }) => uid)).toEqual([
      'tollgate-traffic',
      'tollgate-latency',
      'tollgate-spend',
      'tollgate-limits',
      'tollgate-cache',
      'tollgate-ledger',
    ]);
  });

  it('ask whatever Prometheus the viewer chooses', () => {
    for (const { templating, panels } of built) {
      expect(templating.list).toMatchObject([{ name: 'datasource', type: 'datasource' }]);
      expect(panels.flatMap(({ targets }) => targets).map(({ datasource }) => datasource.uid)).toEqual(
        panels.flatMap(({ targets }) => targets).map(() => '${datasource}'),
      );
    }
  });

  it('put no panel onto another', () => {
    for (const { panels } of built) {
      expect(new Set(panels.map(({ gridPos }) => `${gridPos.x} ${gridPos.y}`)).size).toBe(panels.length);
      expect(panels.map(({ id }) => id)).toEqual(panels.map((_panel, index) => index + 1));
    }
  });

  it('explain every panel, with a unit and a legend whose labels the query keeps', () => {
    const unexplained = DASHBOARDS.flatMap(({ panels }) => panels).filter(
      ({ description, unit, queries }) =>
        !/^\S.{15,}\.$/.test(description) ||
        unit === '' ||
        queries.some(
          ({ expression, legend }) => !labelsShown(legend).every((label) => labelNames(expression).includes(label)),
        ),
    );
    expect(unexplained.map(({ title }) => title)).toEqual([]);
  });

  it('are none for the stock LiteLLM image', () => {
    expect(dashboardsOf(settingsWith({ engine: 'litellm' }))).toEqual([]);
  });
});

function labelsShown(legend: string): string[] {
  return [...legend.matchAll(/\{\{(\w+)\}\}/g)].map(([, label = '']) => label);
}

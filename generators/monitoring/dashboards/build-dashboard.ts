import { PanelBuilder as BarGaugeBuilder } from '@grafana/grafana-foundation-sdk/bargauge';
import { BarGaugeDisplayMode, ReduceDataOptionsBuilder, VizOrientation } from '@grafana/grafana-foundation-sdk/common';
import {
  DashboardBuilder,
  DashboardCursorSync,
  DatasourceVariableBuilder,
  ThresholdsConfigBuilder,
  ThresholdsMode,
  type Dashboard,
} from '@grafana/grafana-foundation-sdk/dashboard';
import { DataqueryBuilder } from '@grafana/grafana-foundation-sdk/prometheus';
import { PanelBuilder as StatBuilder } from '@grafana/grafana-foundation-sdk/stat';
import { PanelBuilder as TimeSeriesBuilder } from '@grafana/grafana-foundation-sdk/timeseries';
import type { DashboardText, PanelText, Query } from './panel.ts';

/** Chosen by whoever looks, so that a dashboard names no data source of one Grafana. */
const DATA_SOURCE = { type: 'prometheus', uid: '${datasource}' };

const PANEL_WIDTH = 12;
const PANEL_HEIGHT = 8;

/** A dashboard as Grafana imports it. The same text gives the same dashboard. */
export function buildDashboard({ name, title, description, panels }: DashboardText): Dashboard {
  const dashboard = new DashboardBuilder(title)
    .uid(dashboardUid(name))
    .description(description)
    .tags(['tollgate'])
    .timezone('utc')
    .refresh('1m')
    .time({ from: 'now-6h', to: 'now' })
    .tooltip(DashboardCursorSync.Crosshair)
    .withVariable(new DatasourceVariableBuilder('datasource').label('Data source').type('prometheus'));
  for (const [index, panel] of panels.entries()) dashboard.withPanel(buildPanel(panel, index + 1));
  return dashboard.build();
}

/** A dashboard's address in Grafana. It never changes, so that links to it live on. */
export function dashboardUid(name: string): string {
  return `tollgate-${name}`;
}

function buildPanel(panel: PanelText, id: number) {
  const builder = builderOf(panel.kind)
    .id(id)
    .title(panel.title)
    .description(panel.description)
    .unit(panel.unit)
    .datasource(DATA_SOURCE)
    .span(PANEL_WIDTH)
    .height(PANEL_HEIGHT)
    .thresholds(thresholdsOf(panel));
  for (const [index, query] of panel.queries.entries()) builder.withTarget(buildQuery(panel, query, index));
  return builder;
}

function builderOf(kind: PanelText['kind']) {
  if (kind === 'lines') return new TimeSeriesBuilder().fillOpacity(10).min(0);
  // A number and a bar show what the query says now, not a mean of what it said.
  const last = new ReduceDataOptionsBuilder().calcs(['lastNotNull']);
  if (kind === 'number') return new StatBuilder().reduceOptions(last);
  return new BarGaugeBuilder()
    .reduceOptions(last)
    .orientation(VizOrientation.Horizontal)
    .displayMode(BarGaugeDisplayMode.Basic)
    .min(0);
}

function buildQuery({ kind }: PanelText, { expression, legend }: Query, index: number): DataqueryBuilder {
  const query = new DataqueryBuilder()
    .refId(String.fromCodePoint('A'.codePointAt(0)! + index))
    .datasource(DATA_SOURCE)
    .expr(expression)
    .legendFormat(legend);
  return kind === 'lines' ? query.range() : query.instant();
}

function thresholdsOf({ thresholds }: PanelText): ThresholdsConfigBuilder {
  const config = new ThresholdsConfigBuilder().mode(ThresholdsMode.Absolute);
  if (thresholds === undefined) return config.steps([{ value: null, color: 'green' }]);
  const { orange, red } = thresholds;
  if (red < orange)
    return config.steps([
      { value: null, color: 'red' },
      { value: red, color: 'orange' },
      { value: orange, color: 'green' },
    ]);
  return config.steps([
    { value: null, color: 'green' },
    { value: orange, color: 'orange' },
    { value: red, color: 'red' },
  ]);
}

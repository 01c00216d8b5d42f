import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { stringify } from 'yaml';
import { hashKey } from '../../environments/schema/key-format.ts';
import { ENGINES } from '../../generators/charts/gateway-engines.ts';
import { freePort } from '../../generators/local-cluster/free-port.ts';
import { waitUntil } from '../../generators/local-cluster/wait-until.ts';
import { FOREIGN_METRICS } from '../../generators/monitoring/foreign-metrics.ts';
import { prometheusGroups } from '../../generators/monitoring/prometheus-rule-groups.ts';
import {
  GROUPS,
  PANEL_EXPRESSIONS,
  RECORDS,
  RULE_EXPRESSIONS,
  type NamedExpression,
} from '../generators/monitoring/expressions.ts';
import { labelNames, metricNames } from '../generators/monitoring/metric-names.ts';
import { configFor, TEST_KEY } from '../support/gateway.ts';
import { startGatewayProcess, type GatewayProcess } from '../support/gateway-process.ts';
import { describeWithPrograms } from '../support/real-program.ts';
import { startServerProcess, type ServerProcess } from '../support/server-process.ts';
import { makeTempFolder, removeFolder } from '../support/temp-folder.ts';
import { answerJson, chatCompletion, chatFrames, startUpstream, type TestUpstream } from '../support/upstream.ts';

const FOREIGN = FOREIGN_METRICS.flatMap(({ names }) => names);
const AUTOSCALER = { where: "KEDA's trigger", expression: ENGINES.tollgate.requestsInFlight ?? '' };
const EXPRESSIONS = [...RULE_EXPRESSIONS, ...PANEL_EXPRESSIONS, AUTOSCALER];

let upstream: TestUpstream;
let folder: string;
let gateway: GatewayProcess;

beforeAll(async () => {
  upstream = await startUpstream((request, response) => {
    if (request.body.includes('"stream":true')) {
      response.writeHead(200, { 'content-type': 'text/event-stream' });
      response.end(chatFrames({ words: ['Hello'], hasUsage: true }).join(''));
    } else if (request.body.includes('fail')) answerJson(response, 500, chatCompletion());
    else answerJson(response, 200, chatCompletion());
  });
  folder = makeTempFolder();
  gateway = await startGatewayProcess(folder, busyConfig(upstream.origin));
});

afterAll(async () => {
  await gateway.end('SIGTERM');
  await upstream.close();
  removeFolder(folder);
});

describe('metrics that rules and panels name', () => {
  it('are exported by a gateway, recorded by a rule, or stand in the table of what others export', async () => {
    const text = await metricsText();
    const exported = new Set(
      [...text.matchAll(/^# TYPE (\S+) (\S+)$/gm)].flatMap(([, name = '', type]) => seriesOf(name, type)),
    );
    const known = new Set([...exported, ...RECORDS, ...FOREIGN]);

    const unknown = EXPRESSIONS.flatMap(({ where, expression }) =>
      metricNames(expression)
        .filter((name) => !known.has(name))
        .map((name) => `${where} names ${name}`),
    );

    expect(unknown).toEqual([]);
  });

  it('are all that the table of what others export has', () => {
    const named = new Set(EXPRESSIONS.flatMap(({ expression }) => metricNames(expression)));
    expect(FOREIGN.filter((name) => !named.has(name))).toEqual([]);
  });

  it('have the labels that their expressions ask for', async () => {
    await useEverything();
    const text = await metricsText();
    // Those that the scraper adds to every series of a pod.
    const labels = new Map<string, Set<string>>();
    for (const [, name = '', list = ''] of text.matchAll(/^([a-z_]+)(?:\{(.*)\})? \S+$/gm)) {
      const found = labels.get(name) ?? new Set(['pod', 'instance', 'namespace']);
      for (const [, label = ''] of list.matchAll(/(\w+)="/g)) found.add(label);
      labels.set(name, found);
    }

    const missing = EXPRESSIONS.filter(({ expression }) =>
      metricNames(expression).every((name) => labels.has(name)),
    ).flatMap(({ where, expression }) => {
      const known = new Set(metricNames(expression).flatMap((name) => [...(labels.get(name) ?? [])]));
      return labelNames(expression)
        .filter((label) => !known.has(label))
        .map((label) => `${where} asks for ${label}`);
    });

    expect(missing).toEqual([]);
  });
});

describeWithPrograms(['prometheus', 'promtool'], 'a gateway that is scraped', () => {
  let prometheus: ServerProcess;
  let api: string;

  beforeAll(async () => {
    const port = await freePort();
    api = `http://127.0.0.1:${port}/api/v1`;
    writeFileSync(
      join(folder, 'rules.yaml'),
      stringify({ groups: prometheusGroups(GROUPS).map((group) => ({ ...group, interval: '1s' })) }),
    );
    writeFileSync(join(folder, 'prometheus.yaml'), stringify(prometheusConfig(gateway.address)));
    const args = [
      `--config.file=${join(folder, 'prometheus.yaml')}`,
      `--storage.tsdb.path=${join(folder, 'series')}`,
      `--web.listen-address=127.0.0.1:${port}`,
    ];
    const isReady = async () => (await fetch(`http://127.0.0.1:${port}/-/ready`).catch(() => undefined))?.ok === true;
    prometheus = await startServerProcess('prometheus', args, { isReady });
  });

  afterAll(async () => {
    await prometheus.stop();
  });

  it('exports what a linter of metrics has nothing to say about', async () => {
    const text = await metricsText();
    const own = text.split('\n').filter((line) => /^(# (HELP|TYPE) )?tollgate_/.test(line));
    // It prints nothing; a finding is an exit code and so an error.
    expect(execFileSync('promtool', ['check', 'metrics'], { input: `${own.join('\n')}\n`, encoding: 'utf8' })).toBe('');
  });

  it('fills every panel that is about it', async () => {
    const own = PANEL_EXPRESSIONS.filter(
      ({ expression }) => !metricNames(expression).some((name) => FOREIGN.includes(name)),
    );
    let empty: NamedExpression[] = own;
    await waitUntil('every panel shows a number', async () => {
      await useEverything();
      const shown = await Promise.all(empty.map(({ expression }) => showsNumber(api, expression)));
      empty = empty.filter((_panel, index) => shown[index] === false);
      return empty.length === 0;
    }).catch(() => undefined);

    expect(empty.map(({ where, expression }) => `${where}: ${expression}`)).toEqual([]);
  });

  it('evaluates every rule without an error', async () => {
    let rules: EvaluatedRule[] = [];
    await waitUntil('every rule was evaluated', async () => {
      rules = await evaluatedRules(api);
      return rules.every(({ health }) => health !== 'unknown');
    });

    expect(rules).toHaveLength(RULE_EXPRESSIONS.length);
    expect(rules.filter(({ health }) => health !== 'ok')).toEqual([]);
  });
});

/** What is needed for a sample of every metric: two models, of which one has no price, and callers that are refused. */
function busyConfig(origin: string): object {
  const model = { input_cost_per_token: 0.000_001, output_cost_per_token: 0.000_002 };
  const {
    model_list: models,
    teams,
    virtual_keys: keys,
    ...rest
  } = configFor(origin, { team: { max_budget: 1_000 }, model });
  const [chat] = models;
  const [key] = keys;
  const noPrice = { model: 'openai/a-model-without-a-price', api_base: `${origin}/v1`, api_key: 'sk-upstream' };
  return {
    ...rest,
    model_list: [chat, { model_name: 'other', litellm_params: noPrice }],
    teams,
    virtual_keys: [
      { ...key, max_budget: 500 },
      { token: hashKey('sk-poor-0123456789abcdef'), key_alias: 'poor', team_id: 'demo', max_budget: 0 },
      { token: hashKey('sk-slow-0123456789abcdef'), key_alias: 'slow', team_id: 'demo', rpm_limit: 0 },
    ],
    litellm_settings: { cache: true, cache_params: { type: 'local' } },
  };
}

async function metricsText(): Promise<string> {
  return (await fetch(`${gateway.address}/metrics`)).text();
}

/** Sends a request of every kind that something counts. */
async function useEverything(): Promise<void> {
  const ask = async (fields: object, key = TEST_KEY): Promise<void> => {
    const body = JSON.stringify({ model: 'chat', messages: [{ role: 'user', content: 'Hi' }], ...fields });
    const headers = { authorization: `Bearer ${key}`, 'content-type': 'application/json' };
    await (await fetch(`${gateway.address}/v1/chat/completions`, { method: 'POST', headers, body })).text();
  };
  await ask({});
  await ask({ user: String(Math.random()) });
  await ask({ stream: true, user: String(Math.random()) });
  await ask({ model: 'other', user: String(Math.random()) });
  await ask({ user: `fail ${Math.random()}` });
  for (const key of ['sk-poor-0123456789abcdef', 'sk-slow-0123456789abcdef', 'sk-nobody-0123456789ab'])
    await ask({}, key);
}

function seriesOf(name: string, type: string | undefined): string[] {
  return type === 'histogram' ? [`${name}_bucket`, `${name}_sum`, `${name}_count`] : [name];
}

/** Scrapes and evaluates each second, with the labels that a PodMonitor gives to the series of a pod. */
function prometheusConfig(address: string): object {
  const targets = [address.replace('http://', '')];
  return {
    global: { scrape_interval: '1s', evaluation_interval: '1s' },
    rule_files: ['rules.yaml'],
    scrape_configs: [
      { job_name: 'gateway', static_configs: [{ targets, labels: { pod: 'gateway-1', namespace: 'tollgate' } }] },
    ],
  };
}

/** Whether a query has an answer that can be drawn. */
async function showsNumber(api: string, expression: string): Promise<boolean> {
  const response = await fetch(`${api}/query?${new URLSearchParams({ query: expression }).toString()}`);
  const { data } = (await response.json()) as { data: { result: { value: [number, string] }[] } };
  return data.result.some(({ value: [, text] }) => Number.isFinite(Number(text)));
}

interface EvaluatedRule {
  readonly name: string;
  readonly health: string;
  readonly lastError?: string;
}

async function evaluatedRules(api: string): Promise<EvaluatedRule[]> {
  const response = await fetch(`${api}/rules`);
  const { data } = (await response.json()) as { data: { groups: { rules: EvaluatedRule[] }[] } };
  return data.groups.flatMap(({ rules }) => rules);
}

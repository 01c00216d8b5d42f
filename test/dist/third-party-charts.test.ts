import { execFile, execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { describe, expect, it } from 'vitest';
import { parseAllDocuments } from 'yaml';
import { CHARTS } from '../../environments/schema/artifacts.ts';
import { loadEnvironment } from '../../environments/schema/load-environment.ts';
import { renderContext, type RenderContext } from '../../generators/render-context.ts';
import type { ThirdPartyChart } from '../../generators/third-party/third-party-chart.ts';
import { THIRD_PARTY_CHARTS } from '../../generators/third-party/third-party-charts.ts';
import { valuesText } from '../../generators/third-party/values-text.ts';
import type { Manifest } from '../../generators/validate-manifests.ts';
import { missingPrograms } from '../support/real-program.ts';
import { tempFolder } from '../support/temp-folder.ts';
import { committedEnvironments } from './manifests.ts';

const PULL_TIMEOUT_MS = 20_000;
const TEST_TIMEOUT_MS = 60_000;
const ENVIRONMENTS = join(import.meta.dirname, '../../environments');
const LONG_AGO = new Date(0);
// act says so too, on a laptop.
const isOnGitHub = process.env['GITHUB_ACTIONS'] === 'true' && process.env['ACT'] !== 'true';

const contexts = committedEnvironments().map((name) => {
  const { environment } = loadEnvironment(join(ENVIRONMENTS, name), { now: LONG_AGO });
  if (environment === undefined) throw new Error(`environments/${name} has an error: npm run check:environments`);
  return renderContext(environment);
});

describe.each(THIRD_PARTY_CHARTS)('the chart of $name', (chart) => {
  it.each(environmentsOf(chart))(
    'takes the values of $name, and makes only kinds that are listed for it',
    { timeout: TEST_TIMEOUT_MS },
    async ({ context }) => {
      const archive = await pull(context, chart);
      if (archive === undefined) return;
      const manifests = template(context, chart, archive);
      expect(manifests.length).toBeGreaterThan(0);
      const listed = chart.kinds.map(({ group, kind }) => `${group}/${kind}`);
      expect(manifests.map(groupAndKind).filter((kind) => !listed.includes(kind))).toEqual([]);
    },
  );
});

function environmentsOf(chart: ThirdPartyChart): { name: string; context: RenderContext }[] {
  return contexts
    .filter((context) => chart.isUsed(context))
    .map((context) => ({ name: context.environment.name, context }));
}

/** The chart's archive from its maker. Where the registry does not answer: a failure on GitHub, elsewhere one line. */
async function pull({ environment }: RenderContext, { chart, name }: ThirdPartyChart): Promise<string | undefined> {
  const folder = tempFolder();
  const { registry, repository } = CHARTS[chart];
  const version = environment.release.charts[chart]?.version ?? '';
  const command = ['pull', `oci://${registry}/${repository}`, '--version', version, '--destination', folder];
  try {
    await promisify(execFile)('helm', command, { timeout: PULL_TIMEOUT_MS });
  } catch (error) {
    const reason = missingPrograms(['helm']).length > 0 ? 'helm is not on PATH' : `${registry} gave no chart`;
    if (isOnGitHub) throw new Error(`${name} ${version} was not expanded: ${reason}`, { cause: error });
    console.warn(`not run: helm template of ${name} ${version}, since ${reason}`);
    return undefined;
  }
  return join(folder, `${repository.slice(repository.lastIndexOf('/') + 1)}-${version}.tgz`);
}

function template(context: RenderContext, chart: ThirdPartyChart, archive: string): Manifest[] {
  const values = join(tempFolder(), 'values.yaml');
  writeFileSync(values, valuesText(chart.settings(context)));
  const crds = chart.skipsCrds ? '--skip-crds' : '--include-crds';
  const command = ['template', chart.name, archive, '--namespace', chart.namespace, '--values', values, crds];
  const text = execFileSync('helm', command, { encoding: 'utf8', timeout: PULL_TIMEOUT_MS });
  return parseAllDocuments(text).flatMap((made) => (made.toJSON() as Manifest | null) ?? []);
}

function groupAndKind({ apiVersion, kind }: Manifest): string {
  return `${apiVersion.includes('/') ? apiVersion.split('/')[0] : ''}/${kind}`;
}

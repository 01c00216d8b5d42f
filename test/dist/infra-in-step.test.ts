import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { formatProblem } from '../../environments/schema/parse-yaml.ts';
import { committedResources, evaluateInfrastructure } from '../../generators/infrastructure/evaluate-infrastructure.ts';
import { describeWithPrograms } from '../support/real-program.ts';
import { DIST } from './manifests.ts';
import { renderAuthored } from './render-authored.ts';

const { infrastructure } = renderAuthored();
const ROOT = join(import.meta.dirname, '../..');

describeWithPrograms(['bicep'], 'the committed resources.json', () => {
  it('is what the compiler makes of infra/ for every environment, twice the same', async () => {
    for (const _ of [1, 2]) {
      const fresh = await evaluateInfrastructure({
        root: ROOT,
        infrastructure,
        variables: { ...process.env, CI: 'true' },
      });

      expect(fresh.problems.map(formatProblem)).toEqual([]);
      expect(Object.fromEntries(fresh.files)).toEqual(Object.fromEntries(committedResources(DIST, infrastructure)));
    }
  });

  it('has every resource once, under an id that is known before anything is deployed', () => {
    for (const { environment } of infrastructure) {
      const text = readFileSync(join(DIST, environment, 'infra/resources.json'), 'utf8');
      const ids = (JSON.parse(text) as { id: string }[]).map(({ id }) => id);

      expect(ids.length).toBeGreaterThan(50);
      expect(new Set(ids.map((id) => id.toLowerCase())).size).toBe(ids.length);
      expect(ids.filter((id) => /[[\]]/.test(id))).toEqual([]);
    }
  });
});

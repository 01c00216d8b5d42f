import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { z } from 'zod';
import type { ThirdPartyChart } from '../../../generators/third-party/third-party-chart.ts';

const FOLDER = join(import.meta.dirname, '../../../generators/third-party/value-keys');

const ValueKeys = z.strictObject({
  chart: z.string(),
  version: z.string(),
  readFrom: z.array(
    z.strictObject({
      repository: z.url(),
      path: z.string().endsWith('values.yaml'),
      commit: z.string().regex(/^[0-9a-f]{40}$/),
      of: z.string(),
    }),
  ),
  /** Whether one of them is the values.yaml of exactly this version. */
  isExactVersion: z.boolean(),
  /** Maps whose keys are free. */
  openMaps: z.array(z.string()),
  keys: z.array(z.string()),
});

const FILES = { argocd: 'argocd', cert_manager: 'certificates', nginx_ingress: 'nginx-ingress' };

/** The names of a chart's values, as its maker's values.yaml has them. */
export function readValueKeys({ chart }: Pick<ThirdPartyChart, 'chart'>): z.infer<typeof ValueKeys> {
  return ValueKeys.parse(JSON.parse(readFileSync(join(FOLDER, `${FILES[chart]}.json`), 'utf8')));
}

/** Whether a path is a value, a map of values, or lies in a map whose keys are free. */
export function isKnownPath({ keys, openMaps }: Pick<z.infer<typeof ValueKeys>, 'keys' | 'openMaps'>, path: string) {
  const isKey = keys.some((key) => key === path || key.startsWith(`${path}.`));
  return isKey || openMaps.some((map) => map === path || path.startsWith(`${map}.`));
}

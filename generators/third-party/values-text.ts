import { Document, isMap, Scalar, type YAMLMap } from 'yaml';
import type { ChartSetting } from './third-party-chart.ts';

/** The keys of a path such as `configs.cm.admin\.enabled`. */
export function keysOf(path: string): string[] {
  return path.split(/(?<!\\)\./).map((key) => key.replaceAll('\\.', '.'));
}

/** A chart's values as YAML, in the order of the settings, each below its reason. Throws when two settings overlap. */
export function valuesText(settings: readonly ChartSetting[]): string {
  checkOverlap(settings.map(({ path }) => path));
  const values = new Document({}, { version: '1.1', aliasDuplicateObjects: false });
  for (const setting of settings) place(values, setting);
  return values.toString({ lineWidth: 0 });
}

function checkOverlap(paths: readonly string[]): void {
  for (const [index, path] of paths.entries()) {
    const other = paths.find((inner, at) => at !== index && `${inner}.`.startsWith(`${path}.`));
    if (other !== undefined) throw new Error(`the settings ${path} and ${other} overlap: write one of them`);
  }
}

function place(values: Document, { path, value, why, isUnverified }: ChartSetting): void {
  const outer = keysOf(path);
  const last = outer.pop();
  const map = outer.reduce((inner, key) => innerMap(values, inner, key), values.contents as unknown as YAMLMap);
  const key = new Scalar(last);
  key.commentBefore = ` ${isUnverified ? `unverified: ${why}` : why}`;
  map.add(values.createPair(key, value));
}

function innerMap(values: Document, map: YAMLMap, key: string): YAMLMap {
  const found: unknown = map.get(key, true);
  if (isMap(found)) return found;
  const made = values.createNode({}) as YAMLMap;
  map.add(values.createPair(key, made));
  return made;
}

import { Document, isMap, Scalar, type YAMLMap } from 'yaml';
import type { ChartSetting } from './third-party-chart.ts';

/** The keys of a path such as `configs.cm.resource\.customizations`. */
export function keysOf(path: string): string[] {
  return path.split(/(?<!\\)\./).map((key) => key.replaceAll('\\.', '.'));
}

/** A chart's values as YAML, in the order of the settings, each below its reason. Throws when two settings overlap. */
export function valuesText(settings: readonly ChartSetting[]): string {
  const document = new Document({}, { version: '1.1', aliasDuplicateObjects: false });
  for (const setting of settings) place(document, document.contents as unknown as YAMLMap, setting);
  return document.toString({ lineWidth: 0 });
}

function place(document: Document, root: YAMLMap, { path, value, why, isUnverified }: ChartSetting): void {
  const keys = keysOf(path);
  const last = keys.pop();
  let map = root;
  for (const name of keys) map = innerMap(document, map, name, path);
  if (map.has(last)) throw new Error(`two settings have the path ${path}`);

  const key = new Scalar(last);
  key.commentBefore = ` ${isUnverified ? `unverified: ${why}` : why}`;
  map.add(document.createPair(key, value));
}

function innerMap(document: Document, map: YAMLMap, name: string, path: string): YAMLMap {
  const found: unknown = map.get(name, true);
  if (isMap(found)) return found;
  if (found !== undefined) throw new Error(`${path} lies inside another setting`);
  const made = document.createNode({}) as YAMLMap;
  map.add(document.createPair(name, made));
  return made;
}

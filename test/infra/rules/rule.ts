import type { PredictedResource } from '../../../generators/infrastructure/predicted-resources.ts';
import type { CompiledTemplate } from './compiled-steps.ts';

/** A rule over what the templates would create. Every finding names the resource. */
export interface ResourceRule {
  readonly title: string;
  /** As infra/README.md gives it. */
  readonly reason: string;
  readonly find: (resources: readonly PredictedResource[]) => string[];
}

/** A rule over the text of the templates, by path below infra/. Every finding names file and line. */
export interface TemplateRule {
  readonly title: string;
  readonly reason: string;
  readonly find: (templates: ReadonlyMap<string, string>) => string[];
}

/** A rule over main.bicep and all that it calls, as the compiler writes it. Every finding names the symbols. */
export interface CompiledRule {
  readonly title: string;
  readonly reason: string;
  readonly find: (main: CompiledTemplate) => string[];
}

/** Resources of one type, written as Azure writes it. */
export function ofType(resources: readonly PredictedResource[], type: string): PredictedResource[] {
  return resources.filter((resource) => resource.type === type);
}

/** The value at a path such as `properties.network.publicNetworkAccess`; undefined where there is none. */
export function valueAt(value: unknown, path: string): unknown {
  return path
    .split('.')
    .reduce<unknown>(
      (inner, key) =>
        typeof inner === 'object' && inner !== null ? (inner as Readonly<Record<string, unknown>>)[key] : undefined,
      value,
    );
}

/** The list at a path; empty where there is none. */
export function listAt(value: unknown, path: string): unknown[] {
  const list = valueAt(value, path);
  return Array.isArray(list) ? list : [];
}

/** The text at a path; empty where there is none. */
export function textAt(value: unknown, path: string): string {
  const text = valueAt(value, path);
  return typeof text === 'string' ? text : '';
}

/** An id without what all of them start with. */
export function shortId(id: string): string {
  return id.replace(/^\/subscriptions\/[^/]+\/(resourceGroups\/)?/, '');
}

/** The last part of an id: what the resource itself is called. */
export function lastName(id: string): string {
  return id.slice(id.lastIndexOf('/') + 1);
}

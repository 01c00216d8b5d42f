import type { PredictedResource } from '../../generators/infrastructure/predicted-resources.ts';

/** A resource of the article, and where infra/README.md says that it stands. */
export interface ArticleRow {
  readonly words: string;
  readonly type: string;
  readonly name: string;
  /** What its JSON holds. */
  readonly says: readonly string[];
  readonly file: string;
}

/** The rows of the article's resources, with dev's own names. */
export function articleRows(readme: string): ArticleRow[] {
  const cells = /^\| ([^|]+) \| `(Microsoft\.[^|`]+)` \| `([^|`]+)` \|([^|]*)\| `([^|`]+)` \|$/gm;
  return [...readme.matchAll(cells)].map(([, words = '', type = '', name = '', says = '', file = '']) => ({
    words: words.trim(),
    type,
    name: inDev(name),
    says: quoted(says).map(inDev),
    file,
  }));
}

/** What rows say that is not so, of the resources of dev and the text of the templates. */
export function findFalseRows(
  rows: readonly ArticleRow[],
  resources: readonly PredictedResource[],
  templates: ReadonlyMap<string, string>,
): string[] {
  return rows.flatMap(({ words, type, name, says, file }) => {
    const resource = resources.find((each) => each.type === type && each['name'] === name);
    if (resource === undefined) return [`${words}: there is no ${type} ${name}`];
    const json = JSON.stringify(resource);
    const unsaid = says.filter((text) => !json.includes(text)).map((text) => `${words}: ${name} does not say ${text}`);
    return isMadeIn(type, templates.get(file) ?? '') ? unsaid : [...unsaid, `${words}: ${file} makes no ${type}`];
  });
}

/** Whether a template makes such a resource. A child that stands within its parent is written without its type. */
export function isMadeIn(type: string, template: string): boolean {
  const child = type.slice(type.lastIndexOf('/') + 1);
  return new RegExp(`^ *resource \\w+ '(${type}@[^']+|${child})' = `, 'm').test(template);
}

/** The texts in backticks of a cell. */
export function quoted(cell: string): string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map(([, text = '']) => text);
}

function inDev(text: string): string {
  return text.replaceAll('<env>', 'dev').replaceAll('<suffix>', 'k7m2');
}

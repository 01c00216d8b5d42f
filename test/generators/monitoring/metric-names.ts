const STRINGS = /"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|`[^`]*`/g;
const MATCHERS = /\{[^{}]*\}/g;
const RANGES = /\[[^[\]]*\]/g;
const LABEL_LISTS = /\b(by|without|on|ignoring|group_left|group_right)\s*\(([^()]*)\)/g;
const WORDS = new Set([
  'and',
  'or',
  'unless',
  'bool',
  'offset',
  'by',
  'without',
  'on',
  'ignoring',
  'group_left',
  'group_right',
  'inf',
  'nan',
]);
const IDENTIFIER = /(?<![\w:.$])[a-zA-Z_:][\w:]*(?!\s*\()\b(?![\w:])/g;

/** The metrics that a PromQL expression reads: what is left when all else that looks like a name is taken away. */
export function metricNames(expression: string): string[] {
  const bare = expression.replace(STRINGS, '').replace(MATCHERS, ' ').replace(RANGES, ' ').replace(LABEL_LISTS, ' ');
  const names = [...bare.matchAll(IDENTIFIER)].map(([name]) => name).filter((name) => !WORDS.has(name.toLowerCase()));
  return [...new Set(names)].toSorted();
}

/** The labels that an expression names, in matchers and in lists. */
export function labelNames(expression: string): string[] {
  const bare = expression.replace(STRINGS, '""');
  const inLists = [...bare.matchAll(LABEL_LISTS)].flatMap(([, , list = '']) => list.split(','));
  const inMatchers = [...bare.matchAll(/([a-zA-Z_]\w*)\s*(?:=~|!~|!=|=)\s*""/g)].map(([, name = '']) => name);
  return [...new Set([...inLists, ...inMatchers].map((name) => name.trim()))].filter((name) => name !== '').toSorted();
}

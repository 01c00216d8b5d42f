import { vaultSecretName } from '../../environments/schema/azure-names.ts';
import { formatProblem } from '../../environments/schema/parse-yaml.ts';
import type { Gap, NeededSecret } from './findings.ts';
import type { PlannedImport } from './import-litellm.ts';

/** All that a person has to know after an import, as Markdown. It holds no value of a secret. */
export function reportText({ files, findings, problems }: PlannedImport, isWritten: boolean): string {
  const { gaps, secrets, notes } = findings;
  const errors = problems.filter(({ level }) => level === 'error').length;
  const sections = [
    section(
      isWritten ? 'Written' : 'Would be written',
      files.map(({ path, before }) => `- ${path} (${before === undefined ? 'new' : 'changed'})`),
    ),
    section(
      'Decided on the way',
      notes.map((note) => `- ${note}`),
    ),
    section('Without a counterpart', gapTable(gaps)),
    section('Values that the vault has to hold', secretTable(secrets)),
    section(
      `What \`npm run check\` says of it: ${count(errors, 'error')}, ${count(problems.length - errors, 'warning')}`,
      problems.map((problem) => formatProblem(problem)),
    ),
  ];
  return sections.filter((text) => text !== '').join('\n\n');
}

function section(title: string, lines: readonly string[]): string {
  return lines.length === 0 ? '' : [`## ${title}`, '', ...lines].join('\n');
}

const IN_READING_ORDER = new Intl.Collator('en', { numeric: true });

/** What has the same reason and the same fix stands in one row. */
function gapTable(gaps: readonly Gap[]): string[] {
  const byFound = merge(gaps, ({ found, reason, advice }) => [found, reason, advice], 'place');
  const merged = merge(byFound, ({ place, reason, advice }) => [place, reason, advice], 'found');
  const rows = merged.toSorted((a, b) => IN_READING_ORDER.compare(a.place, b.place));
  return table(
    ['where', 'what', 'why', 'what to do'],
    rows.map(({ place, found, reason, advice }) => [place, found, reason, advice]),
  );
}

function merge(gaps: readonly Gap[], keyOf: (gap: Gap) => string[], field: 'place' | 'found'): Gap[] {
  const groups = Map.groupBy(gaps, (gap) => JSON.stringify(keyOf(gap)));
  return [...groups.values()].flatMap((group) => {
    const [first] = group;
    return first === undefined ? [] : [{ ...first, [field]: listed(group.map((gap) => gap[field])) }];
  });
}

const MOST_LISTED = 5;

function listed(texts: readonly string[]): string {
  const different = [...new Set(texts)];
  const more = different.length > MOST_LISTED ? ` and ${different.length - MOST_LISTED} more` : '';
  return different.slice(0, MOST_LISTED).join(', ') + more;
}

function secretTable(secrets: readonly NeededSecret[]): string[] {
  const rows = secrets.map(({ variable, source }) => [`os.environ/${variable}`, vaultSecretName(variable), source]);
  return table(['in our files', 'secret of the vault', 'its value is now in'], rows);
}

function table(head: readonly string[], rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return [];
  return [head, head.map(() => '---'), ...rows].map((cells) => `| ${cells.map(cellText).join(' | ')} |`);
}

function count(number: number, noun: string): string {
  return `${number} ${noun}${number === 1 ? '' : 's'}`;
}

function cellText(text: string): string {
  return text.replaceAll('|', '\\|').replaceAll(/\s+/g, ' ');
}

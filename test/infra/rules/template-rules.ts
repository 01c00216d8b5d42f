import versions from '../../../infra/api-versions.json' with { type: 'json' };
import type { TemplateRule } from './rule.ts';

const GUID = /\b[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}\b/i;
const LONGEST_MAIN = 150;
const LONGEST_MEDIAN = 120;

export const TEMPLATE_RULES: readonly TemplateRule[] = [
  {
    title: 'templates use the api versions of the table',
    reason: 'Also for what is only looked up, which no snapshot shows.',
    find: (templates) =>
      findLines(templates, /'(Microsoft\.[\w./]+)@([\w-]+)'/, ([, type = '', version]) =>
        (versions as Readonly<Record<string, string>>)[type] === version
          ? undefined
          : `${type}@${version} is not in api-versions.json`,
      ),
  },
  {
    title: 'role ids and private zones stand in tables alone',
    reason: 'A copy in a template is one that the other reader of the table does not see.',
    find: (templates) => [
      ...findLines(templates, GUID, ([id]) => `${id} belongs into roles.json`),
      ...findLines(templates, /'private(link)?\.[^']*/, ([zone]) => `${zone}' belongs into private-dns-zones.json`),
    ],
  },
  {
    title: 'main.bicep calls and does nothing else, and files stay short',
    reason: 'What is deployed is read in one screen, and a module holds what its name says.',
    find: findLongTemplates,
  },
];

function findLines(
  templates: ReadonlyMap<string, string>,
  form: RegExp,
  judge: (match: RegExpExecArray) => string | undefined,
): string[] {
  return [...templates].flatMap(([path, text]) =>
    text.split('\n').flatMap((line, index) => {
      const match = form.exec(line);
      const finding = match === null ? undefined : judge(match);
      return finding === undefined ? [] : [`${path}:${index + 1}: ${finding}`];
    }),
  );
}

function findLongTemplates(templates: ReadonlyMap<string, string>): string[] {
  const main = templates.get('main.bicep') ?? '';
  const lengths = [...templates]
    .filter(([path]) => path.startsWith('modules/'))
    .map(([, text]) => text.split('\n').length)
    .toSorted((a, b) => a - b);
  const median = lengths[Math.floor(lengths.length / 2)] ?? 0;
  const resource = main.search(/^resource /m);
  return [
    ...(resource === -1 ? [] : [`main.bicep:${lineAt(main, resource)}: a resource belongs into a module`]),
    ...(main.split('\n').length < LONGEST_MAIN
      ? []
      : [`main.bicep:${LONGEST_MAIN}: it is longer than a screen or two`]),
    ...(median < LONGEST_MEDIAN ? [] : [`modules/: the median module has ${median} lines`]),
  ];
}

function lineAt(text: string, offset: number): number {
  return text.slice(0, Math.max(offset, 0)).split('\n').length;
}

import type { AzureChange, ResourceChange } from '../plan.ts';
import type { PlanSection } from '../print-section.ts';
import { table } from '../print-table.ts';
import { code, counted, listed, plain } from '../print-text.ts';
import { contentsOf } from './contents-of.ts';
import { groupSentences } from './group-sentences.ts';
import { isNilSubscription, lastingThings } from './lasting-things.ts';
import { isResourceGroup, kindOf } from './resource-kinds.ts';

const MOST_LINES = 40;
/** Below it the sentences say all that a table of families would. */
const FEWEST_COUNTED = 4;

const NOT_BY_THE_MERGE =
  'This is worked out from the templates in `infra/` alone, without asking Azure what stands there. The merge changes ' +
  'nothing in Azure; the next deployment does.';
const TAKEN_OUT =
  ' What is taken out is looked after by nobody from then on: the deployment deletes it, or leaves it there, where it goes on costing money.';

/** A chapter for each environment that changes in Azure: what it means, in words, and how much of what. */
export function printAzure(changes: readonly AzureChange[]): PlanSection[] {
  return changes.map((change) => ({
    title: `Azure: ${code(change.environment)}`,
    markdown: chapterOf(change)
      .filter((text) => text !== '')
      .join('\n\n'),
  }));
}

function chapterOf(change: AzureChange): string[] {
  const { kind, environment, unknown } = change;
  if (unknown !== undefined && kind === 'changed') return [`What changes in Azure is not known. ${unknown}`];
  if (unknown !== undefined) return [`What ${code(environment)} is made of in Azure is not known. ${unknown}`];
  if (kind === 'added') return printAdded(change);
  return kind === 'removed' ? printRemoved(change) : printChanged(change);
}

function printChanged({ subscription, resources }: AzureChange): string[] {
  return [
    subscription === undefined ? '' : printMove(subscription),
    printSentences(resources),
    `${NOT_BY_THE_MERGE}${resources.some(({ kind }) => kind === 'removed') ? TAKEN_OUT : ''}`,
    resources.length < FEWEST_COUNTED ? '' : familyTable(resources),
  ];
}

function printMove({ before, after }: { before: string; after: string }): string {
  if (isNilSubscription(before))
    return `The environment is given the subscription ${code(after)} to stand in. It had none so far, so nothing is moved.`;
  return `**Everything moves** from the subscription ${code(before)} to ${code(after)}: it is made anew there, with nothing in it, and what stands in the old one stays there with its data.`;
}

function printSentences(resources: readonly ResourceChange[]): string {
  const groups = groupSentences(resources);
  const [only, another] = groups;
  if (only === undefined) return '';
  const rest = whatIsDeleted(resources);
  if (another === undefined) {
    const lead = `${plain(only.says)}${rest === 'nothing is deleted' ? `; ${rest}` : ''}.`;
    const tail = only.effects.length === 0 ? '' : ` ${plain(only.effects.join(' '))}`;
    return rest === 'nothing is deleted' ? `${lead}${tail}` : `${lead}${tail} ${sentence(rest)}`.trimEnd();
  }
  const lines = groups.map(({ says, effects }) => `- ${plain([`${says}.`, ...effects].join(' '))}`);
  const left = lines.length - MOST_LINES;
  return [
    ...lines.slice(0, MOST_LINES),
    ...(left > 0 ? [`- and ${left.toLocaleString('en-US')} more`] : []),
    '',
    sentence(rest),
  ].join('\n');
}

/** A clause on what is lost. */
function whatIsDeleted(resources: readonly ResourceChange[]): string {
  const refused = resources.filter(({ isRefused }) => isRefused).length;
  const removed = resources.filter(({ kind }) => kind === 'removed');
  const lasting = lastingThings(removed).length;
  if (refused > 0)
    return `**Azure refuses the deployment while ${refused === 1 ? 'this stands' : `these ${refused.toLocaleString('en-US')} stand`}${lasting > 0 ? ', and what cannot be made anew is taken out' : ''}**`;
  if (removed.length === 0) return 'nothing is deleted';
  if (lasting === 0) return 'nothing that holds data is deleted';
  return `**with ${lasting.toLocaleString('en-US')} of them goes what cannot be made anew**`;
}

function sentence(clause: string): string {
  const [, mark = '', text = ''] = /^(\**)(.*?)\**$/.exec(clause) ?? [];
  return `${mark}${text.charAt(0).toUpperCase()}${text.slice(1)}.${mark}`;
}

function printAdded({ environment, resources }: AzureChange): string[] {
  return [
    `${code(environment)} would be made of ${counted(resources.length, 'thing')} in Azure, all of them new.`,
    NOT_BY_THE_MERGE,
    familyTable(resources),
  ];
}

function printRemoved({ environment, resources }: AzureChange): string[] {
  const lines = resources
    .filter((resource) => lastingThings([resource]).length > 0)
    .map((resource) => {
      const { noun, holds = '' } = kindOf(resource.type);
      // The first says what is lost, which the line does too.
      return `- ${plain([`${noun} ${resource.name}: ${holds}.`, ...resource.effects.slice(1)].join(' '))}`;
    });
  const groups = listed(ownGroups(resources).map(code));
  return [
    `The merge deletes nothing of ${code(environment)} in Azure: all of it stays, and costs money, until somebody deletes its resource groups${groups === '' ? '' : ` ${groups}`}.`,
    lines.length === 0 ? '' : `Whoever does that deletes with them:\n\n${lines.join('\n')}`,
    printLeftBehind(resources),
    familyTable(resources, 'What stands there'),
  ];
}

function ownGroups(resources: readonly ResourceChange[]): string[] {
  return resources.filter(({ type }) => isResourceGroup(type)).map(({ name }) => name);
}

/** What stands in a group of others does not go with one's own. */
function printLeftBehind(resources: readonly ResourceChange[]): string {
  const own = new Set(ownGroups(resources));
  const left = resources.filter(({ id }) => !own.has(groupOf(id) ?? ''));
  if (left.length === 0 || own.size === 0) return '';
  const places = [...new Set(left.map(({ id }) => groupOf(id)))].map((group) =>
    group === undefined ? 'the subscription itself' : code(group),
  );
  const [stand, stay] = left.length === 1 ? ['stands', 'stays'] : ['stand', 'stay'];
  return `${counted(left.length, 'thing')} of it ${stand} outside of these groups, in ${listed(places)}, and ${stay} even then: ${plain(contentsOf(left))}.`;
}

function groupOf(id: string): string | undefined {
  return /\/resourceGroups\/([^/]+)/i.exec(id)?.[1];
}

function familyTable(resources: readonly ResourceChange[], title = titleOf(resources)): string {
  const families = Map.groupBy(resources, ({ type }) => kindOf(type).family);
  const isMixed = new Set(resources.map(({ kind }) => kind)).size > 1;
  const count = (group: readonly ResourceChange[], kind: ResourceChange['kind']) => {
    const found = group.filter((each) => each.kind === kind).length;
    return found === 0 ? '' : found.toLocaleString('en-US');
  };
  return table(
    [...families],
    [
      { title: 'Part', cell: ([family]) => family },
      { title, cell: ([, group]) => plain(contentsOf(group)) },
      ...(isMixed
        ? [
            { title: 'New', cell: ([, group]: [string, ResourceChange[]]) => count(group, 'added') },
            { title: 'Changed', cell: ([, group]: [string, ResourceChange[]]) => count(group, 'changed') },
            { title: 'Taken out', cell: ([, group]: [string, ResourceChange[]]) => count(group, 'removed') },
          ]
        : []),
    ],
  );
}

/** Where everything happens alike, the column says so. */
function titleOf(resources: readonly ResourceChange[]): string {
  const [kind, another] = new Set(resources.map((each) => each.kind));
  return kind === undefined || another !== undefined
    ? 'What'
    : { added: 'New', changed: 'Changed', removed: 'Taken out' }[kind];
}

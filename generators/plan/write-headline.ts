import { azureClauses } from './azure/headline-azure.ts';
import { keyClauses, teamClauses } from './headline-keys.ts';
import { modelClauses } from './headline-models.ts';
import { ceilingClauses, portionClauses, shortUsd } from './headline-money.ts';
import { counted, shownNames } from './headline-names.ts';
import { settingClauses } from './headline-settings.ts';
import type { AzureChange, ComponentChange, EnvironmentChange, FileChange, Plan } from './plan.ts';

const MOST_CLAUSES = 7;
const MOST_ENVIRONMENTS = 3;
const MOST_CHARACTERS = 900;

/**
 * The plan in one line of plain English, production first; at most 900 characters. The names in it are as their authors
 * wrote them: whoever prints it escapes it.
 */
export function writeHeadline(plan: Plan): string {
  const paragraphs = describeEnvironments(plan);
  const rest = [...untouched(plan), ...inTheWay(plan)];
  const [first, second] = paragraphs;
  if (first === undefined) return ['nothing changes in any environment', ...rest].join('; ');
  if (second === undefined) return bounded([...first.clauses, ...rest].join('; '));
  const sentences = paragraphs.map(({ name, clauses }) => `In ${name}: ${clauses.join('; ')}`);
  return bounded([...sentences, ...(rest.length === 0 ? [] : [rest.join('; ')])].join('. '));
}

interface Paragraph {
  readonly name: string;
  readonly clauses: readonly string[];
}

function describeEnvironments({ environments, manifests, azure }: Plan): Paragraph[] {
  const rendered = Map.groupBy(manifests, ({ environment }) => environment);
  const written = new Map(environments.map((change) => [change.name, change]));
  const inAzure = new Map(azure.map((change) => [change.environment, change]));
  const names = [...new Set([...written.keys(), ...rendered.keys(), ...inAzure.keys()])];
  const paragraphs = names.slice(0, MOST_ENVIRONMENTS).map((name): Paragraph => {
    const change = written.get(name);
    const clauses =
      change === undefined
        ? onlyRendered(name, rendered.get(name), inAzure.get(name))
        : describe(change, rendered.get(name), inAzure.get(name));
    return { name, clauses: clauses.length > MOST_CLAUSES ? cut(clauses) : clauses };
  });
  const left = names.length - paragraphs.length;
  if (left === 0) return paragraphs;
  return [...paragraphs, { name: counted(left, 'more environment'), clauses: ['what the tables below say'] }];
}

function describe(change: EnvironmentChange, rendered: readonly ComponentChange[] = [], azure?: AzureChange): string[] {
  if (!change.isReadable) return [`what changes in ${change.name} is not known, since its files have errors`];
  if (change.kind === 'added') return [describeNew(change)];
  if (change.kind === 'removed') return [`${change.name} is removed, with ${contentsOf(change)}`];
  const clauses = [
    ...modelClauses(change),
    ...teamClauses(change),
    ...ceilingClauses(change),
    ...portionClauses(change),
    ...keyClauses(change),
    ...settingClauses(change),
  ];
  // What no clause has words for stands in a table.
  const told = clauses.length > 0 ? clauses : [`what changes in ${change.name} stands below`];
  return [...told, ...closing(change.name, rendered, azureClauses(azure))];
}

function describeNew(change: EnvironmentChange): string {
  const { after } = change.ceiling;
  const ceiling = after === undefined ? '' : `, and a monthly ceiling of ${shortUsd(after)}`;
  return `${change.name} is a new environment, with ${contentsOf(change)}${ceiling}`;
}

function contentsOf({ models, teams, keys }: EnvironmentChange): string {
  return `${counted(models.length, 'model')}, ${counted(teams.length, 'team')} and ${counted(keys.length, 'key')}`;
}

function closing(name: string, rendered: readonly ComponentChange[], azure: readonly string[]): string[] {
  const files = rendered.flatMap((component) => component.files);
  if (files.every(isConfiguration)) return azure.length > 0 ? [...azure] : [`nothing else in ${name} changes`];
  return [
    `${counted(files.length, 'file')} that ${name} is given ${files.length === 1 ? 'changes' : 'change'} with it`,
    ...azure,
  ];
}

/** The gateway reads its configuration while it runs, and a job waits for the one line that names the new revision. */
function isConfiguration({ path, addedLines, removedLines }: FileChange): boolean {
  if (/^[^/]+\/gateway\/ConfigMap\./.test(path)) return true;
  return /^[^/]+\/gateway\/Job\./.test(path) && addedLines === 1 && removedLines === 1;
}

function onlyRendered(name: string, rendered: readonly ComponentChange[] = [], azure?: AzureChange): string[] {
  const clauses = azureClauses(azure);
  if (rendered.length === 0) return [`nothing that people write changes in ${name}`, ...clauses];
  const files = rendered.reduce((sum, component) => sum + component.files.length, 0);
  const components = shownNames(rendered.map(({ component }) => component));
  return [
    `nothing that people write changes in ${name}, but ${counted(files, 'file')} that it is given: of ${components}`,
    ...clauses,
  ];
}

/** The last clause, which says of what else there is, stays. */
function cut(clauses: readonly string[]): string[] {
  const left = clauses.length - MOST_CLAUSES;
  return [...clauses.slice(0, MOST_CLAUSES - 1), `and ${left} more`, ...clauses.slice(-1)];
}

function untouched({ unchangedProduction, environments, manifests, azure }: Plan): string[] {
  if (unchangedProduction.length === 0 || environments.length + manifests.length + azure.length === 0) return [];
  return [`nothing in ${shownNames(unchangedProduction)} changes`];
}

function inTheWay({ problems }: Plan): string[] {
  const errors = problems.filter(({ level }) => level === 'error').length;
  return errors === 0 ? [] : [`${counted(errors, 'error')} must be fixed first`];
}

function bounded(text: string): string {
  const characters = Array.from(text);
  return characters.length <= MOST_CHARACTERS ? text : `${characters.slice(0, MOST_CHARACTERS).join('')}…`;
}

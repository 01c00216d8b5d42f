import type { Step } from './compiled-steps.ts';

/** What a resource needs: the type, and the name as `infra/types.bicep` calls it; empty where that has no word for it. */
export interface Pointer {
  readonly type: string;
  /** Such as `.names.identities.gateway`. */
  readonly key: string;
}

const SUBNETS = 'Microsoft.Network/virtualNetworks/subnets';
const KEY = /\.names(\.\w+)+/g;

/** Whatever a resource names by an id, stands in, is a part of, or reads when it is made. */
export function pointersOf(step: Step, steps: ReadonlyMap<string, Step>): Pointer[] {
  const { type, resourceGroup } = step.resource;
  const lookedUp = step.waitsFor.flatMap((path) => steps.get(path) ?? []).filter(({ resource }) => resource.existing);
  const pointers = [
    ...idsIn(step.text),
    ...lookedUp.flatMap(({ resource, name }) => pointersTo(resource.type, name)),
    ...(parentOf(type) === undefined ? [] : pointersTo(parentOf(type) ?? '', step.name)),
    ...(resourceGroup === undefined || isOfOthers(resourceGroup)
      ? []
      : pointersTo('Microsoft.Resources/resourceGroups', groupOf(step))),
  ];
  return [...new Map(pointers.map((pointer) => [`${pointer.type} ${pointer.key}`, pointer])).values()];
}

/** Arguments of resourceId and its like: the type as text, and after it the name. */
function idsIn(text: string): Pointer[] {
  return [...text.matchAll(/'(Microsoft\.[A-Za-z]+\/[\w/]+)', /g)].flatMap((match) => {
    const rest = text.slice(match.index + match[0].length);
    return pointersTo(match[1] ?? '', rest.slice(0, endOfCall(rest)));
  });
}

function endOfCall(text: string): number {
  let depth = 0;
  for (let at = 0; at < text.length; at += 1) {
    if (text[at] === '(') depth += 1;
    if (text[at] === ')') depth -= 1;
    if (depth < 0) return at;
  }
  return text.length;
}

/** A subnet is made by its network. */
function pointersTo(type: string, name: string): Pointer[] {
  const keys = [...name.matchAll(KEY)].map(([key]) => key);
  if (type === SUBNETS) return keys.slice(0, 1).map((key) => ({ type: 'Microsoft.Network/virtualNetworks', key }));
  return (keys.length === 0 ? [''] : keys).map((key) => ({ type, key }));
}

function parentOf(type: string): string | undefined {
  const parts = type.split('/');
  return parts.length > 2 ? parts.slice(0, -1).join('/') : undefined;
}

/** A group from environment.yaml, or else our own, of which other calls tell. */
function isOfOthers(resourceGroup: string): boolean {
  return resourceGroup.startsWith('[coalesce(');
}

function groupOf(step: Step): string {
  return /"resourceGroup":"([^"]*)"/.exec(step.text)?.[1] ?? '';
}

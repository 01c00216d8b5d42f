import type { AzureValueChange, ResourceChange } from '../plan.ts';
import { counted, listed } from '../print-text.ts';
import { shownValue } from './flatten-resource.ts';
import { lastingProperty, type LastingProperty } from './lasting-properties.ts';
import { nameResource } from './name-resource.ts';
import { propertyWords } from './property-words.ts';
import type { SnapshotResource } from './read-snapshot.ts';
import { kindOf } from './resource-kinds.ts';
import { zoneLoss } from './zone-loss.ts';
import { shortenIds } from './shorten-ids.ts';

const MOST_SETTINGS = 4;

/** A resource that is not on the other side, in words. `place` is its environment; a part belongs to one that comes too. */
export function describeAdded(resource: SnapshotResource, place: string, isPart: boolean): ResourceChange {
  const says = `${subjectOf(resource, place)} is new${detailsOf(resource)}`;
  return { ...partsOf(resource), kind: 'added', isPart, isRefused: false, values: [], says, effects: [], dangers: [] };
}

/**
 * One that only the side before has; a part belongs to one that goes too. `successor` is what the other side has of the
 * same kind in its place.
 */
export function describeRemoved(
  resource: SnapshotResource,
  place: string,
  { isPart, successor }: { readonly isPart: boolean; readonly successor?: SnapshotResource | undefined },
): ResourceChange {
  const { holds, without, isWay = false } = kindOf(resource.type);
  const gone = { ...partsOf(resource), kind: 'removed', isPart, isRefused: false, values: [] } as const;
  const subject = `${subjectOf(resource, place)} is taken out`;
  if (holds === undefined) {
    const lost = zoneLoss(resource) ?? without;
    const says = lost === undefined ? subject : `${subject}: ${lost}`;
    return { ...gone, says, effects: [], dangers: isWay && !isPart ? [`${capitalised(says)}.`] : [] };
  }
  const effects = [
    `Whoever deletes it deletes with it ${holds}.`,
    ...wayBack(resource),
    ...(successor === undefined
      ? []
      : [`${nameResource(successor)} takes its place, and starts with nothing of that.`]),
  ];
  const dangers = isPart ? [] : [`${capitalised(subject)}. ${effects.join(' ')}`];
  return { ...gone, says: subject, effects, dangers };
}

/** One that both sides have, with what differs. */
export function describeChanged(
  resource: SnapshotResource,
  place: string,
  values: readonly AzureValueChange[],
): ResourceChange {
  const { type } = resource;
  const subject = subjectOf(resource, place);
  const refusals = values.flatMap((value) => {
    const lasting = lastingProperty(type, value);
    return lasting === undefined ? [] : [{ setting: settingOf(type, value), why: refusal(type, value.path, lasting) }];
  });
  const warnings = values.flatMap(({ path, before = '', after = '' }) => {
    const danger = propertyWords(type, path)?.danger?.(before, after);
    return danger === undefined ? [] : [`${capitalised(subject)} ${danger}.`];
  });
  return {
    ...partsOf(resource),
    kind: 'changed',
    isPart: false,
    isRefused: refusals.length > 0,
    values,
    says: `${subject}: ${settingsOf(type, values)}`,
    effects: unique([...effectsOf(type, values), ...refusals.map(({ why }) => why)]),
    dangers: unique([
      ...refusals.map(({ setting, why }) => `${capitalised(subject)}: ${setting}. ${why}`),
      ...warnings,
    ]),
  };
}

function partsOf(resource: SnapshotResource): Pick<ResourceChange, 'type' | 'name' | 'id'> {
  return { type: resource.type, name: nameResource(resource), id: resource.id };
}

function subjectOf(resource: SnapshotResource, place: string): string {
  const name = nameResource(resource);
  return `${kindOf(resource.type).noun} ${name}${name.includes(place) ? '' : ` in ${place}`}`;
}

/** What makes one of its kind what it is. */
function detailsOf({ type, values }: SnapshotResource): string {
  const value = (path: string) => values.get(path) ?? '';
  if (type.toLowerCase() !== 'microsoft.cognitiveservices/accounts/deployments') return '';
  const model = `${value('model.name')} ${value('model.version')}`;
  return `: it answers with ${model}, computed ${placeOf(value('sku.name'))}, up to ${shownNumber(value('sku.capacity'))} thousand tokens a minute`;
}

/** Where requests are computed, by the kind of a deployment. */
function placeOf(sku: string): string {
  if (sku.startsWith('Global')) return `anywhere in the world (${sku})`;
  return sku.startsWith('DataZone') ? `within its data zone, such as the EU (${sku})` : `in its region (${sku})`;
}

/** Until when a deletion can be undone. */
function wayBack({ type, values }: SnapshotResource): string[] {
  switch (type.toLowerCase()) {
    case 'microsoft.keyvault/vaults':
      return [
        `What is deleted can be brought back for ${values.get('softDeleteRetentionInDays') ?? '90'} days${values.get('enablePurgeProtection') === 'true' ? '' : ', unless somebody purges it'}.`,
      ];
    case 'microsoft.cognitiveservices/accounts':
      return ['What is deleted can be brought back for 48 hours, in which nobody else can have its address.'];
    case 'microsoft.operationalinsights/workspaces':
      return ['What is deleted can be brought back for 14 days.'];
    default:
      return [];
  }
}

function settingsOf(type: string, values: readonly AzureValueChange[]): string {
  const shown = values.slice(0, MOST_SETTINGS).map((value) => settingOf(type, value));
  const left = values.length - shown.length;
  return listed(left === 0 ? shown : [...shown, counted(left, 'more setting')]);
}

function settingOf(type: string, value: AzureValueChange): string {
  const unit = propertyWords(type, value.path)?.unit;
  return `${wordsOf(type, value.path)} ${change(value)}${unit === undefined ? '' : ` ${unit}`}`;
}

function wordsOf(type: string, path: string): string {
  const row = propertyWords(type, path);
  return row === undefined ? shortenIds(path) : path.replace(row.path, row.words);
}

function change({ before, after }: AzureValueChange): string {
  const [old, now] = [shownSetting(before), shownSetting(after)];
  return old === now ? 'is another' : `${old} → ${now}`;
}

function shownSetting(value: string | undefined): string {
  return value === undefined ? 'not set' : shownNumber(shownValue(shortenIds(value)));
}

function shownNumber(text: string): string {
  return /^\d{4,12}$/.test(text) ? Number(text).toLocaleString('en-US') : text;
}

function effectsOf(type: string, values: readonly AzureValueChange[]): string[] {
  return values.flatMap(
    ({ path, before = '', after = '' }) => propertyWords(type, path)?.effect?.(before, after) ?? [],
  );
}

function refusal(type: string, path: string, { reason, instead }: LastingProperty): string {
  const { noun, holds } = kindOf(type);
  const lost = holds === undefined ? '' : `, and with it goes ${holds}`;
  const anew = `The ${noun} would have to be deleted and made anew${lost}.`;
  return `Azure refuses to change this (${wordsOf(type, path)}): ${reason}. ${instead ?? anew}`;
}

function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function unique(texts: readonly string[]): string[] {
  return [...new Set(texts)];
}

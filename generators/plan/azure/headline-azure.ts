import { counted, shownNames } from '../headline-names.ts';
import { listed } from '../print-text.ts';
import type { AzureChange, ResourceChange } from '../plan.ts';
import { isNilSubscription, lastingThings } from './lasting-things.ts';

/** What changes in Azure, as the last clause of an environment; none where that is nothing, or told with the whole. */
export function azureClauses(change: AzureChange | undefined): string[] {
  if (change === undefined || change.kind !== 'changed') return [];
  if (change.unknown !== undefined) return ['what becomes of it in Azure is not known'];
  const { subscription, resources } = change;
  return [
    ...(subscription === undefined ? [] : [movedClause(subscription.before)]),
    ...(resources.length === 0 ? [] : [countsOf(resources)]),
  ];
}

function movedClause(before: string): string {
  return isNilSubscription(before)
    ? 'it is given a subscription of Azure to stand in'
    : 'all of it moves to another subscription of Azure';
}

function countsOf(resources: readonly ResourceChange[]): string {
  const of = (kind: ResourceChange['kind']) => resources.filter((each) => each.kind === kind);
  const removed = of('removed');
  const refused = of('changed').filter(({ isRefused }) => isRefused).length;
  return `in Azure ${listed([
    ...clause(of('added').length, 'is new', 'are new'),
    ...clause(of('changed').length - refused, 'changes', 'change'),
    ...clause(refused, 'cannot change as asked', 'cannot change as asked'),
    ...clause(removed.length, `is taken out${mostOf(removed)}`, `are taken out${mostOf(removed)}`),
    ...(removed.length + refused === 0 ? ['nothing is deleted'] : []),
  ])}`;
}

function clause(count: number, ofOne: string, ofMany: string): string[] {
  return count === 0 ? [] : [`${counted(count, 'thing')} ${count === 1 ? ofOne : ofMany}`];
}

function mostOf(removed: readonly ResourceChange[]): string {
  const lasting = lastingThings(removed).map(({ noun, name }) => `${noun} ${name}`);
  return lasting.length === 0
    ? ''
    : `, among them the ${shownNames(lasting)} with what ${lasting.length === 1 ? 'it holds' : 'they hold'}`;
}

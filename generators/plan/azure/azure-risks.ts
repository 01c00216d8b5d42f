import type { AzureChange } from '../plan.ts';
import { isNilSubscription, lastingThings } from './lasting-things.ts';

/** What a reviewer must not overlook of one environment in Azure, as sentences. */
export function azureRisks(change: AzureChange): string[] {
  if (change.kind === 'removed') return whatGroupHolds(change);
  return [...moved(change), ...change.resources.flatMap(({ dangers }) => dangers)];
}

function whatGroupHolds({ resources }: AzureChange): string[] {
  const things = lastingThings(resources);
  if (things.length === 0) return [];
  const named = things.map(({ noun, name }) => `${noun} ${name}`).join('; ');
  return [`Whoever deletes its resource group in Azure deletes what these hold: ${named}.`];
}

function moved({ subscription }: AzureChange): string[] {
  if (subscription === undefined || isNilSubscription(subscription.before)) return [];
  return [
    `Everything moves from the subscription ${subscription.before} of Azure to ${subscription.after}: it is made anew there, ` +
      'with nothing in it, and what stands in the old one stays there with its data.',
  ];
}

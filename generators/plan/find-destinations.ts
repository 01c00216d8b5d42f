import { redactSecrets } from '../../environments/schema/find-secrets.ts';
import { referencedVariable } from '../../environments/schema/identifiers.ts';
import type { Model } from '../../environments/schema/model.ts';
import { splitProvider } from '../../environments/schema/providers.ts';
import type { Destination } from './plan.ts';

/** Where prompts go that went nowhere near before: an address, or a credential that it did not get, each once a model. */
export function findNewDestinations(before: readonly Model[], after: readonly Model[]): Destination[] {
  const known = new Set(before.map(destinationOf).map(identityOf));
  const found = after.map(destinationOf).filter((destination) => !known.has(identityOf(destination)));
  return [...new Map(found.map((each) => [`${each.model}\n${identityOf(each)}`, each])).values()];
}

function destinationOf({ model_name: model, litellm_params: params }: Model): Destination {
  const { provider } = splitProvider(params.model);
  const host = params.api_base === undefined ? `the usual address of ${provider}` : hostOf(params.api_base);
  return { model, host, credential: params.api_key };
}

function hostOf(address: string): string {
  const variable = referencedVariable(address);
  if (variable !== undefined) return `the address in ${variable}`;
  return URL.canParse(address) ? new URL(address).host : redactSecrets(address);
}

function identityOf({ host, credential }: Destination): string {
  return `${host}\n${credential}`;
}

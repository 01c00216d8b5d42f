import { k8s } from 'cdk8s-plus-30';

export type Amounts = Readonly<Record<'cpu' | 'memory' | 'ephemeral-storage', string>>;

/** What a container is promised, and what it may take at most. */
export interface Resources {
  readonly requests: Amounts;
  readonly limits: Amounts;
}

/** Resources as a container states them. */
export function resourceRequirements({ requests, limits }: Resources): k8s.ResourceRequirements {
  return { requests: quantities(requests), limits: quantities(limits) };
}

function quantities(amounts: Amounts): Record<string, k8s.Quantity> {
  return Object.fromEntries(Object.entries(amounts).map(([name, value]) => [name, k8s.Quantity.fromString(value)]));
}

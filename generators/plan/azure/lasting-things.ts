import type { ResourceChange } from '../plan.ts';
import { kindOf } from './resource-kinds.ts';

/** Something that is not made anew from Git: with it goes what it holds. */
export interface LastingThing {
  readonly noun: string;
  readonly name: string;
  readonly holds: string;
}

/** Those of the resources that hold something; groups hold what is told already, and so do databases of a server. */
export function lastingThings(resources: readonly ResourceChange[]): LastingThing[] {
  return resources.flatMap(({ type, name }) => {
    const { noun, holds } = kindOf(type);
    const isTold = /\/resourceGroups$|\/databases$/i.test(type);
    return holds === undefined || isTold ? [] : [{ noun, name, holds }];
  });
}

/** What stands where environment.yaml says unset. */
export function isNilSubscription(id: string): boolean {
  return /^[0-]*$/.test(id);
}

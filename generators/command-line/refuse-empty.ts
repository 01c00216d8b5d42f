import type { Options } from './read-options.ts';
import { Refusal } from './refusal.ts';

/**
 * Throws a Refusal for an option without a value, such as `--base=`: often a variable of a shell that was not set. The
 * options of `mayBeEmpty` mean something by it.
 */
export function refuseEmpty(values: Options, mayBeEmpty: readonly string[] = []): void {
  for (const [name, value] of Object.entries(values)) {
    if (mayBeEmpty.includes(name)) continue;
    if ([value].flat().includes('')) throw new Refusal(`--${name} is empty: write a value, or leave it out`);
  }
}

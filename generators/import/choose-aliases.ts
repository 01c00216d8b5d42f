import { Alias } from '../../environments/schema/identifiers.ts';

const LONGEST_ALIAS = 63;

/** Gives aliases that are well-formed and that no other key (or team) has. */
export type ChooseAlias = (wanted: string, fallback: string) => string;

/** `taken` are aliases that others have already. A wanted alias that fits and is free stays as it is. */
export function aliasChooser(taken: Iterable<string>): ChooseAlias {
  const used = new Set(taken);
  return function choose(wanted, fallback) {
    const plain = plainAlias(wanted) ?? fallback;
    let alias = plain;
    for (let number = 2; used.has(alias); number += 1) {
      const ending = `-${number}`;
      alias = plain.slice(0, LONGEST_ALIAS - ending.length) + ending;
    }
    used.add(alias);
    return alias;
  };
}

/** `Search (batch)` becomes `search-batch`; undefined where no letter or digit is left. */
function plainAlias(text: string): string | undefined {
  if (Alias.safeParse(text).success) return text;
  const plain = text
    .normalize('NFKD')
    .toLowerCase()
    .replaceAll(/[^a-z0-9._-]+/g, '-')
    .replaceAll(/^[^a-z0-9]+|-+$/g, '')
    .slice(0, LONGEST_ALIAS);
  return plain === '' ? undefined : plain;
}

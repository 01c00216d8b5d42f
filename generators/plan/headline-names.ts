const MOST_NAMES = 3;
const LONGEST_NAME = 60;

/** `a`, `a and b`, `a, b and c`, `a, b, c and 7 more`. */
export function shownNames(names: readonly string[]): string {
  const shown = names.slice(0, MOST_NAMES).map(shownName);
  const left = names.length - shown.length;
  if (left > 0) return `${shown.join(', ')} and ${left} more`;
  return shown.length < 2 ? shown.join('') : `${shown.slice(0, -1).join(', ')} and ${shown.at(-1)}`;
}

/** A name, cut where it would fill the headline. */
export function shownName(name: string): string {
  const characters = Array.from(name);
  return characters.length <= LONGEST_NAME ? name : `${characters.slice(0, LONGEST_NAME).join('')}…`;
}

/** `1 key`, `2 keys`. */
export function counted(count: number, noun: string): string {
  return `${count.toLocaleString('en-US')} ${noun}${count === 1 ? '' : 's'}`;
}

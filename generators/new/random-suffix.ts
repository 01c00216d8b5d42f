import { randomInt } from 'node:crypto';

/** Without those that people confuse: i, l, o, 0 and 1. */
const LETTERS = 'abcdefghjkmnpqrstuvwxyz';
const DIGITS = '23456789';

/** Four characters such as `k7m2`. The digit at the second place keeps it from being a word, to people and to YAML. */
export function randomSuffix(pick: (below: number) => number = randomInt): string {
  return [LETTERS, DIGITS, LETTERS + DIGITS, LETTERS + DIGITS].map((from) => from[pick(from.length)]).join('');
}

import { createHash, randomBytes } from 'node:crypto';
import { crc32 } from 'node:zlib';

// A virtual key: `sk-`, so that every OpenAI client takes it, a fixed marker that scanners look for, 32 random bytes,
// and a checksum that tells a real key from text that only looks like one.

const MARKER = 'sk-tollgate-';
const RANDOM_BYTES = 32;
const RANDOM_DIGITS = 43;
const CHECKSUM_DIGITS = 6;
const DIGITS = '0123456789ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz';

const BODY = `${MARKER}[0-9A-Za-z]{${RANDOM_DIGITS + CHECKSUM_DIGITS}}`;
const OUR_KEY = new RegExp(`^${BODY}$`);

/** Finds what may be a key of ours anywhere in a text; `isOurKey` decides, whatever stands around it. */
export const OUR_SHAPE = new RegExp(BODY, 'g');

/** Makes a new virtual key. `random` are its 32 bytes. */
export function makeKey(random: Uint8Array = randomBytes(RANDOM_BYTES)): string {
  if (random.length !== RANDOM_BYTES) throw new RangeError(`a key is made of ${RANDOM_BYTES} bytes`);
  const body = MARKER + toBase62(BigInt(`0x${Buffer.from(random).toString('hex')}`), RANDOM_DIGITS);
  return body + checksum(body);
}

/** Whether the text is a key of ours: marker, length and checksum fit. */
export function isOurKey(text: string): boolean {
  return OUR_KEY.test(text) && checksum(text.slice(0, -CHECKSUM_DIGITS)) === text.slice(-CHECKSUM_DIGITS);
}

/** The SHA-256 of a key as 64 hex digits, which is all that is ever stored. */
export function hashKey(key: string): string {
  return createHash('sha256').update(key, 'utf8').digest('hex');
}

function checksum(body: string): string {
  return toBase62(BigInt(crc32(body)), CHECKSUM_DIGITS);
}

function toBase62(value: bigint, length: number): string {
  let rest = value;
  let text = '';
  for (let index = 0; index < length; index += 1) {
    text = (DIGITS[Number(rest % 62n)] ?? '') + text;
    rest /= 62n;
  }
  return text;
}

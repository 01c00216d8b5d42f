const HEX_DIGITS = 64;
const LONGEST_PERIOD = 32;
/** Of 64 random hex digits fewer than this differ once in more than 10^11 digests. */
const FEWEST_DIGITS = 9;
/** The SHA-256 of no bytes at all: a manifest has some. */
const DIGEST_OF_NOTHING = 'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855';

/** Why a `sha256:<64 hex digits>` cannot be what a registry gave, or undefined where it may well be. */
export function whyMadeUp(digest: string): string | undefined {
  const hex = digest.replace(/^sha256:/, '');
  if (hex.length !== HEX_DIGITS) return undefined;
  if (hex === DIGEST_OF_NOTHING) return 'is the digest of nothing';
  if (new Set(hex).size === 1) return 'repeats one digit';
  if (counts(hex)) return 'counts';
  if (repeats(hex)) return 'repeats itself';
  return new Set(hex).size < FEWEST_DIGITS ? 'has too few digits that differ' : undefined;
}

function repeats(hex: string): boolean {
  const periods = Array.from({ length: LONGEST_PERIOD }, (_, index) => index + 1);
  return periods.some((period) => hex.startsWith(hex.slice(period)));
}

/** Digit by digit (0123...ef or 1234567890) or byte by byte (000102...), upwards or downwards. */
function counts(hex: string): boolean {
  const digits = Array.from(hex, (digit) => Number.parseInt(digit, 16));
  const bytes = (hex.match(/../g) ?? []).map((byte) => Number.parseInt(byte, 16));
  return hasOneStep(digits, 16) || hasOneStep(digits, 10) || hasOneStep(bytes, 256);
}

function hasOneStep(numbers: readonly number[], modulus: number): boolean {
  const steps = numbers.slice(1).map((number, index) => (number - (numbers[index] ?? 0) + modulus) % modulus);
  return new Set(steps).size === 1 && steps[0] !== 0;
}

import { z } from 'zod';

/** A value that is read from the environment when the gateway starts: LiteLLM's `os.environ/NAME`. */
export const Reference = z
  .string()
  .regex(/^os\.environ\/[A-Za-z_][A-Za-z0-9_]*$/, 'write os.environ/NAME, so that the value stays out of Git');

export const EnvironmentName = z
  .string()
  .regex(/^[a-z][a-z0-9-]{0,19}$/, 'use a lower-case letter, then up to 19 letters, digits or dashes');

/** Aliases name people's things in logs, metrics and file names, so they stay simple and stable. */
export const Alias = z
  .string()
  .regex(/^[a-z0-9][a-z0-9._-]{0,62}$/, 'use up to 63 lower-case letters, digits, dots, dashes or underscores');

/** The public name that a client sends as `model`. */
export const ModelName = z.string().regex(/^\S{1,128}$/, 'use 1 to 128 characters without spaces');

export const KeyHash = z
  .string()
  .regex(
    /^sha256:[0-9a-f]{64}$/,
    'write sha256:<64 hex digits>, which `npm run key -- hash` prints; if this is a key itself, rotate this key now',
  );

/** The hash as LiteLLM stores it (`token`): 64 hex digits without a prefix. */
export const KeyToken = z.string().regex(/^[0-9a-f]{64}$/, 'write the SHA-256 of the key as 64 hex digits');

const REFERENCE_PREFIX = 'os.environ/';

/** The variable's name of a reference, or undefined for any other value. */
export function referencedVariable(value: unknown): string | undefined {
  if (typeof value !== 'string' || !value.startsWith(REFERENCE_PREFIX)) return undefined;
  return value.slice(REFERENCE_PREFIX.length);
}

import { parseArgs, type ParseArgsOptionsConfig } from 'node:util';

/** A command line that cannot be used; the message is one line for people. */
export class UsageError extends Error {}

const LONGEST_SECONDS = 3_600;

/**
 * The values of a command's flags; anything but a known flag is refused.
 * @throws UsageError
 */
export function parseFlags<const Flags extends ParseArgsOptionsConfig>(args: readonly string[], options: Flags) {
  try {
    return parseArgs({ args: [...args], options }).values;
  } catch (error) {
    throw new UsageError(`${(error as Error).message.split('.', 1)[0]}; --help tells more`);
  }
}

/**
 * A duration from the command line, in milliseconds.
 * @throws UsageError unless it is a whole number of seconds from 1 to 3600
 */
export function readSeconds(flag: string, seconds: string): number {
  if (/^\d{1,4}$/.test(seconds) && Number(seconds) >= 1 && Number(seconds) <= LONGEST_SECONDS)
    return Number(seconds) * 1_000;
  throw new UsageError(`${flag} is ${JSON.stringify(seconds)}: write whole seconds from 1 to ${LONGEST_SECONDS}`);
}

/**
 * A port from the command line or a variable.
 * @throws UsageError
 */
export function readPort(port: string): number {
  if (/^\d{1,5}$/.test(port) && Number(port) <= 65_535) return Number(port);
  throw new UsageError(`the port ${JSON.stringify(port)} is not a number from 0 to 65535`);
}

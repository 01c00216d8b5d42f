/** A gateway that cannot start; the message is one line for people, with the fix. */
export class StartError extends Error {}

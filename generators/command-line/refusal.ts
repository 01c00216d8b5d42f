import type { Problem } from '../../environments/schema/parse-yaml.ts';

interface RefusalCause extends ErrorOptions {
  /** Where in files it is wrong, if it is; the message has these too. */
  readonly problems?: readonly Problem[];
}

/** The command cannot do what was asked; the message names what is wrong and the fix. */
export class Refusal extends Error {
  override readonly name = 'Refusal';
  readonly problems: readonly Problem[];

  constructor(message: string, { problems = [], ...options }: RefusalCause = {}) {
    super(message, options);
    this.problems = problems;
  }
}

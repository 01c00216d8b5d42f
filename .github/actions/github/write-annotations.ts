import { error, notice, warning } from '@actions/core';
import { redactSecrets } from '../../../environments/schema/find-secrets.ts';

// GitHub shows ten of each level in a step and drops the rest without a word.
const SHOWN_OF_LEVEL = 9;

export interface Annotation {
  readonly level: 'error' | 'warning';
  /** From the repository's root. */
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly message: string;
}

/**
 * Marks lines of files in a pull request: the first nine of each level, then how many more there are. A credential in the
 * name of a file is not shown, so that such a mark stands at no line.
 */
export function writeAnnotations(annotations: readonly Annotation[], whereAllAre: string): void {
  for (const level of ['error', 'warning'] as const) {
    const ofLevel = annotations.filter((annotation) => annotation.level === level);
    const write = level === 'error' ? error : warning;
    for (const { file, line, column, message } of ofLevel.slice(0, SHOWN_OF_LEVEL))
      write(message, { file: redactSecrets(file), startLine: line, startColumn: column });
    const rest = ofLevel.length - SHOWN_OF_LEVEL;
    if (rest > 0) notice(`and ${rest} more ${level}${rest === 1 ? '' : 's'}: ${whereAllAre}`);
  }
}

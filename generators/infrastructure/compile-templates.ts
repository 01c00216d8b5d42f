import { writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { problemOf, type Problem } from '../../environments/schema/parse-yaml.ts';
import type { BicepProcess, Diagnostic } from './bicep-process.ts';
import type { InfraParameters } from './infra-parameters.ts';

/** One for each stack: `infra/<name>.bicep`, which takes the one parameter `<name>`. */
export const TEMPLATES = ['core', 'cluster', 'github'] as const satisfies readonly (keyof InfraParameters)[];

/**
 * Compiles every template of the repository `root` once, into `<name>.json` of the folder `scratch`: evaluating that for
 * many environments costs a third of evaluating Bicep. Returns all that the compiler has against them.
 */
export async function compileTemplates(bicep: BicepProcess, root: string, scratch: string): Promise<Problem[]> {
  const problems: Problem[] = [];
  for (const name of TEMPLATES) {
    const { contents, diagnostics } = await bicep.compile(join(root, 'infra', `${name}.bicep`));
    problems.push(...diagnostics.map((diagnostic) => problemAt(diagnostic, root)));
    writeFileSync(join(scratch, `${name}.json`), contents ?? '');
  }
  return problems;
}

function problemAt({ source, range, code, message }: Diagnostic, root: string): Problem {
  const file = relative(root, source).replaceAll('\\', '/');
  const { line, char } = range.start;
  return { ...problemOf(file, `${message} (${code})`), line: line + 1, column: char + 1 };
}

import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FakeGitHub } from '../support/fake-github.ts';
import { runCommand } from '../support/run-command.ts';
import { tempFolder } from '../support/temp-folder.ts';

const ACTIONS = join(import.meta.dirname, '../../.github/actions');

export interface EndedAction {
  readonly exitCode: number;
  /** What the step logs, workflow commands such as `::error::` among it. */
  readonly log: string;
  readonly outputs: Readonly<Record<string, string>>;
  readonly summary: string;
}

/** Runs the committed bundle of an action as a runner does: a process with its inputs and the run as variables. */
export async function runAction(
  name: string,
  github: Pick<FakeGitHub, 'url' | 'repository'>,
  inputs: Readonly<Record<string, string>>,
  event: object = {},
  workspace?: string,
): Promise<EndedAction> {
  const folder = tempFolder();
  const file = (name: string, text = ''): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const output = file('output');
  const summary = file('summary');
  const variables = {
    GITHUB_API_URL: github.url,
    GITHUB_GRAPHQL_URL: `${github.url}/graphql`,
    GITHUB_SERVER_URL: github.url,
    GITHUB_REPOSITORY: github.repository,
    GITHUB_RUN_ID: '1',
    GITHUB_EVENT_PATH: file('event.json', JSON.stringify(event)),
    GITHUB_OUTPUT: output,
    GITHUB_STEP_SUMMARY: summary,
    ...Object.fromEntries(Object.entries(inputs).map(([name, value]) => [`INPUT_${name.toUpperCase()}`, value])),
  };
  const bundle = join(ACTIONS, name, 'dist/index.js');
  const { exitCode, stdout, stderr } = await runCommand([bundle], variables, undefined, workspace);
  return {
    exitCode,
    log: stdout + stderr,
    outputs: readOutputs(readFileSync(output, 'utf8')),
    summary: readFileSync(summary, 'utf8'),
  };
}

/** The one line with which an action ended, beside its marks on files. Throws where it ended well, or said more. */
export function refusalOf({ exitCode, log }: EndedAction): string {
  const [line = '', ...more] = log.split('\n').filter((each) => each !== '' && !/^::(error|warning) file=/.test(each));
  if (exitCode !== 1 || !line.startsWith('::error::') || more.length > 0)
    throw new Error(`ended with ${exitCode}: ${log}`);
  return line;
}

function readOutputs(text: string): Record<string, string> {
  const outputs = text.matchAll(/^(?<name>[^<\n]+)<<(?<end>\S+)\n(?<value>.*?)\n?\k<end>$/gms);
  return Object.fromEntries([...outputs].map(({ groups }) => [groups?.['name'] ?? '', groups?.['value'] ?? '']));
}

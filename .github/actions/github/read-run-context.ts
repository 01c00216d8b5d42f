import { readFileSync } from 'node:fs';
import type { Repository } from './connect-to-github.ts';

/** What a runner tells an action about the run that it is part of. */
export interface RunContext {
  readonly repository: Repository;
  readonly apiUrl: string;
  readonly graphqlUrl: string;
  readonly serverUrl: string;
  readonly runUrl: string;
  /** The event's payload. */
  readonly event: unknown;
}

/** Reads the variables that GitHub sets in every step. Throws with the name of one that is missing. */
export function readRunContext(variables: Readonly<Record<string, string | undefined>>): RunContext {
  const [owner = '', repo = ''] = read(variables, 'GITHUB_REPOSITORY').split('/');
  const serverUrl = read(variables, 'GITHUB_SERVER_URL');
  return {
    repository: { owner, repo },
    apiUrl: read(variables, 'GITHUB_API_URL'),
    graphqlUrl: read(variables, 'GITHUB_GRAPHQL_URL'),
    serverUrl,
    runUrl: `${serverUrl}/${owner}/${repo}/actions/runs/${read(variables, 'GITHUB_RUN_ID')}`,
    event: JSON.parse(readFileSync(read(variables, 'GITHUB_EVENT_PATH'), 'utf8')) as unknown,
  };
}

function read(variables: Readonly<Record<string, string | undefined>>, name: string): string {
  const value = variables[name];
  if (value === undefined || value === '') throw new Error(`${name} is not set: this runs as a step of a workflow`);
  return value;
}

import { context } from '@actions/github';
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

/** What GitHub says in the variables of every step. Throws where this is no step of a workflow. */
export function readRunContext(): RunContext {
  const { repo: repository, apiUrl, graphqlUrl, serverUrl, runId, payload: event } = context;
  const runUrl = `${serverUrl}/${repository.owner}/${repository.repo}/actions/runs/${runId}`;
  return { repository, apiUrl, graphqlUrl, serverUrl, runUrl, event };
}

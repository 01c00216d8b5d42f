import type { Environment } from '../environments/schema/environment.ts';
import type { Problem } from '../environments/schema/parse-yaml.ts';
import { ENGINES } from './charts/gateway-engines.ts';
import { scalesOnRequests } from './charts/gateway-autoscaler.ts';

/** What of an environment has no effect, or another one, since the stock LiteLLM image serves it. */
export function engineWarnings({ name, settings }: Environment): Problem[] {
  if (settings.engine !== 'litellm') return [];
  const warning = (field: string, message: string): Problem => ({
    level: 'warning',
    file: `environments/${name}/environment.yaml`,
    line: 1,
    column: 1,
    field,
    message,
  });
  const isRefused = settings.gateway.autoscaling === 'keda' && !scalesOnRequests(settings, ENGINES.litellm);
  return [
    ...(isRefused
      ? [warning('gateway.autoscaling', 'litellm serves no requests in flight: it is scaled on CPU, as with cpu')]
      : []),
    ...(settings.gateway.database.allow_requests_on_db_unavailable
      ? [
          warning(
            'gateway.database.allow_requests_on_db_unavailable',
            'litellm lets every key in while its database is away, unknown ones too: write false',
          ),
        ]
      : []),
  ];
}

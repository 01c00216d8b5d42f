import type { RenderContext } from '../render-context.ts';
import { clusterParameters } from './cluster-parameters.ts';
import { githubParameters } from './github-parameters.ts';
import { lastingParameters } from './lasting-parameters.ts';
import { idOrNil } from './placement-parameters.ts';

/** What the templates of an environment are given, as infra/types.bicep declares it. None of it is a secret. */
export interface InfraParameters {
  readonly core: ReturnType<typeof lastingParameters>;
  readonly cluster: ReturnType<typeof clusterParameters>;
  readonly github: ReturnType<typeof githubParameters>;
}

/** What one environment is made of in Azure, before the templates have been evaluated. */
export interface Infrastructure {
  readonly environment: string;
  /** Part of every resource's id; zeros while environment.yaml says unset. */
  readonly subscriptionId: string;
  readonly parameters: InfraParameters;
}

/** Makes the parameters of every template. The same environment gives the same object, with keys in the same order. */
export function infraParameters(context: RenderContext): InfraParameters {
  return {
    core: lastingParameters(context),
    cluster: clusterParameters(context),
    github: githubParameters(context),
  };
}

/** The parameters of an environment, and where they are evaluated. */
export function infrastructureOf(context: RenderContext): Infrastructure {
  const { name, settings } = context.environment;
  return {
    environment: name,
    subscriptionId: idOrNil(settings.subscription_id),
    parameters: infraParameters(context),
  };
}

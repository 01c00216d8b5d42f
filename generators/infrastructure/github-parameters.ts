import type { EnvironmentSettings } from '../../environments/schema/environment-settings.ts';
import type { RenderContext } from '../render-context.ts';
import { placementParameters } from './placement-parameters.ts';

/** The parameters of github.bicep: whose jobs may deploy and operate. */
export function githubParameters(context: RenderContext) {
  const { settings } = context.environment;
  const { name, dns, repository, monitoring, argocd } = settings;
  return {
    ...placementParameters(context),
    subjectPrefix: subjectPrefixOf(settings),
    branch: repository?.branch ?? 'main',
    // Environments of GitHub, each with reviewers of its own.
    deployEnvironment: name,
    opsEnvironment: `${name}-ops`,
    ...(dns?.resource_group !== undefined && { dnsResourceGroup: dns.resource_group }),
    ...(monitoring === 'azure' && argocd.admin_group_id !== 'unset' && { grafanaAdmins: argocd.admin_group_id }),
  };
}

/** How the token of a job begins, for repositories that keep the subject without ids. */
function subjectPrefixOf({ repository }: EnvironmentSettings): string {
  if (repository?.oidc_subject !== undefined) return repository.oidc_subject;
  if (repository === undefined) return 'repo:unset';
  return `repo:${new URL(repository.url).pathname.replace(/^\/|(\.git)?\/?$/g, '')}`;
}

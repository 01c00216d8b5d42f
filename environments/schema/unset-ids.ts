import { LOCAL_ENVIRONMENT } from './check-settings.ts';
import type { EnvironmentFiles } from './environment-files.ts';
import type { EnvironmentSettings } from './environment-settings.ts';
import type { Problem } from './parse-yaml.ts';

/** Fields, such as `identities.gateway`, that say `unset` though the environment needs them: by what needs them first. */
export interface UnsetIds {
  /** Every deployment asks for them. */
  readonly deployment: readonly string[];
  /** Known after a sign-up or once core.bicep is deployed, which does without them; what runs in the cluster does not. */
  readonly cluster: readonly string[];
}

/** The ids of an environment that are not known yet. */
export function unsetIds(settings: EnvironmentSettings): UnsetIds {
  const { subscription_id, tenant_id, identities, argocd, gateway, postgres } = settings;
  return {
    deployment: unsetOf({ subscription_id, tenant_id }),
    cluster: unsetOf({
      'identities.gateway': identities.gateway,
      // HTTP-01 proves a public name without an identity; DNS-01 writes into the zone.
      ...(settings.ingress.exposure === 'internal' && { 'identities.cert_manager': identities.cert_manager }),
      'identities.argocd': identities.argocd,
      'argocd.sso_client_id': argocd.sso_client_id,
      'argocd.admin_group_id': argocd.admin_group_id,
      ...Object.fromEntries(
        postgres.administrators.map(({ object_id }, index) => [
          `postgres.administrators[${index}].object_id`,
          object_id,
        ]),
      ),
      ...(gateway.autoscaling === 'keda' && { 'gateway.prometheus_url': gateway.prometheus_url }),
    }),
  };
}

function unsetOf(ids: Readonly<Record<string, string | undefined>>): string[] {
  return Object.keys(ids).filter((field) => ids[field] === 'unset');
}

/** One warning that lists what is still unset, and what each is needed for. */
export function checkUnsetIds({ name, settings }: EnvironmentFiles): Problem[] {
  if (name === LOCAL_ENVIRONMENT || settings.value === undefined) return [];
  const { deployment, cluster } = unsetIds(settings.value);
  const told = [
    tell(deployment, 'every deployment asks for them'),
    tell(cluster, 'known after a sign-up or once core.bicep is deployed, and needed by what runs in the cluster'),
  ].filter((text) => text !== '');
  return told.length === 0 ? [] : [settings.locate([], `still unset: ${told.join('; ')}`, 'warning')];
}

function tell(fields: readonly string[], when: string): string {
  return fields.length === 0 ? '' : `${fields.join(', ')} (${when})`;
}

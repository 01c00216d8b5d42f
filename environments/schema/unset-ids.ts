import { LOCAL_ENVIRONMENT } from './check-settings.ts';
import type { EnvironmentFiles } from './environment-files.ts';
import type { EnvironmentSettings } from './environment-settings.ts';
import type { Problem } from './parse-yaml.ts';

/** The fields, such as `identities.gateway`, that say `unset` though the environment needs them. */
export function unsetIds(settings: EnvironmentSettings): string[] {
  const { subscription_id, tenant_id, identities, argocd, gateway, postgres } = settings;
  const needed: Record<string, string> = {
    subscription_id,
    tenant_id,
    'identities.gateway': identities.gateway,
    // HTTP-01 proves a public name without an identity; DNS-01 writes into the zone.
    ...(settings.ingress.exposure === 'internal' && { 'identities.cert_manager': identities.cert_manager }),
    'identities.argocd': identities.argocd,
    'argocd.sso_client_id': argocd.sso_client_id,
    'argocd.admin_group_id': argocd.admin_group_id,
    ...Object.fromEntries(
      postgres.administrators.map(({ object_id }, index) => [`postgres.administrators[${index}].object_id`, object_id]),
    ),
    ...(gateway.autoscaling === 'keda' && { 'gateway.prometheus_url': gateway.prometheus_url }),
  };
  return Object.keys(needed).filter((field) => needed[field] === 'unset');
}

/** One warning that lists what is still unset. */
export function checkUnsetIds({ name, settings }: EnvironmentFiles): Problem[] {
  if (name === LOCAL_ENVIRONMENT || settings.value === undefined) return [];
  const unset = unsetIds(settings.value);
  if (unset.length === 0) return [];
  const message = `still unset: ${unset.join(', ')} (known after a sign-up or a deployment, and refused by deploying)`;
  return [settings.locate([], message, 'warning')];
}

import { identityNames, SUBNET_NAMES } from '../../environments/schema/azure-names.ts';
import type { RenderContext } from '../render-context.ts';

/** An id that Azure has not given yet. It belongs to nobody, and whoever deploys refuses it. */
const NIL_ID = '00000000-0000-0000-0000-000000000000';

/** An id of environment.yaml as a template takes it, which knows no `unset`. */
export function idOrNil(id: string): string {
  return id === 'unset' ? NIL_ID : id;
}

/** Where every template stands, what it calls things, and what it marks them with. */
export function placementParameters(context: RenderContext) {
  const { settings } = context.environment;
  return {
    location: settings.location,
    tags: { application: 'tollgate', environment: settings.name },
    names: resourceNames(context),
  };
}

function resourceNames({ azure, environment: { settings } }: RenderContext) {
  return {
    ...azure,
    subnets: {
      aks: SUBNET_NAMES.aks,
      privateEndpoints: SUBNET_NAMES.private_endpoints,
      ingress: SUBNET_NAMES.ingress,
      apiServer: SUBNET_NAMES.api_server,
    },
    identities: identityNames(settings),
  };
}

/** Azure writes a zone as text. */
export function zoneParameters({ environment: { settings } }: RenderContext): string[] {
  return settings.cluster.zones.map(String).toSorted();
}

/** The public zone with the names in it; undefined without one. */
export function dnsParameters({ environment: { settings } }: RenderContext) {
  const { dns, host_names, argocd } = settings;
  if (dns === undefined) return undefined;
  return {
    zone: dns.zone,
    ...(dns.resource_group !== undefined && { resourceGroup: dns.resource_group }),
    hostNames: [...host_names, ...(argocd.host_name === undefined ? [] : [argocd.host_name])],
  };
}

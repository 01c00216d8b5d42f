// Names under these belong to Azure's services and to the cluster itself. A zone of ours among them would take their
// answers away: the cluster's DNS gives the most specific zone its say.
const FOREIGN_ZONES = ['azmk8s.io', 'azure.com', 'azure.net', 'azurecr.io', 'windows.net', 'cluster.local', 'arpa'];

/** Whether a DNS zone is, or lies below, one that nobody but Azure or the cluster can own. */
export function isForeignZone(zone: string): boolean {
  return FOREIGN_ZONES.some((foreign) => zone === foreign || zone.endsWith(`.${foreign}`));
}

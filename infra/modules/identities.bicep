// Who the cluster and its pods are to Azure. They live as long as the environment, so that rights can be granted before
// there is a cluster, and a new cluster takes them over.

import { placement } from '../types.bicep'

@description('Where it stands and what everything is called.')
param place placement

resource identities 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' = [
  for name in [
    place.names.identities.controlPlane
    place.names.identities.kubelet
    place.names.identities.gateway
    place.names.identities.certManager
    place.names.identities.argocd
  ]: {
    name: name
    location: place.location
    tags: place.tags
  }
]

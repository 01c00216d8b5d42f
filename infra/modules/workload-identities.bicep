// Which ServiceAccount may sign in as which identity. The credentials are the cluster's, since another cluster signs
// its tokens as another issuer.

import { placement, workload } from '../types.bicep'

@description('Where everything stands and what it is called.')
param place placement
@description('ServiceAccounts that pods run as.')
param workloads workload[]

resource aks 'Microsoft.ContainerService/managedClusters@2026-02-01' existing = {
  name: place.names.cluster
}

resource identities 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = [
  for workload in workloads: {
    name: place.names.identities[workload.identity]
  }
]

// Two at once on one identity are refused.
@batchSize(1)
resource credentials 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials@2024-11-30' = [
  for (workload, index) in workloads: {
    parent: identities[index]
    name: workload.name
    properties: {
      // As AKS gives it: without its last slash every token is refused.
      issuer: aks.properties.oidcIssuerProfile.issuerURL
      subject: 'system:serviceaccount:${workload.namespace}:${workload.serviceAccount}'
      audiences: ['api://AzureADTokenExchange']
    }
  }
]

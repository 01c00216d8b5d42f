// The cluster: private, without local accounts, and nothing on it that Argo CD would bring.

import { clusterParameters } from '../types.bicep'

@description('From dist/<env>/infra/parameters.json.')
param cluster clusterParameters

var names = cluster.names
var zones = loadJsonContent('../private-dns-zones.json')

resource controlPlane 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: names.identities.controlPlane
}

resource kubelet 'Microsoft.ManagedIdentity/userAssignedIdentities@2024-11-30' existing = {
  name: names.identities.kubelet
}

resource workspace 'Microsoft.OperationalInsights/workspaces@2025-02-01' existing = {
  name: names.workspace
}

resource apiServerZone 'Microsoft.Network/privateDnsZones@2024-06-01' existing = {
  name: replace(zones.apiServer.privateZones[0], '<region>', cluster.location)
}

resource network 'Microsoft.Network/virtualNetworks@2025-01-01' existing = {
  name: names.virtualNetwork

  resource nodes 'subnets' existing = {
    name: names.subnets.aks
  }

  resource apiServer 'subnets' existing = {
    name: names.subnets.apiServer
  }
}

var pool = {
  type: 'VirtualMachineScaleSets'
  osType: 'Linux'
  osSKU: 'AzureLinux'
  vnetSubnetID: network::nodes.id
  availabilityZones: cluster.zones
  enableAutoScaling: true
  // A drained node waits for streams: a pod of the gateway goes after 620 s at most.
  upgradeSettings: { maxSurge: '33%', drainTimeoutInMinutes: 30 }
  // Said out loud, since newer versions switch it on by themselves, and it serves stale names for an hour.
  localDNSProfile: { mode: 'Disabled' }
  securityProfile: { sshAccess: 'Disabled' }
}

resource aks 'Microsoft.ContainerService/managedClusters@2026-02-01' = {
  name: names.cluster
  location: cluster.location
  tags: cluster.tags
  sku: { name: 'Base', tier: cluster.tier }
  identity: { type: 'UserAssigned', userAssignedIdentities: { '${controlPlane.id}': {} } }
  properties: {
    kubernetesVersion: cluster.kubernetesVersion
    // Premium is the price of long-term support, and neither is had without the other.
    supportPlan: cluster.tier == 'Premium' ? 'AKSLongTermSupport' : 'KubernetesOfficial'
    dnsPrefix: names.cluster
    nodeResourceGroup: names.nodeResourceGroup
    nodeResourceGroupProfile: { restrictionLevel: 'ReadOnly' }
    agentPoolProfiles: [
      {
        ...pool
        name: 'system'
        mode: 'System'
        vmSize: cluster.systemPool.vmSize
        nodeTaints: ['CriticalAddonsOnly=true:NoSchedule']
        count: cluster.systemPool.min
        minCount: cluster.systemPool.min
        maxCount: cluster.systemPool.max
      }
      {
        ...pool
        // No taint: the pods of run-command, Argo CD and cert-manager have to land somewhere.
        name: 'user'
        mode: 'User'
        vmSize: cluster.userPool.vmSize
        count: cluster.userPool.min
        minCount: cluster.userPool.min
        maxCount: cluster.userPool.max
      }
    ]
    networkProfile: {
      networkPlugin: 'azure'
      networkPluginMode: 'overlay'
      networkDataplane: cluster.networkPolicy
      // The article's Azure policy manager ends on Linux in September 2028; Cilium is what Azure names instead.
      networkPolicy: cluster.networkPolicy
      podCidr: '10.244.0.0/16'
      serviceCidr: '10.0.0.0/16'
      dnsServiceIP: '10.0.0.10'
      loadBalancerSku: 'standard'
      outboundType: 'userAssignedNATGateway'
    }
    apiServerAccessProfile: {
      enablePrivateCluster: true
      enablePrivateClusterPublicFQDN: false
      enableVnetIntegration: true
      subnetId: network::apiServer.id
      privateDNSZone: apiServerZone.id
      // The one way in for a workflow, which has no route into this network.
      disableRunCommand: false
    }
    disableLocalAccounts: true
    enableRBAC: true
    aadProfile: { managed: true, enableAzureRBAC: true, tenantID: cluster.tenantId }
    oidcIssuerProfile: { enabled: true }
    securityProfile: {
      workloadIdentity: { enabled: true }
      imageCleaner: { enabled: true, intervalHours: 168 }
    }
    identityProfile: {
      kubeletidentity: {
        resourceId: kubelet.id
        clientId: kubelet.properties.clientId
        objectId: kubelet.properties.principalId
      }
    }
    addonProfiles: {
      azureKeyvaultSecretsProvider: {
        enabled: true
        config: { enableSecretRotation: 'true', rotationPollInterval: '2m' }
      }
      omsagent: {
        enabled: true
        config: { logAnalyticsWorkspaceResourceID: workspace.id, useAADAuth: 'true' }
      }
    }
    azureMonitorProfile: { metrics: { enabled: cluster.monitoring.prometheus == 'azure' } }
    workloadAutoScalerProfile: { keda: { enabled: cluster.keda } }
    autoUpgradeProfile: { upgradeChannel: 'patch', nodeOSUpgradeChannel: 'NodeImage' }
    autoScalerProfile: {
      'balance-similar-node-groups': 'true'
      expander: 'least-waste'
      // By default 600 s, which would cut the 620 s that a pod of the gateway has for its last streams.
      'max-graceful-termination-sec': '660'
    }
    // ingress-nginx was retired in March 2026, and AKS's own NGINX ends this November: either Argo CD brings F5's
    // controller, or AKS its Gateway API.
    ...(cluster.ingressController == 'gateway_api'
      ? {
          ingressProfile: {
            gatewayAPI: { installation: 'Standard' }
            webAppRouting: {
              enabled: true
              gatewayAPIImplementations: { appRoutingIstio: { mode: 'Enabled' } }
              // Left out, AKS brings its NGINX too, with a public address that nobody asked for.
              nginx: { defaultIngressControllerType: 'None' }
            }
          }
        }
      : {})
  }
}

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  scope: aks
  name: 'to-workspace'
  properties: {
    workspaceId: workspace.id
    logAnalyticsDestinationType: 'Dedicated'
    logs: [
      // Not kube-audit: every read of every controller, at the price of all other logs together.
      { category: 'kube-audit-admin', enabled: true }
      { category: 'guard', enabled: true }
      { category: 'cluster-autoscaler', enabled: true }
    ]
  }
}

/** One object of each kind that may be rendered, with maps of free keys wherever the kind allows them. */
export const SOUND_MANIFESTS = `
apiVersion: argoproj.io/v1alpha1
kind: AppProject
metadata: { name: a, namespace: argocd }
spec:
  description: a
  sourceRepos: [a]
  destinations: [{ server: a, namespace: b }]
  clusterResourceWhitelist: [{ group: '', kind: Namespace }]
  namespaceResourceWhitelist: [{ group: '', kind: Namespace }]
  roles: [{ name: a, policies: [p], groups: [g] }]
  orphanedResources: { warn: true, ignore: [{ group: a, kind: b, name: c }] }
  syncWindows: [{ kind: allow, schedule: "* * * * *", duration: 1h, applications: ["*"] }]
---
apiVersion: argoproj.io/v1alpha1
kind: Application
metadata: { name: a, namespace: argocd, labels: { a: b }, annotations: { argocd.argoproj.io/sync-wave: "1" }, finalizers: [resources-finalizer.argocd.argoproj.io] }
spec:
  project: dev
  destination: { server: https://kubernetes.default.svc, namespace: tollgate }
  source: { repoURL: "oci://a/b", path: charts/a, targetRevision: v1, helm: { releaseName: a, values: "a: b", valuesObject: { x: { y: 1 } }, parameters: [{ name: a, value: b }] } }
  syncPolicy: { automated: { prune: true, selfHeal: true }, syncOptions: [A=b], retry: { limit: 5, backoff: { duration: 5s, factor: 2, maxDuration: 3m } }, managedNamespaceMetadata: { labels: { a: b } } }
  ignoreDifferences: [{ group: apps, kind: Deployment, jsonPointers: [/a], jqPathExpressions: [.a] }]
  info: [{ name: a, value: b }]
---
apiVersion: cert-manager.io/v1
kind: Certificate
metadata: { name: a, namespace: b }
spec:
  secretName: a
  secretTemplate: { annotations: { a: b }, labels: { a: b } }
  dnsNames: [a.example]
  issuerRef: { name: a, kind: ClusterIssuer, group: cert-manager.io }
  privateKey: { rotationPolicy: Always }
---
apiVersion: cert-manager.io/v1
kind: ClusterIssuer
metadata: { name: a }
spec:
  acme:
    server: https://a
    email: a@b.example
    privateKeySecretRef: { name: a }
    solvers:
      - selector: { matchLabels: { a: b }, dnsZones: [a] }
        http01: { ingress: { ingressClassName: nginx, podTemplate: { metadata: { labels: { a: b } }, spec: { securityContext: { runAsNonRoot: true }, nodeSelector: { a: b } } }, ingressTemplate: { metadata: { annotations: { a: b } } } } }
      - dns01: { azureDNS: { hostedZoneName: a, resourceGroupName: b, subscriptionID: c, environment: AzurePublicCloud, managedIdentity: { clientID: d } } }
      - dns01: { webhook: { groupName: a, solverName: b, config: { x: { y: 1 } } } }
---
apiVersion: v1
kind: ConfigMap
metadata: { name: a }
data: { a: b }
binaryData: { a: YQ== }
---
apiVersion: apps/v1
kind: Deployment
metadata: { name: a, labels: { a: b } }
spec:
  selector: { matchLabels: { a: b } }
  template:
    metadata: { labels: { a: b }, annotations: { a: b } }
    spec:
      nodeSelector: { a: b }
      priorityClassName: a
      containers: [{ name: a, image: b, resources: { limits: { cpu: 1, memory: 1Gi }, requests: { cpu: 100m } } }]
      volumes: [{ name: t, emptyDir: { sizeLimit: 1Gi } }, { name: c, configMap: { name: c, items: [{ key: a, path: b }] } }]
---
apiVersion: gateway.networking.k8s.io/v1
kind: Gateway
metadata: { name: a, namespace: b }
spec:
  gatewayClassName: x
  addresses: [{ type: IPAddress, value: 10.0.0.1 }]
  infrastructure: { annotations: { a: b }, labels: { a: b } }
  listeners: [{ name: https, port: 443, protocol: HTTPS, hostname: a.example, tls: { mode: Terminate, certificateRefs: [{ name: c }], options: { a: b } }, allowedRoutes: { namespaces: { from: Same, selector: { matchLabels: { a: b } } } } }]
---
apiVersion: gateway.networking.k8s.io/v1
kind: HTTPRoute
metadata: { name: a, namespace: b }
spec:
  hostnames: [a.example]
  parentRefs: [{ name: g, sectionName: https, namespace: x }]
  rules: [{ matches: [{ path: { type: PathPrefix, value: / } }], timeouts: { request: 600s }, backendRefs: [{ name: gateway, port: 4000 }], filters: [{ type: RequestHeaderModifier, requestHeaderModifier: { set: [{ name: a, value: b }] } }] }]
---
apiVersion: autoscaling/v2
kind: HorizontalPodAutoscaler
metadata: { name: a }
spec:
  scaleTargetRef: { apiVersion: apps/v1, kind: Deployment, name: g }
  minReplicas: 2
  maxReplicas: 3
  metrics: [{ type: Resource, resource: { name: cpu, target: { type: Utilization, averageUtilization: 70 } } }]
  behavior: { scaleUp: { stabilizationWindowSeconds: 0, selectPolicy: Max, policies: [{ type: Percent, value: 100, periodSeconds: 15 }] } }
---
apiVersion: networking.k8s.io/v1
kind: Ingress
metadata: { name: a }
spec:
  ingressClassName: nginx
  tls: [{ hosts: [a.example], secretName: b }]
  rules: [{ host: a.example, http: { paths: [{ path: /, pathType: Prefix, backend: { service: { name: g, port: { number: 4000 } } } }] } }]
---
apiVersion: batch/v1
kind: Job
metadata: { name: a }
spec:
  backoffLimit: 1
  activeDeadlineSeconds: 60
  ttlSecondsAfterFinished: 60
  podFailurePolicy: { rules: [{ action: FailJob, onExitCodes: { operator: In, values: [1] } }] }
  template:
    metadata: { labels: { a: b } }
    spec:
      restartPolicy: Never
      nodeSelector: { a: b }
      containers: [{ name: a, image: b, volumeMounts: [{ name: s, mountPath: /x, readOnly: true }] }]
      volumes: [{ name: s, csi: { driver: secrets-store.csi.k8s.io, readOnly: true, volumeAttributes: { secretProviderClass: g } } }]
---
apiVersion: v1
kind: Namespace
metadata: { name: a, labels: { a: b } }
---
apiVersion: networking.k8s.io/v1
kind: NetworkPolicy
metadata: { name: a }
spec:
  podSelector: { matchLabels: { a: b }, matchExpressions: [{ key: a, operator: Exists }] }
  policyTypes: [Ingress, Egress]
  ingress: [{ from: [{ namespaceSelector: { matchLabels: { a: b } }, podSelector: { matchLabels: { a: b } } }], ports: [{ port: 4000, protocol: TCP }, { port: http }] }]
  egress: [{ to: [{ ipBlock: { cidr: 10.0.0.0/8, except: [10.1.0.0/16] } }], ports: [{ port: 1, endPort: 10 }] }, {}]
---
apiVersion: policy/v1
kind: PodDisruptionBudget
metadata: { name: a }
spec: { maxUnavailable: 1, selector: { matchLabels: { a: b } }, unhealthyPodEvictionPolicy: AlwaysAllow }
---
apiVersion: azmonitoring.coreos.com/v1
kind: PodMonitor
metadata: { name: a, namespace: b }
spec:
  selector: { matchLabels: { a: b } }
  podMetricsEndpoints: [{ port: http }]
---
apiVersion: monitoring.coreos.com/v1
kind: PodMonitor
metadata: { name: a, namespace: b }
spec:
  selector: { matchLabels: { a: b } }
  podMetricsEndpoints: [{ port: http, path: /metrics, params: { a: [b] } }]
---
apiVersion: scheduling.k8s.io/v1
kind: PriorityClass
metadata: { name: a }
value: 1000
globalDefault: false
description: a
preemptionPolicy: PreemptLowerPriority
---
apiVersion: monitoring.coreos.com/v1
kind: PrometheusRule
metadata: { name: a, namespace: b }
spec:
  groups: [{ name: g, interval: 30s, rules: [{ alert: A, expr: up == 0, for: 5m, labels: { severity: page }, annotations: { summary: x } }, { record: a:b, expr: 1 }] }]
---
apiVersion: keda.sh/v1alpha1
kind: ScaledObject
metadata: { name: a, namespace: b }
spec:
  scaleTargetRef: { name: gateway, kind: Deployment, apiVersion: apps/v1 }
  minReplicaCount: 1
  maxReplicaCount: 4
  triggers: [{ type: prometheus, metadata: { serverAddress: a, threshold: "1" }, authenticationRef: { name: x } }]
  advanced: { horizontalPodAutoscalerConfig: { behavior: { scaleDown: { stabilizationWindowSeconds: 300, policies: [{ type: Pods, value: 1, periodSeconds: 60 }] } } } }
---
apiVersion: secrets-store.csi.x-k8s.io/v1
kind: SecretProviderClass
metadata: { name: a, namespace: b, labels: { a: b } }
spec:
  provider: azure
  parameters:
    usePodIdentity: "false"
    clientID: a
    keyvaultName: kv-a
    tenantId: b
    objects: |
      array:
        - |
          objectName: a-b
          objectType: secret
          objectAlias: A_B
---
apiVersion: v1
kind: Service
metadata: { name: a, annotations: { a: b } }
spec: { type: LoadBalancer, clusterIP: None, selector: { a: b }, ports: [{ name: http, port: 80, targetPort: http, appProtocol: http }], publishNotReadyAddresses: false, trafficDistribution: PreferClose, loadBalancerSourceRanges: [a] }
---
apiVersion: v1
kind: ServiceAccount
metadata: { name: a, annotations: { a: b }, labels: { a: b } }
automountServiceAccountToken: false
---
apiVersion: azmonitoring.coreos.com/v1
kind: ServiceMonitor
metadata: { name: a, namespace: b }
spec:
  labelLimit: 63
  selector: { matchLabels: { a: b } }
  endpoints: [{ port: http, path: /metrics, params: { a: [b] } }]
---
apiVersion: monitoring.coreos.com/v1
kind: ServiceMonitor
metadata: { name: a, namespace: b }
spec:
  selector: { matchLabels: { a: b }, matchExpressions: [{ key: a, operator: In, values: [b] }] }
  namespaceSelector: { matchNames: [tollgate] }
  endpoints: [{ port: http, path: /metrics, interval: 30s, params: { a: [b] }, relabelings: [{ sourceLabels: [a], targetLabel: b, action: replace }] }]
---
apiVersion: keda.sh/v1alpha1
kind: TriggerAuthentication
metadata: { name: a, namespace: b }
spec: { podIdentity: { provider: azure-workload, identityId: c } }
`;

/** Metrics that rules and panels name and that somebody else exports, by exporter. */
export interface ForeignMetrics {
  readonly exporter: string;
  /** Where its maker writes down what it exports. */
  readonly source: string;
  /** How they come to be scraped here. */
  readonly scraped: string;
  readonly names: readonly string[];
}

export const FOREIGN_METRICS: readonly ForeignMetrics[] = [
  {
    exporter: 'kube-state-metrics',
    source: 'https://github.com/kubernetes/kube-state-metrics/tree/main/docs/metrics',
    scraped: "By Managed Prometheus, within its minimal ingestion profile; by kube-prometheus-stack's own monitor.",
    names: [
      'kube_deployment_spec_replicas',
      'kube_deployment_status_replicas_available',
      'kube_horizontalpodautoscaler_spec_max_replicas',
      'kube_horizontalpodautoscaler_spec_min_replicas',
      'kube_horizontalpodautoscaler_status_current_replicas',
      'kube_job_failed',
    ],
  },
  {
    exporter: 'cadvisor, in the kubelet',
    source: 'https://github.com/google/cadvisor/blob/master/docs/storage/prometheus.md',
    scraped: "By Managed Prometheus, within its minimal ingestion profile; by kube-prometheus-stack's own monitor.",
    names: ['container_cpu_usage_seconds_total', 'container_memory_working_set_bytes'],
  },
  {
    exporter: 'cert-manager, from 1.18',
    source: 'https://cert-manager.io/docs/devops-tips/prometheus-metrics/',
    scraped: 'By the PodMonitor cert-manager of the component monitoring.',
    names: [
      'certmanager_certificate_not_after_timestamp_seconds',
      'certmanager_certificate_not_before_timestamp_seconds',
      'certmanager_certificate_ready_status',
    ],
  },
  {
    exporter: 'F5 NGINX Ingress Controller',
    source: 'https://docs.nginx.com/nginx-ingress-controller/logging-and-monitoring/prometheus/',
    scraped: 'By the PodMonitor nginx-ingress of the component monitoring.',
    names: ['nginx_ingress_controller_nginx_last_reload_status', 'nginx_ingress_nginx_connections_active'],
  },
];

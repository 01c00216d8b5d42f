import { ONCE, type AlertCase, type Series } from './alert-case.ts';

/** A certificate that lives for ten hours: a quarter of it is left after 450 minutes, a tenth after 540. */
const TEN_HOURS: Series = {
  'certmanager_certificate_not_before_timestamp_seconds{name="gateway-tls"}': '0x600',
  'certmanager_certificate_not_after_timestamp_seconds{name="gateway-tls"}': '36000x600',
};
/** One that lives for 90 days, 60 of which are over. */
const NINETY_DAYS: Series = {
  'certmanager_certificate_not_before_timestamp_seconds{name="gateway-tls"}': '-5184000x600',
  'certmanager_certificate_not_after_timestamp_seconds{name="gateway-tls"}': '2592000x600',
};
const CERTIFICATE = [{ name: 'gateway-tls' }];

const REPLICAS = 'namespace="tollgate",deployment="gateway"';
const AUTOSCALER = 'namespace="tollgate",horizontalpodautoscaler="gateway"';

/** What others say of it. For each alert a moment at which it must go off, and one that looks like it and is none. */
export const CLUSTER_CASES: readonly AlertCase[] = [
  {
    alert: 'TollgateUnavailable',
    title: 'no pod is available',
    series: { [`kube_deployment_status_replicas_available{${REPLICAS}}`]: '0x10' },
    atMinute: 5,
    fires: ONCE,
  },
  {
    alert: 'TollgateUnavailable',
    title: 'one pod is available',
    series: { [`kube_deployment_status_replicas_available{${REPLICAS}}`]: '1x10' },
    atMinute: 5,
  },
  {
    alert: 'TollgatePodsMissing',
    title: 'two of three pods are available',
    series: {
      [`kube_deployment_status_replicas_available{${REPLICAS}}`]: '2x30',
      [`kube_deployment_spec_replicas{${REPLICAS}}`]: '3x30',
    },
    atMinute: 20,
    fires: ONCE,
  },
  {
    alert: 'TollgatePodsMissing',
    title: "another's pods are missing",
    series: {
      [`kube_deployment_status_replicas_available{${REPLICAS}}`]: '3x30',
      [`kube_deployment_spec_replicas{${REPLICAS}}`]: '3x30',
      'kube_deployment_status_replicas_available{namespace="other",deployment="gateway"}': '0x30',
    },
    atMinute: 20,
  },
  {
    alert: 'TollgateAtMostReplicas',
    title: 'six of at most six pods for half an hour',
    series: {
      [`kube_horizontalpodautoscaler_status_current_replicas{${AUTOSCALER}}`]: '6x60',
      [`kube_horizontalpodautoscaler_spec_max_replicas{${AUTOSCALER}}`]: '6x60',
      [`kube_horizontalpodautoscaler_spec_min_replicas{${AUTOSCALER}}`]: '2x60',
    },
    atMinute: 40,
    fires: ONCE,
  },
  {
    alert: 'TollgateAtMostReplicas',
    title: 'always two pods, as somebody wanted',
    series: {
      [`kube_horizontalpodautoscaler_status_current_replicas{${AUTOSCALER}}`]: '2x60',
      [`kube_horizontalpodautoscaler_spec_max_replicas{${AUTOSCALER}}`]: '2x60',
      [`kube_horizontalpodautoscaler_spec_min_replicas{${AUTOSCALER}}`]: '2x60',
    },
    atMinute: 40,
  },
  {
    alert: 'TollgateJobFailed',
    title: 'the migration failed',
    series: { 'kube_job_failed{namespace="tollgate",job_name="gateway-migration",condition="true"}': '1x5' },
    atMinute: 3,
    fires: [{ job_name: 'gateway-migration' }],
  },
  {
    alert: 'TollgateJobFailed',
    title: 'a Job of somebody else failed',
    series: { 'kube_job_failed{namespace="other",job_name="backup",condition="true"}': '1x5' },
    atMinute: 3,
  },
  {
    alert: 'TollgateCertificateLate',
    title: 'a tenth-of-a-day certificate is in its last quarter for more than an hour',
    series: TEN_HOURS,
    atMinute: 520,
    fires: CERTIFICATE,
  },
  { alert: 'TollgateCertificateLate', title: 'it is about to be renewed', series: TEN_HOURS, atMinute: 440 },
  {
    alert: 'TollgateCertificateLate',
    title: 'a certificate of 90 days has 30 left, which is when it is renewed',
    series: NINETY_DAYS,
    atMinute: 120,
  },
  {
    alert: 'TollgateCertificateExpiring',
    title: 'less than a tenth is left',
    series: TEN_HOURS,
    atMinute: 570,
    fires: CERTIFICATE,
  },
  { alert: 'TollgateCertificateExpiring', title: 'more than a tenth is left', series: TEN_HOURS, atMinute: 530 },
  {
    alert: 'TollgateCertificateNotReady',
    title: 'a certificate was not issued for half an hour',
    series: {
      'certmanager_certificate_ready_status{name="gateway-tls",condition="False"}': '1x60',
      'certmanager_certificate_ready_status{name="gateway-tls",condition="True"}': '0x60',
    },
    atMinute: 40,
    fires: CERTIFICATE,
  },
  {
    alert: 'TollgateCertificateNotReady',
    title: 'it is there',
    series: {
      'certmanager_certificate_ready_status{name="gateway-tls",condition="False"}': '0x60',
      'certmanager_certificate_ready_status{name="gateway-tls",condition="True"}': '1x60',
    },
    atMinute: 40,
  },
  {
    alert: 'TollgateIngressReloadFailed',
    title: 'one controller of two refused its configuration',
    series: {
      'nginx_ingress_controller_nginx_last_reload_status{pod="a"}': '0x20',
      'nginx_ingress_controller_nginx_last_reload_status{pod="b"}': '1x20',
    },
    atMinute: 10,
    fires: ONCE,
  },
  {
    alert: 'TollgateIngressReloadFailed',
    title: 'both took it',
    series: { 'nginx_ingress_controller_nginx_last_reload_status{pod="a"}': '1x20' },
    atMinute: 10,
  },
];

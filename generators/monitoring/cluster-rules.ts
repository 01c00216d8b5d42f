import type { EnvironmentSettings } from '../../environments/schema/environment-settings.ts';
import { GATEWAY, NAMESPACE } from '../kubernetes/names.ts';
import type { AlertRule, RuleGroup } from './alert-rule.ts';

/** What others export about us: these hold for either engine. */
export function clusterRules({ ingress }: EnvironmentSettings): RuleGroup {
  return {
    name: 'tollgate-cluster',
    rules: [...PODS, ...CERTIFICATES, ...(ingress.controller === 'nginx' ? [NGINX_RELOAD] : [])],
  };
}

const DEPLOYMENT = `namespace="${NAMESPACE}",deployment="${GATEWAY}"`;
const AUTOSCALER = `namespace="${NAMESPACE}",horizontalpodautoscaler="${GATEWAY}"`;

const PODS: readonly AlertRule[] = [
  {
    alert: 'TollgateUnavailable',
    expression: `sum(kube_deployment_status_replicas_available{${DEPLOYMENT}}) == 0`,
    forMinutes: 2,
    severity: 'critical',
    summary: 'No gateway pod is available.',
    action:
      'kubectl -n tollgate get pods, then describe one: an image that cannot be pulled, a secret that is missing, or no node with room.',
  },
  {
    alert: 'TollgatePodsMissing',
    expression: `sum(kube_deployment_status_replicas_available{${DEPLOYMENT}}) < sum(kube_deployment_spec_replicas{${DEPLOYMENT}})`,
    forMinutes: 15,
    severity: 'warning',
    summary: 'Fewer gateway pods are available than wanted for a quarter of an hour.',
    action: 'kubectl -n tollgate describe a pod that is not ready. Pending: the node pool is at its maximum.',
  },
  {
    alert: 'TollgateAtMostReplicas',
    expression: [
      `max(kube_horizontalpodautoscaler_status_current_replicas{${AUTOSCALER}})`,
      `>= max(kube_horizontalpodautoscaler_spec_max_replicas{${AUTOSCALER}})`,
      `> max(kube_horizontalpodautoscaler_spec_min_replicas{${AUTOSCALER}})`,
    ].join(' '),
    forMinutes: 30,
    severity: 'notice',
    summary: 'The gateway has had as many pods as it may have for half an hour.',
    action: 'Raise gateway.replicas.max in environments/<env>/environment.yaml before requests have to wait.',
  },
  {
    alert: 'TollgateJobFailed',
    expression: `sum by (job_name) (kube_job_failed{namespace="${NAMESPACE}",condition="true"}) > 0`,
    forMinutes: 0,
    severity: 'critical',
    summary: 'The Job {{ $labels.job_name }} has failed: the last release did not come through.',
    action:
      'kubectl -n tollgate logs job/<name>. Migration: pods of the old release go on serving. Smoke test: it names the pods that do not answer with the new revision.',
  },
];

// Shares of a certificate's own lifetime: it may be 90 days or 6. cert-manager renews when a third is left.
const LATE = 0.25;
const TOO_LATE = 0.1;

const CERTIFICATES: readonly AlertRule[] = [
  {
    alert: 'TollgateCertificateLate',
    expression: lifetimeLeftBelow(LATE),
    forMinutes: 60,
    severity: 'warning',
    summary: 'The certificate {{ $labels.name }} should have been renewed: less than a quarter of its life is left.',
    action:
      'kubectl -n tollgate describe certificate, then its challenges. HTTP-01 needs port 80 open to the world; DNS-01 needs rights on the zone.',
  },
  {
    alert: 'TollgateCertificateExpiring',
    expression: lifetimeLeftBelow(TOO_LATE),
    forMinutes: 10,
    severity: 'critical',
    summary: 'The certificate {{ $labels.name }} is about to expire: less than a tenth of its life is left.',
    action: 'As for TollgateCertificateLate, now: clients will refuse to connect.',
  },
  {
    alert: 'TollgateCertificateNotReady',
    expression: 'max by (name) (certmanager_certificate_ready_status{condition!="True"}) == 1',
    forMinutes: 30,
    severity: 'warning',
    summary: 'The certificate {{ $labels.name }} is not ready.',
    action: 'kubectl -n tollgate describe certificate, then its certificaterequest, order and challenge.',
  },
];

const NGINX_RELOAD: AlertRule = {
  alert: 'TollgateIngressReloadFailed',
  expression: 'min(nginx_ingress_controller_nginx_last_reload_status) == 0',
  forMinutes: 5,
  severity: 'critical',
  summary: 'NGINX did not take its last configuration: new Ingresses and certificates have no effect.',
  action: 'The log of the controller names the line. Revert the last change of the Ingress.',
};

function lifetimeLeftBelow(share: number): string {
  const left = '(certmanager_certificate_not_after_timestamp_seconds - time())';
  const life =
    '(certmanager_certificate_not_after_timestamp_seconds - certmanager_certificate_not_before_timestamp_seconds)';
  return `min by (name) (${left} / ${life}) < ${share}`;
}

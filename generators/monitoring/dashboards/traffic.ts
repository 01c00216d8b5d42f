import { GATEWAY, NAMESPACE } from '../../kubernetes/names.ts';
import { ERROR_BUDGET, faultRatioOver } from '../availability-rules.ts';
import type { DashboardText } from './panel.ts';

const CONTAINER = `namespace="${NAMESPACE}",container="${GATEWAY}"`;
const DEPLOYMENT = `namespace="${NAMESPACE}",deployment="${GATEWAY}"`;

export const TRAFFIC: DashboardText = {
  name: 'traffic',
  title: 'Tollgate: traffic',
  description: 'What is asked, how it ends, and whether the pods can bear it.',
  panels: [
    {
      title: 'Requests that fail',
      description:
        'Share of the last hour that failed through the gateway or an upstream. What a client did wrong is not in it.',
      unit: 'percentunit',
      kind: 'number',
      queries: [{ expression: faultRatioOver('1h'), legend: 'last hour' }],
      thresholds: { orange: ERROR_BUDGET, red: 6 * ERROR_BUDGET },
    },
    {
      title: 'Error budget left',
      description: `Of the ${ERROR_BUDGET * 100} % of requests that may fail, what the last three days have left. Below 0 the objective is missed.`,
      unit: 'percentunit',
      kind: 'number',
      queries: [{ expression: `1 - ${faultRatioOver('3d')} / ${ERROR_BUDGET}`, legend: 'three days' }],
      thresholds: { orange: 0.5, red: 0 },
    },
    {
      title: 'Requests by how they ended',
      description: 'refused: by a key, a limit or a budget, before any upstream. client_closed: the client left first.',
      unit: 'reqps',
      kind: 'lines',
      queries: [
        {
          expression: 'sum by (status) (rate(tollgate_requests_total[$__rate_interval]))',
          legend: '{{status}}',
        },
      ],
    },
    {
      title: 'Requests by model',
      description: 'unknown: a name that the gateway does not serve.',
      unit: 'reqps',
      kind: 'lines',
      queries: [
        { expression: 'sum by (model) (rate(tollgate_requests_total[$__rate_interval]))', legend: '{{model}}' },
      ],
    },
    {
      title: 'Errors by code',
      description:
        'The code of the gateway for what it answered itself; upstream_<status> for what an upstream answered.',
      unit: 'reqps',
      kind: 'lines',
      queries: [{ expression: 'sum by (code) (rate(tollgate_errors_total[$__rate_interval]))', legend: '{{code}}' }],
    },
    {
      title: 'Attempts that went wrong, by deployment',
      description:
        'A request may take several attempts. throttled: 429 of the upstream. failed: 5xx, no answer, or a refused credential.',
      unit: 'reqps',
      kind: 'lines',
      queries: [
        {
          expression:
            'sum by (deployment, result) (rate(tollgate_upstream_attempts_total{result!="success"}[$__rate_interval]))',
          legend: '{{deployment}} {{result}}',
        },
      ],
    },
    {
      title: 'Requests in flight',
      description: 'By pod. Uneven pods mean that connections are not spread.',
      unit: 'short',
      kind: 'lines',
      queries: [{ expression: 'sum by (pod) (tollgate_requests_in_flight)', legend: '{{pod}}' }],
    },
    {
      title: 'Tokens by kind',
      description: 'As the upstreams report them, or as estimated where they do not.',
      unit: 'short',
      kind: 'lines',
      queries: [{ expression: 'sum by (kind) (rate(tollgate_tokens_total[$__rate_interval]))', legend: '{{kind}}' }],
    },
    {
      title: 'Pods',
      description: 'Available is what answers; wanted is what the autoscaler asks for.',
      unit: 'short',
      kind: 'lines',
      queries: [
        { expression: `sum(kube_deployment_status_replicas_available{${DEPLOYMENT}})`, legend: 'available' },
        { expression: `sum(kube_deployment_spec_replicas{${DEPLOYMENT}})`, legend: 'wanted' },
      ],
    },
    {
      title: 'Configurations served',
      description: 'Pods by revision. Two revisions are a change on its way, for a minute or two.',
      unit: 'short',
      kind: 'lines',
      queries: [{ expression: 'count by (revision) (tollgate_config_revision)', legend: '{{revision}}' }],
    },
    {
      title: 'CPU by pod',
      description: 'In cores. One process uses little more than one.',
      unit: 'short',
      kind: 'lines',
      queries: [
        {
          expression: `sum by (pod) (rate(container_cpu_usage_seconds_total{${CONTAINER}}[$__rate_interval]))`,
          legend: '{{pod}}',
        },
      ],
    },
    {
      title: 'Memory by pod',
      description: 'The working set: at the limit of the container the kernel ends it.',
      unit: 'bytes',
      kind: 'lines',
      queries: [{ expression: `sum by (pod) (container_memory_working_set_bytes{${CONTAINER}})`, legend: '{{pod}}' }],
    },
    {
      title: 'Connections at the ingress',
      description: 'Open client connections of the ingress controller, where it is NGINX.',
      unit: 'short',
      kind: 'lines',
      queries: [{ expression: 'sum by (pod) (nginx_ingress_nginx_connections_active)', legend: '{{pod}}' }],
    },
  ],
};

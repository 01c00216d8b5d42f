import { quantiles, type DashboardText } from './panel.ts';

export const LATENCY: DashboardText = {
  name: 'latency',
  title: 'Tollgate: latency and overhead',
  description: 'How long clients wait, and whose time it is: the upstream or the gateway.',
  panels: [
    {
      title: 'Overhead',
      description:
        'The part of a request in which no upstream was working: what the gateway itself adds. An alert goes off at 100 ms.',
      unit: 's',
      kind: 'lines',
      queries: quantiles('tollgate_overhead_seconds', [0.5, 0.99]),
      thresholds: { orange: 0.05, red: 0.1 },
    },
    {
      title: 'Overhead, mean',
      description: 'Exact where the quantiles beside it are as coarse as their buckets.',
      unit: 's',
      kind: 'lines',
      queries: [
        {
          expression:
            'sum(rate(tollgate_overhead_seconds_sum[$__rate_interval])) / sum(rate(tollgate_overhead_seconds_count[$__rate_interval]))',
          legend: 'mean',
        },
      ],
    },
    {
      title: 'Whole request',
      description: 'To the last byte of the answer; of a stream, to its end.',
      unit: 's',
      kind: 'lines',
      queries: quantiles('tollgate_request_duration_seconds', [0.5, 0.95, 0.99]),
    },
    {
      title: 'Whole request by model',
      description: 'One request in twenty takes longer.',
      unit: 's',
      kind: 'lines',
      queries: quantiles('tollgate_request_duration_seconds', [0.95], 'model'),
    },
    {
      title: 'First byte of a stream',
      description: 'What a person waits for. An alert goes off at 30 s.',
      unit: 's',
      kind: 'lines',
      queries: quantiles('tollgate_time_to_first_byte_seconds', [0.5, 0.95], 'model'),
      thresholds: { orange: 15, red: 30 },
    },
    {
      title: 'Upstream by deployment',
      description: 'One call in twenty takes longer. Compare the deployments of one model.',
      unit: 's',
      kind: 'lines',
      queries: quantiles('tollgate_upstream_duration_seconds', [0.95], 'deployment'),
    },
    {
      title: 'Event loop lag',
      description: 'How late a pod runs what is due: everything waits so long. Above 50 ms a pod has too much to do.',
      unit: 's',
      kind: 'lines',
      queries: [
        {
          expression:
            'max by (pod) (nodejs_eventloop_lag_p99_seconds and on (pod, instance) tollgate_requests_in_flight)',
          legend: '{{pod}}',
        },
      ],
      thresholds: { orange: 0.05, red: 0.2 },
    },
  ],
};

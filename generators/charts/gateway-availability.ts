/* oxlint-disable eslint/no-new -- a construct adds itself to its chart */
import type { Chart } from 'cdk8s';
import { k8s } from 'cdk8s-plus-30';
import { labels, selectorLabels } from '../kubernetes/labels.ts';
import { GATEWAY, GATEWAY_PRIORITY, NAMESPACE } from '../kubernetes/names.ts';
import { PREREQUISITE_WAVE, syncWave } from '../kubernetes/sync-order.ts';

// Above every ordinary pod, whose priority is 0, and far below the cluster's own.
const PRIORITY = 1_000_000;

/** What keeps pods running when nodes are short or drained. */
export function addAvailability(chart: Chart): void {
  new k8s.KubePriorityClass(chart, 'priority', {
    metadata: { name: GATEWAY_PRIORITY, labels: labels(GATEWAY), annotations: syncWave(PREREQUISITE_WAVE) },
    value: PRIORITY,
    globalDefault: false,
    preemptionPolicy: 'PreemptLowerPriority',
    description: 'The LLM gateway: other workloads give way to it.',
  });
  new k8s.KubePodDisruptionBudget(chart, 'disruption-budget', {
    metadata: { name: GATEWAY, namespace: NAMESPACE, labels: labels(GATEWAY) },
    spec: {
      // One may always be away: a minimum that equals the number of pods would stop every drain.
      maxUnavailable: k8s.IntOrString.fromNumber(1),
      // A pod that is not ready serves nobody, and must not hold its node either.
      unhealthyPodEvictionPolicy: 'AlwaysAllow',
      selector: { matchLabels: selectorLabels(GATEWAY) },
    },
  });
}

import { remove, set, type RuleCase } from './rule.ts';
import {
  autoscalersHaveATarget,
  autoscalersMeasureWhatIsServed,
  disruptionsAreBounded,
  oneOwnerOfReplicas,
  podsHavePriority,
  replicasAreSpread,
  rolloutsLoseNoRequest,
  selectorsAreStable,
  selectorsFindOneWorkload,
} from './workload-rules.ts';

const POD = 'spec.template.spec';
const POD_LABELS = 'spec.template.metadata.labels';

export const WORKLOAD_CASES: readonly RuleCase[] = [
  {
    title: 'a rollout adds a pod before it takes one away, and lets requests end',
    rule: rolloutsLoseNoRequest,
    broken: {
      'a pod that goes before its successor is there': set(
        'Deployment',
        'spec.strategy.rollingUpdate.maxUnavailable',
        1,
      ),
      'requests that are cut off': set('Deployment', `${POD}.terminationGracePeriodSeconds`, 30),
    },
  },
  {
    title: 'selectors are two labels that never change',
    rule: selectorsAreStable,
    broken: {
      'a derived label': set(
        'Deployment',
        ['spec', 'selector', 'matchLabels', 'cdk8s.io/metadata.addr'],
        'gateway-c8a1',
      ),
      'pods with another label': set('Deployment', POD_LABELS, { 'app.kubernetes.io/name': 'other' }),
    },
  },
  {
    title: 'selectors find the pods of one workload',
    rule: selectorsFindOneWorkload,
    broken: {
      'a Job with the labels of the gateway': set('Job', POD_LABELS, {
        'app.kubernetes.io/component': 'gateway',
        'app.kubernetes.io/name': 'tollgate',
      }),
    },
  },
  {
    title: 'replicas are spread over zones and nodes',
    rule: replicasAreSpread,
    broken: {
      'pods without a spread': set('Deployment', `${POD}.topologySpreadConstraints`, undefined),
      'pods spread over nodes alone': set(
        'Deployment',
        `${POD}.topologySpreadConstraints.0.topologyKey`,
        'kubernetes.io/hostname',
      ),
      'a spread of other pods': set('Deployment', `${POD}.topologySpreadConstraints.0.labelSelector.matchLabels`, {
        a: 'b',
      }),
    },
  },
  {
    title: 'one replica may be disrupted at a time',
    rule: disruptionsAreBounded,
    broken: {
      'no disruption budget': remove('PodDisruptionBudget'),
      'a budget for other pods': set('PodDisruptionBudget', 'spec.selector.matchLabels', { a: 'b' }),
      'a budget that lets no pod go': set('PodDisruptionBudget', 'spec.maxUnavailable', 0),
      'a budget that lets all pods go': set('PodDisruptionBudget', 'spec.maxUnavailable', '100%'),
    },
  },
  {
    title: 'pods that serve have a priority',
    rule: podsHavePriority,
    broken: { 'no priority': set('Deployment', `${POD}.priorityClassName`, undefined) },
  },
  {
    title: 'Git or one autoscaler sets the number of replicas',
    rule: oneOwnerOfReplicas,
    broken: {
      'replicas beside an autoscaler': set('Deployment', 'spec.replicas', 3),
      'replicas that nobody sets': remove('HorizontalPodAutoscaler'),
    },
  },
  {
    title: 'autoscalers have a target',
    rule: autoscalersHaveATarget,
    broken: {
      'another target': set('HorizontalPodAutoscaler', 'spec.scaleTargetRef.name', 'other'),
      'a target in another namespace': set('HorizontalPodAutoscaler', 'metadata.namespace', 'argocd'),
    },
  },
  {
    title: 'autoscalers measure what every cluster serves',
    rule: autoscalersMeasureWhatIsServed,
    broken: {
      'requests in flight without KEDA': set('HorizontalPodAutoscaler', 'spec.metrics.0.type', 'Pods'),
      'no metric': set('HorizontalPodAutoscaler', 'spec.metrics', undefined),
    },
  },
];

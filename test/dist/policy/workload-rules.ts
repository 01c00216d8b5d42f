import { environmentOf, type CommittedManifest, type KubernetesObject } from '../manifests.ts';
import type { Rule } from './rule.ts';
import { deploymentsOf, selects, workloadsOf, type Deployment, type LabelSelector } from './workloads.ts';

// How pods of one kind live together: how many, where, and what happens when they change.

interface Autoscaler extends KubernetesObject {
  readonly spec: {
    metrics?: { type: string }[];
    scaleTargetRef: { apiVersion?: string; kind?: string; name: string };
    minReplicas?: number;
    minReplicaCount?: number;
  };
}

interface DisruptionBudget extends KubernetesObject {
  readonly spec: { minAvailable?: number; maxUnavailable?: number; selector: LabelSelector };
}

const AUTOSCALERS = ['HorizontalPodAutoscaler', 'ScaledObject'];
const SPREAD = ['kubernetes.io/hostname', 'topology.kubernetes.io/zone'];

export const rolloutsLoseNoRequest: Rule = (manifests) =>
  deploymentsOf(manifests).flatMap(({ path, deployment: { spec } }) => {
    const { maxUnavailable, maxSurge } = spec.strategy?.rollingUpdate ?? {};
    const isSmooth = maxUnavailable === 0 && maxSurge === 1;
    const isPatient = spec.template.spec.terminationGracePeriodSeconds === 620;
    return isSmooth && isPatient ? [] : [`${path}: a rollout may cut requests off`];
  });

/** A selector can never change, so it must not lean on anything that does. */
export const selectorsAreStable: Rule = (manifests) =>
  deploymentsOf(manifests).flatMap(({ path, deployment: { spec } }) => {
    const names = Object.keys(spec.selector.matchLabels).toSorted();
    const isFixed = names.join() === 'app.kubernetes.io/component,app.kubernetes.io/name';
    const isMatched = selects(spec.selector, spec.template.metadata.labels);
    return isFixed && isMatched ? [] : [`${path}: the selector is not name and component of its own pods`];
  });

/** Two workloads with the pods of each other would fight, and a Service would send requests to a Job. */
export const selectorsFindOneWorkload: Rule = (manifests) =>
  deploymentsOf(manifests).flatMap(({ path, deployment: { spec } }) => {
    const found = workloadsOf(manifests).filter(
      ({ environment, labels }) => environment === environmentOf({ path }) && selects(spec.selector, labels),
    );
    return found.length === 1 ? [] : [`${path}: its selector finds the pods of ${found.length} workloads`];
  });

/** Every workload that has more than one pod, or may have. */
export const replicasAreSpread: Rule = (manifests) =>
  replicated(manifests).flatMap(({ path, deployment: { spec } }) => {
    const constraints = spec.template.spec.topologySpreadConstraints ?? [];
    const own = constraints.filter(({ labelSelector }) => selects(labelSelector, spec.template.metadata.labels));
    const keys = own.map(({ topologyKey }) => topologyKey).toSorted();
    return keys.join() === SPREAD.join() ? [] : [`${path}: its pods may all be in one zone or on one node`];
  });

/** A drain of nodes leaves most pods, and can go on. */
export const disruptionsAreBounded: Rule = (manifests) =>
  replicated(manifests).flatMap(({ path, deployment }) => {
    const budgets = ofKind(manifests, ['PodDisruptionBudget'], path).filter(({ object }) =>
      selects((object as DisruptionBudget).spec.selector, deployment.spec.template.metadata.labels),
    );
    const [first] = budgets;
    if (first === undefined || budgets.length > 1)
      return [`${path}: has ${budgets.length} disruption budgets, not one`];
    const { minAvailable, maxUnavailable } = (first.object as DisruptionBudget).spec;
    const isSound = maxUnavailable === 1 && minAvailable === undefined;
    return isSound ? [] : [`${first.path}: more than one pod may go at once, or none ever`];
  });

export const podsHavePriority: Rule = (manifests) =>
  deploymentsOf(manifests).flatMap(({ path, deployment }) =>
    deployment.spec.template.spec.priorityClassName === undefined ? [`${path}: gives way to any other pod`] : [],
  );

/** An autoscaler and Git must not set the number of pods in turn. */
export const oneOwnerOfReplicas: Rule = (manifests) =>
  deploymentsOf(manifests).flatMap(({ path, deployment }) => {
    const autoscalers = autoscalersOf(manifests, path, deployment);
    const isScaled = autoscalers.length > 0;
    if (autoscalers.length > 1) return [`${path}: has ${autoscalers.length} autoscalers`];
    return isScaled === (deployment.spec.replicas === undefined) ? [] : [`${path}: replicas are set twice, or never`];
  });

export const autoscalersHaveATarget: Rule = (manifests) =>
  manifests
    .filter(({ object }) => AUTOSCALERS.includes(object.kind))
    .flatMap(({ path, object }) => {
      const { kind = 'Deployment', name } = (object as Autoscaler).spec.scaleTargetRef;
      const targets = ofKind(manifests, [kind], path).filter(
        (target) => target.object.metadata.name === name && isTogether(target.object, object),
      );
      return targets.length === 1 ? [] : [`${path}: there is no ${kind} ${name} to scale`];
    });

/** Every cluster serves the use of CPU and memory. What nothing serves leaves the number of pods as it is. */
export const autoscalersMeasureWhatIsServed: Rule = (manifests) =>
  manifests
    .filter(({ object }) => object.kind === 'HorizontalPodAutoscaler')
    .flatMap(({ path, object }) => {
      const { metrics = [] } = (object as Autoscaler).spec;
      const isServed = metrics.length > 0 && metrics.every(({ type }) => type === 'Resource');
      return isServed ? [] : [`${path}: asks for a metric that nothing serves`];
    });

function replicated(manifests: readonly CommittedManifest[]): { path: string; deployment: Deployment }[] {
  return deploymentsOf(manifests).filter(({ path, deployment }) => {
    const autoscalers = autoscalersOf(manifests, path, deployment);
    return autoscalers.length > 0 || (deployment.spec.replicas ?? 1) > 1;
  });
}

function autoscalersOf(manifests: readonly CommittedManifest[], path: string, deployment: Deployment) {
  return ofKind(manifests, AUTOSCALERS, path).filter(
    ({ object }) =>
      (object as Autoscaler).spec.scaleTargetRef.name === deployment.metadata.name && isTogether(object, deployment),
  );
}

function ofKind(manifests: readonly CommittedManifest[], kinds: readonly string[], path: string) {
  return manifests.filter(
    (manifest) => kinds.includes(manifest.object.kind) && environmentOf(manifest) === environmentOf({ path }),
  );
}

function isTogether(one: KubernetesObject, other: KubernetesObject): boolean {
  return one.metadata.namespace === other.metadata.namespace;
}

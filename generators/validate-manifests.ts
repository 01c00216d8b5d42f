import { AppProject } from '@kubernetes-models/argo-cd/argoproj.io/v1alpha1/AppProject';
import { Application } from '@kubernetes-models/argo-cd/argoproj.io/v1alpha1/Application';
import { ClusterIssuer } from '@kubernetes-models/cert-manager/cert-manager.io/v1/ClusterIssuer';
import { Gateway } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/Gateway';
import { HTTPRoute } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/HTTPRoute';
import { ScaledObject } from '@kubernetes-models/keda/keda.sh/v1alpha1/ScaledObject';
import { PrometheusRule } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PrometheusRule';
import { ServiceMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/ServiceMonitor';
import { Deployment } from 'kubernetes-models/apps/v1/Deployment';
import { HorizontalPodAutoscaler } from 'kubernetes-models/autoscaling/v2/HorizontalPodAutoscaler';
import { Job } from 'kubernetes-models/batch/v1/Job';
import { Ingress } from 'kubernetes-models/networking.k8s.io/v1/Ingress';
import { NetworkPolicy } from 'kubernetes-models/networking.k8s.io/v1/NetworkPolicy';
import { PodDisruptionBudget } from 'kubernetes-models/policy/v1/PodDisruptionBudget';
import { PriorityClass } from 'kubernetes-models/scheduling.k8s.io/v1/PriorityClass';
import { ConfigMap } from 'kubernetes-models/v1/ConfigMap';
import { Namespace } from 'kubernetes-models/v1/Namespace';
import { Service } from 'kubernetes-models/v1/Service';
import { ServiceAccount } from 'kubernetes-models/v1/ServiceAccount';
import type { Problem } from '../environments/schema/parse-yaml.ts';
import { unreadFields, watchReads } from './watch-reads.ts';

/** A Kubernetes object as far as all kinds agree. */
export interface Manifest {
  readonly apiVersion: string;
  readonly kind: string;
  readonly metadata: { readonly name: string; readonly [field: string]: unknown };
  readonly [field: string]: unknown;
}

interface ModelClass {
  readonly apiVersion: string;
  readonly kind: string;
  readonly prototype: { validate(): void };
}

/** The kinds that may be rendered. There is no Secret among them: what Git holds is no secret. */
const MODELS: readonly ModelClass[] = [
  AppProject,
  Application,
  ClusterIssuer,
  ConfigMap,
  Deployment,
  Gateway,
  HTTPRoute,
  HorizontalPodAutoscaler,
  Ingress,
  Job,
  Namespace,
  NetworkPolicy,
  PodDisruptionBudget,
  PriorityClass,
  PrometheusRule,
  ScaledObject,
  Service,
  ServiceAccount,
  ServiceMonitor,
];

/** What the Kubernetes schema says against the manifests, which are given by their path below dist/. */
export function validateManifests(manifests: ReadonlyMap<string, Manifest>): Problem[] {
  return [...manifests].flatMap(([path, manifest]) =>
    findings(manifest).map(({ field, message }): Problem => {
      const object = `${manifest.kind} ${manifest.metadata.name}`;
      return { level: 'error', file: `dist/${path}`, line: 1, column: 1, field, message: `${object}: ${message}` };
    }),
  );
}

interface Finding {
  readonly field: string;
  readonly message: string;
  /** A value of the wrong type was not looked into. */
  readonly isWrongType?: boolean;
}

function findings(manifest: Manifest): Finding[] {
  const { apiVersion, kind } = manifest;
  const model = MODELS.find((known) => known.apiVersion === apiVersion && known.kind === kind);
  if (model === undefined) return [{ field: 'kind', message: `${apiVersion} ${kind} is not a kind that is rendered` }];

  // A model's check reads every field that it knows, and lets all others pass.
  const watched = watchReads(manifest);
  const broken = schemaErrors(() => model.prototype.validate.call(watched.value));
  const unknown = unreadFields(watched).map((field) => ({ field, message: 'unknown field' }));
  const unseen = broken.filter(({ isWrongType }) => isWrongType);
  return [...broken, ...unknown.filter(({ field }) => !unseen.some((outer) => field.startsWith(`${outer.field}.`)))];
}

function schemaErrors(validate: () => void): Finding[] {
  try {
    validate();
    return [];
  } catch (error) {
    if (!(error instanceof Error) || !('errors' in error)) throw error;
    const errors = error.errors as { instancePath: string; keyword: string; message?: string }[];
    return errors.map(({ instancePath, keyword, message }) => ({
      field: instancePath.slice(1).replaceAll('/', '.'),
      message: message ?? 'not valid',
      isWrongType: keyword === 'type',
    }));
  }
}

import { Application } from '@kubernetes-models/argo-cd/argoproj.io/v1alpha1/Application';
import { AppProject } from '@kubernetes-models/argo-cd/argoproj.io/v1alpha1/AppProject';
import { Certificate } from '@kubernetes-models/cert-manager/cert-manager.io/v1/Certificate';
import { ClusterIssuer } from '@kubernetes-models/cert-manager/cert-manager.io/v1/ClusterIssuer';
import { Gateway } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/Gateway';
import { HTTPRoute } from '@kubernetes-models/gateway-api/gateway.networking.k8s.io/v1/HTTPRoute';
import { ScaledObject } from '@kubernetes-models/keda/keda.sh/v1alpha1/ScaledObject';
import { TriggerAuthentication } from '@kubernetes-models/keda/keda.sh/v1alpha1/TriggerAuthentication';
import { PodMonitor } from '@kubernetes-models/prometheus-operator/monitoring.coreos.com/v1/PodMonitor';
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
import { SECRET_PROVIDER_CLASS_MODEL } from './kubernetes/secret-provider-class.ts';

/** What knows the fields of one kind of object. `validate` throws an error that holds `errors`, as those of Ajv. */
interface Model {
  readonly apiVersion: string;
  readonly kind: string;
  readonly prototype: { validate(): void };
}

/** The kinds that may be rendered. There is no Secret among them: what Git holds is no secret. */
const MODELS: readonly Model[] = [
  Application,
  AppProject,
  Certificate,
  ClusterIssuer,
  ConfigMap,
  Deployment,
  Gateway,
  HorizontalPodAutoscaler,
  HTTPRoute,
  Ingress,
  Job,
  Namespace,
  NetworkPolicy,
  PodDisruptionBudget,
  PodMonitor,
  PriorityClass,
  PrometheusRule,
  ScaledObject,
  SECRET_PROVIDER_CLASS_MODEL,
  Service,
  ServiceAccount,
  ServiceMonitor,
  TriggerAuthentication,
];

/** Azure's Prometheus reads the kinds of the Prometheus Operator from a group of its own. */
const SAME_AS: Readonly<Record<string, string>> = { 'azmonitoring.coreos.com/v1': 'monitoring.coreos.com/v1' };

/** The model that an object is held to; undefined for a kind that is never rendered. */
export function findModel({ apiVersion, kind }: Pick<Model, 'apiVersion' | 'kind'>): Model | undefined {
  const known = SAME_AS[apiVersion] ?? apiVersion;
  return MODELS.find((model) => model.apiVersion === known && model.kind === kind);
}

/** By kind: fields that may hold anything, and those called `description`, which the packages' generator loses. */
const UNMODELLED: Readonly<Record<string, RegExp>> = {
  Application: /^spec\.sources?(\.\d+)?\.helm\.valuesObject\./,
  AppProject: /^spec\.((roles|syncWindows)\.\d+\.)?description$/,
  ClusterIssuer: /^spec\.acme\.solvers\.\d+\.dns01\.webhook\.config\./,
  PriorityClass: /^description$/,
};

/** Whether Kubernetes knows a field that the model of its kind does not look at. */
export function isUnmodelled(kind: string, field: string): boolean {
  return UNMODELLED[kind]?.test(field) ?? false;
}

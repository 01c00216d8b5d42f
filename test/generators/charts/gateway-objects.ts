import { App } from 'cdk8s';
import type { Environment } from '../../../environments/schema/environment.ts';
import { gatewayChart } from '../../../generators/charts/gateway.ts';
import { renderContext } from '../../../generators/render-context.ts';
import type { Manifest } from '../../../generators/validate-manifests.ts';
import { exampleEnvironment, exampleRelease, exampleSettings } from '../example-environment.ts';

/** An object of the gateway, as far as its tests look into it. */
export interface GatewayObject extends Manifest {
  readonly metadata: Manifest['metadata'] & {
    readonly labels: Record<string, string>;
    readonly annotations?: Record<string, string>;
  };
  readonly spec: Record<string, unknown> & {
    readonly selector?: unknown;
    readonly template: { readonly metadata: PodMetadata; readonly spec: PodSpec };
  };
}

interface PodMetadata {
  readonly labels: Record<string, string>;
  readonly annotations?: Record<string, string>;
}

interface PodSpec {
  readonly containers: readonly [Container];
  readonly volumes?: readonly object[];
  readonly restartPolicy?: string;
  readonly priorityClassName?: string;
  readonly serviceAccountName: string;
  readonly topologySpreadConstraints: readonly { topologyKey: string; whenUnsatisfiable: string }[];
}

interface Container {
  readonly image: string;
  readonly command?: readonly string[];
  readonly args: readonly string[];
  readonly env?: readonly { name: string; value?: string; valueFrom?: object }[];
  readonly volumeMounts?: readonly { name: string; mountPath: string; readOnly?: boolean; subPath?: string }[];
  readonly readinessProbe: { initialDelaySeconds?: number };
}

/** The objects of the gateway's chart, by `<Kind>.<name>`. */
export function gatewayObjects(environment: Environment): ReadonlyMap<string, GatewayObject> {
  const objects = gatewayChart(new App(), renderContext(environment)).toJson() as GatewayObject[];
  return new Map(objects.map((object) => [`${object.kind}.${object.metadata.name}`, object]));
}

/** One object of the chart. Throws where there is none. */
export function gatewayObject(environment: Environment, name: string): GatewayObject {
  const object = gatewayObjects(environment).get(name);
  if (object === undefined) throw new Error(`no ${name} is rendered`);
  return object;
}

/** An example environment with other settings, and settings of the gateway, than the usual ones. */
export function environmentWith(settings: object, gateway: object = {}, parts: { models?: object } = {}): Environment {
  return exampleEnvironment({
    ...parts,
    settings: { ...exampleSettings, ...settings, gateway: { ...exampleSettings.gateway, ...gateway } },
    release: {
      ...exampleRelease,
      images: { ...exampleRelease.images, litellm: { version: 'v1.91.4', digest: 'unresolved' } },
    },
  });
}

import type { App } from 'cdk8s';
import type { Manifest } from './validate-manifests.ts';

/** The objects of an environment by their path below dist/: `<environment>/<component>/<Kind>.<name>.yaml`. */
export function manifestsByPath(app: App, environment: string): Map<string, Manifest> {
  const manifests = new Map<string, Manifest>();
  for (const chart of app.charts) {
    for (const manifest of chart.toJson() as Manifest[]) {
      const path = `${environment}/${chart.node.id}/${manifest.kind}.${manifest.metadata.name}.yaml`;
      if (manifests.has(path)) throw new Error(`two objects want the file dist/${path}`);
      manifests.set(path, manifest);
    }
  }
  return manifests;
}

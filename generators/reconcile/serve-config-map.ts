import { join, relative } from 'node:path';
import { stringify } from 'yaml';
import { makeBanner } from '../local/make-banner.ts';
import { runGateway } from '../local/run-gateway.ts';
import type { ControlPlane } from '../local-cluster/control-plane.ts';
import { followGatewayConfig } from '../local-cluster/follow-config-map.ts';
import type { Variables } from '../local-cluster/process-group.ts';
import { swapFiles } from '../local-cluster/swap-files.ts';
import { localizeConfig, type LocalizedConfig } from './localize-config.ts';

export interface ServeOptions {
  readonly port: string;
  readonly demoKey: string;
  readonly stateFolder: string;
  /** Of the environment. */
  readonly folder: string;
  readonly variables: Variables;
  readonly tell: (line: string) => void;
  readonly emphasize: (text: string) => string;
  /** Called when the gateway takes care of signals by itself. */
  readonly onStart: () => void;
}

/**
 * Runs a gateway on the ConfigMap that Argo CD applies, whose files are swapped under it as the kubelet does. Gives its
 * exit code when it ends: by a signal, or with `stopping`.
 */
export async function serveConfigMap(
  cluster: ControlPlane,
  options: ServeOptions,
  stopping: AbortController,
): Promise<number> {
  const files = join(cluster.processes.folder, 'etc-tollgate');
  const first = Promise.withResolvers<LocalizedConfig>();
  const onText = (text: string) => {
    const localized = localizeConfig(text, options);
    swapFiles(files, { 'config.yaml': stringify(localized.config, { aliasDuplicateObjects: false }) });
    options.tell(`the ConfigMap has revision ${localized.config.revision}`);
    first.resolve(localized);
  };
  const following = followGatewayConfig(cluster, onText, stopping.signal);
  following.then(() => first.reject(stopping.signal.reason as Error), first.reject);
  const localized = await first.promise;
  options.onStart();
  try {
    return await runGateway(['--config', join(files, 'config.yaml'), '--port', options.port], {
      variables: options.variables,
      stopping: stopping.signal,
      onListening: (address) => console.log(bannerText(address, localized, options)),
    });
  } finally {
    stopping.abort();
    await following;
  }
}

function bannerText(address: string, { config, simulated }: LocalizedConfig, options: ServeOptions): string {
  const advice = `Commit a change of ${relative(process.cwd(), options.folder)}: Argo CD applies it, and the gateway follows.`;
  const names = simulated.map(
    ({ name, missing }) => `  ${name} is a simulation until you set ${missing.join(' and ')}`,
  );
  return [makeBanner({ ...options, address, config, leftOut: [], advice }), ...names, ''].join('\n');
}

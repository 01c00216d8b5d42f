import { setTimeout as delay } from 'node:timers/promises';
import { readApplications } from '../local-cluster/application-status.ts';
import type { ControlPlane } from '../local-cluster/control-plane.ts';

const PAUSE_MS = 1_000;

/** Tells of every Application when its state changes, until `stopping`. */
export async function showApplications(
  cluster: ControlPlane,
  tell: (line: string) => void,
  stopping: AbortSignal,
): Promise<void> {
  const shown = new Map<string, string>();
  while (!stopping.aborted) {
    for (const { name, sync, health, phase, message } of await readApplications(cluster)) {
      const isStuck = /^(Failed|Error)$/.test(phase) || /retr/i.test(message);
      const state = [sync || 'new', health, isStuck ? `(${message})` : ''].filter((word) => word !== '').join(' ');
      if (shown.get(name) !== state) tell(`${name.padEnd(16)} ${state}`);
      shown.set(name, state);
    }
    await delay(PAUSE_MS, undefined, { signal: stopping }).catch(() => undefined);
  }
}

// When Argo CD applies an object of a component: a wave begins after everything of the wave before is healthy.

/** What pods need before they can start: accounts, configuration, secrets. Objects without a wave are in wave 0. */
export const PREREQUISITE_WAVE = -2;
/** Between the prerequisites and the pods. */
export const MIGRATION_WAVE = -1;

/** The annotation that puts an object into a wave. */
export function syncWave(wave: number): Record<string, string> {
  return { 'argocd.argoproj.io/sync-wave': String(wave) };
}

/**
 * The annotations of a Job that Argo CD runs in a phase of every sync. The Job of the last sync stays until the next,
 * so that its log can be read. `Sync` counts waves; a PreSync hook would run before the first wave, and so before the
 * account and the configuration that it needs exist.
 */
export function syncHook(phase: 'Sync' | 'PostSync', wave = 0): Record<string, string> {
  return {
    'argocd.argoproj.io/hook': phase,
    'argocd.argoproj.io/hook-delete-policy': 'BeforeHookCreation',
    ...syncWave(wave),
  };
}

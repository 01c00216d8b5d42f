import { watch } from 'node:fs';

const SETTLE_MS = 100;

/** Calls `onChange` when files of the folder, or below it, have changed and a moment has passed without another. */
export function watchEnvironment(folder: string, onChange: () => void): { close(): void } {
  let timer: NodeJS.Timeout | undefined;
  const watcher = watch(folder, { recursive: true }, () => {
    clearTimeout(timer);
    timer = setTimeout(onChange, SETTLE_MS);
  });
  watcher.on('error', (error) => console.error(`${folder} is not followed any more: ${error.message}`));
  return {
    close() {
      watcher.close();
      clearTimeout(timer);
    },
  };
}

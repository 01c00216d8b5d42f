import type { ServerResponse } from 'node:http';

/** Waits, but no longer than the client does. True: the client has left. */
export function waitUnlessClosed(response: ServerResponse, waitMs: number): Promise<boolean> {
  if (response.destroyed) return Promise.resolve(true);
  if (waitMs <= 0) return Promise.resolve(false);
  return new Promise((resolve) => {
    const onClose = () => {
      clearTimeout(timer);
      resolve(true);
    };
    const timer = setTimeout(() => {
      response.off('close', onClose);
      resolve(false);
    }, waitMs);
    response.once('close', onClose);
  });
}

import type { LoadedConfig } from './load-config.ts';
import type { Snapshot } from './snapshot.ts';
import { identifyFile, watchFile } from './watch-file.ts';
import type { Watcher } from './watch-folder.ts';

/** A configuration as it is served: what the file says, and what the request path reads of it. */
export interface ServedConfig {
  readonly config: LoadedConfig['config'];
  readonly snapshot: Snapshot;
}

/** The configuration of a running gateway: one frozen value, replaced whole or not at all. */
export class LiveConfig {
  #served: ServedConfig;
  readonly #file: string;
  readonly #identity: string | undefined;
  readonly #read: () => Promise<ServedConfig>;

  private constructor(
    file: string,
    identity: string | undefined,
    read: () => Promise<ServedConfig>,
    served: ServedConfig,
  ) {
    this.#file = file;
    this.#identity = identity;
    this.#read = read;
    this.#served = served;
  }

  /** Reads the configuration of `file` for the first time. Throws what `read` throws. */
  static async open(file: string, read: () => Promise<ServedConfig>): Promise<LiveConfig> {
    const identity = await identifyFile(file);
    return new LiveConfig(file, identity, read, await read());
  }

  get config(): ServedConfig['config'] {
    return this.#served.config;
  }

  get snapshot(): Snapshot {
    return this.#served.snapshot;
  }

  /**
   * Reads the file again whenever it changes, and whenever `reload` is called; a broken one leaves everything as it is.
   * `reload` resolves when it is done, and never rejects.
   */
  watch(on: {
    swapped: (before: ServedConfig, after: ServedConfig) => void;
    refused: (reason: Error) => void;
  }): Watcher & { reload: () => Promise<void> } {
    const readAgain = async (): Promise<void> => {
      try {
        const next = await this.#read();
        on.swapped(this.#served, next);
        // Last, so that what could not be taken over is not served either.
        this.#served = next;
      } catch (error) {
        on.refused(error as Error);
      }
    };
    // One after the other: a file never loses against an earlier one that took longer to read.
    let reloading = Promise.resolve();
    const reload = (): Promise<void> => (reloading = reloading.then(readAgain));
    const watcher = watchFile(this.#file, this.#identity, () => void reload());
    return { reload, close: () => watcher.close() };
  }
}

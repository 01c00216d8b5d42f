import { readSecretFiles, SecretFileError, type SecretFiles } from './read-secret-files.ts';
import type { Lookup } from './resolve-references.ts';
import { watchFolder, type Watcher } from './watch-folder.ts';

const NO_FILES: SecretFiles = new Map();

/** What a name stands for in a configuration: the process's variable, else the file of that name in a folder. */
export class Variables {
  readonly #variable: Lookup;
  readonly #folder: string | undefined;
  /** What the latest look-up was asked for and what it gave. */
  #given = new Map<string, string | undefined>();
  /** The latest reading failed, so whoever asked went without what may be new in the configuration. */
  #isMissed = false;

  constructor(variable: Lookup, folder: string | undefined) {
    this.#variable = variable;
    this.#folder = folder;
  }

  /**
   * Reads the folder and gives a look-up into what it holds at this moment. The look-up throws SecretFileError where
   * the file that it needs cannot be used.
   * @throws SecretFileError where the folder cannot be read
   */
  async read(): Promise<Lookup> {
    this.#isMissed = true;
    const files = this.#folder === undefined ? NO_FILES : await readSecretFiles(this.#folder);
    this.#isMissed = false;
    const given = new Map<string, string | undefined>();
    this.#given = given;
    return (name) => {
      given.set(name, this.#valueOf(name, files));
      const file = this.#variable(name) ? undefined : files.get(name);
      if (file !== undefined && 'problem' in file) throw new SecretFileError(file.problem);
      return given.get(name);
    };
  }

  /**
   * Calls `changed`, with names and never values, when the latest look-up would now give something else, also for
   * what it did not have, and without a name when it could not read the folder and now could; the next look waits for
   * its promise. `unreadable` is told once when the folder cannot be
   * read; what was read before stays.
   */
  watch(on: { changed: (names: string[]) => Promise<void>; unreadable: (reason: Error) => void }): Watcher {
    const folder = this.#folder;
    if (folder === undefined) return { close: () => undefined };
    let isReadable = true;
    return watchFolder(folder, async () => {
      try {
        const files = await readSecretFiles(folder);
        isReadable = true;
        const names = [...this.#given].filter(([name, value]) => value !== this.#valueOf(name, files));
        if (names.length > 0 || this.#isMissed) await on.changed(names.map(([name]) => name));
      } catch (error) {
        if (isReadable) on.unreadable(error as Error);
        isReadable = false;
      }
    });
  }

  /** A variable that is set to nothing counts as not set. */
  #valueOf(name: string, files: SecretFiles): string | undefined {
    const file = files.get(name);
    return this.#variable(name) || (file !== undefined && 'value' in file ? file.value : undefined);
  }
}

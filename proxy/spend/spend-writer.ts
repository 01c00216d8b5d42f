import type { BudgetTotals, BudgetWindow } from './budget-totals.ts';
import { landRows, landSegment, type Landing } from './land-segment.ts';
import { MigrationError } from './migrate.ts';
import { Pause } from './pause.ts';
import type { SpendStore } from './spend-store.ts';

const FIRST_RETRY_MS = 250;
const LONGEST_RETRY_MS = 10_000;

/** Rows of segments until `sealedUntil` are in the past of these windows, and no others. */
interface Checkpoint {
  readonly sealedUntil: number;
  readonly windows: readonly BudgetWindow[];
  readonly done: PromiseWithResolvers<void>;
}

/** Carries the journal into the store, one thing after the other, and tells budgets their totals on the way. */
export class SpendWriter {
  /** The last round went well. */
  isConnected = false;
  /** Resolves with the first round that goes well, rejects with a MigrationError before it. */
  readonly firstRound = Promise.withResolvers<void>();
  readonly #budgets: BudgetTotals;
  #landing: Landing;
  #nextStore: SpendStore | undefined;
  #intervalMs: number;
  readonly #checkpoints: Checkpoint[] = [];
  readonly #pause = new Pause();
  #isMigrated = false;
  #failures = 0;
  #isAwayTold = false;
  #isStopped = false;
  #loop: Promise<void> = Promise.resolve();

  constructor(options: { landing: Landing; budgets: BudgetTotals; intervalMs: number }) {
    this.#landing = options.landing;
    this.#budgets = options.budgets;
    this.#intervalMs = options.intervalMs;
    this.firstRound.promise.catch(() => undefined);
  }

  start(): void {
    this.#loop = this.#run();
  }

  /** Begins the next round now, unless the database has failed and is given its time. */
  wake(): void {
    if (this.#failures === 0) this.#pause.end();
  }

  /** Waits this long between rounds from now on. */
  pace(intervalMs: number): void {
    this.#intervalMs = intervalMs;
    this.wake();
  }

  /**
   * Writes into another store and closes the one before, between two steps. A step that breaks off on the way begins
   * again in the new one, so every row of the journal gets there.
   */
  useStore(store: SpendStore): void {
    if (this.#isStopped) return store.close();
    this.#nextStore?.close();
    this.#nextStore = store;
    // A database that does not answer is not waited for.
    if (!this.isConnected) this.#landing.store.close();
    this.#failures = 0;
    this.#pause.end();
  }

  /** Resolves when the windows that are open now have been told their past, at the latest when the writer stops. */
  checkpoint(): Promise<void> {
    const checkpoint: Checkpoint = {
      sealedUntil: this.#landing.journal.seal(),
      windows: this.#budgets.openWindows(),
      done: Promise.withResolvers(),
    };
    if (this.#isStopped) return Promise.resolve();
    this.#checkpoints.push(checkpoint);
    this.wake();
    return checkpoint.done.promise;
  }

  /** Lands what is left, tries again until `deadlineMs` (since 1970), and stops. */
  async drain(deadlineMs: number): Promise<void> {
    const { journal } = this.#landing;
    this.#isStopped = true;
    this.#failures = 0;
    this.#pause.end();
    const hurry = setTimeout(() => this.#closeStores(), Math.max(0, deadlineMs - Date.now()));
    await this.#loop;
    journal.seal();
    journal.close();
    while (journal.pendingBytes > 0 && !(await this.#attempt(() => this.#landAll())) && Date.now() < deadlineMs)
      await this.#pause.start(Math.min(this.#retryMs(), deadlineMs - Date.now()));
    clearTimeout(hurry);
    this.#closeStores();
    for (const { done } of this.#checkpoints.splice(0)) done.resolve();
  }

  async #run(): Promise<void> {
    while (!this.#isStopped) {
      const isWell = await this.#attempt(() => this.#round());
      if (!this.#isStopped) await this.#pause.start(isWell ? this.#intervalMs : this.#retryMs());
    }
  }

  async #round(): Promise<void> {
    // What is sealed comes first, so that an outage leaves few large segments and not one for each attempt.
    const landed = await this.#landSealed();
    this.#landing.journal.seal();
    if (landed + (await this.#landSealed()) === 0) await this.#landing.store.ping();
  }

  async #landAll(): Promise<void> {
    await this.#landSealed();
    const unwritten = this.#landing.journal.unwrittenRows();
    if (unwritten.length > 0) await landRows(this.#landing, unwritten);
  }

  /** Brings the store of the next step to this version, which is another store after a change of address. */
  async #prepare(): Promise<void> {
    if (this.#nextStore !== undefined) {
      this.#landing.store.close();
      this.#landing = { ...this.#landing, store: this.#nextStore };
      this.#nextStore = undefined;
      this.#isMigrated = false;
    }
    if (!this.#isMigrated) await this.#landing.store.migrate();
    this.#isMigrated = true;
  }

  /** Gives the number of things done. */
  async #landSealed(): Promise<number> {
    let steps = 0;
    while (await this.#step()) steps += 1;
    return steps;
  }

  /** The next segment, or the totals that are due before it. False where nothing can be done now. */
  async #step(): Promise<boolean> {
    await this.#prepare();
    const segment = this.#landing.journal.oldest();
    const checkpoint = this.#checkpoints[0];
    if (checkpoint !== undefined && (segment === undefined || segment.number > checkpoint.sealedUntil)) {
      await this.#tellTotals(checkpoint);
      this.#checkpoints.shift();
      return true;
    }
    if (segment?.isWhole !== true) return false;
    await landSegment(this.#landing, segment);
    return true;
  }

  async #tellTotals({ windows, done }: Checkpoint): Promise<void> {
    if (windows.length > 0) this.#budgets.replaceRecovered(await this.#landing.store.totals(windows));
    done.resolve();
  }

  #closeStores(): void {
    this.#nextStore?.close();
    this.#landing.store.close();
  }

  async #attempt(work: () => Promise<void>): Promise<boolean> {
    try {
      await work();
      this.#succeed();
      return true;
    } catch (error) {
      this.#fail(error as NodeJS.ErrnoException);
      return false;
    }
  }

  #succeed(): void {
    if (!this.isConnected) this.#landing.log.info('spend database connected');
    this.isConnected = true;
    this.#failures = 0;
    this.#isAwayTold = false;
    this.firstRound.resolve();
  }

  #fail(error: NodeJS.ErrnoException): void {
    const { log, counters } = this.#landing;
    if (error instanceof MigrationError) this.firstRound.reject(error);
    if (!this.#isAwayTold)
      log.warn({ code: error.code, reason: error.message }, 'spend database unavailable, rows wait in the journal');
    this.#isAwayTold = true;
    this.isConnected = false;
    // Another server may answer next, or the same one restored.
    this.#isMigrated = false;
    this.#failures += 1;
    counters.writeFailures += 1;
  }

  /** Grows with each failure; spread, so that many gateways do not come back as one. */
  #retryMs(): number {
    const longest = Math.min(LONGEST_RETRY_MS, FIRST_RETRY_MS * 2 ** (this.#failures - 1));
    return longest * (0.5 + Math.random() / 2);
  }
}

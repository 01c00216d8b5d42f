/** A wait that can be ended early, also before it begins. It does not keep the process alive. */
export class Pause {
  #isEnded = false;
  #resume: () => void = () => undefined;

  /** Resolves after `durationMs`, or at once when `end` was called since the last pause. */
  async start(durationMs: number): Promise<void> {
    if (!this.#isEnded) {
      const { promise, resolve } = Promise.withResolvers<void>();
      this.#resume = resolve;
      const timer = setTimeout(resolve, durationMs).unref();
      await promise;
      clearTimeout(timer);
    }
    this.#isEnded = false;
  }

  end(): void {
    this.#isEnded = true;
    this.#resume();
  }
}

/** When the next exchange begins. One is meant at a time. */
export class NextExchange {
  readonly #begin: () => void;
  #timer: NodeJS.Timeout | undefined;
  #at_once: NodeJS.Immediate | undefined;
  /** By `performance.now()`. */
  #due_at = Number.POSITIVE_INFINITY;

  constructor(begin: () => void) {
    this.#begin = () => {
      this.#due_at = Number.POSITIVE_INFINITY;
      begin();
    };
  }
  /** Then, and not when it was meant before. */
  after(ms: number): void {
    this.forget();
    this.#due_at = performance.now() + ms;
    // A timer waits a millisecond at least.
    if (ms === 0) this.#at_once = setImmediate(this.#begin);
    else this.#timer = setTimeout(this.#begin, ms).unref();
  }
  /** Then, unless it was meant sooner. */
  within(ms: number): void {
    if (performance.now() + ms < this.#due_at) this.after(ms);
  }
  forget(): void {
    clearTimeout(this.#timer);
    clearImmediate(this.#at_once);
    this.#due_at = Number.POSITIVE_INFINITY;
  }
}

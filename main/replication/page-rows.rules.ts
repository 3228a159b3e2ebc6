/** A wait this long for a page means that the line, not this station, sets the pace. */
const LONG_WAIT_MS = 25;
const SHORT_WAIT_MS = 5;

/**
 * How many rows of the centre to ask for at once. A page is read in one turn of the thread, for which a command waits:
 * so as few as `least`; over a line that takes its time to answer twice as many after every wait, up to `most`.
 */
export class PageRows {
  readonly #least: number;
  readonly #most: number;
  #rows: number;
  constructor(least: number, most: number) {
    this.#least = least;
    this.#most = most;
    this.#rows = least;
  }
  get rows(): number {
    return this.#rows;
  }
  /** A page came so long after the one before was written. */
  waited(wait_ms: number): void {
    if (wait_ms > LONG_WAIT_MS) this.#rows = Math.min(this.#most, this.#rows * 2);
    else if (wait_ms < SHORT_WAIT_MS) this.#rows = Math.max(this.#least, Math.floor(this.#rows / 2));
  }
}

import type { Log } from '../platform/log.ts';

/** A print of a signed record that is not kept yet. */
export interface Due {
  readonly log_id: string;
  readonly document: string;
}
export interface FormPrintsParts<D extends Due> {
  /** The next print that is due, other than these. */
  next(skipped: readonly string[]): D | null;
  /** Makes the PDF and answers where it lies. */
  print(due: D): Promise<string>;
  /** Moves the file into the store and attaches it to the build. */
  keep(due: D, file: string): Promise<void>;
  log: Log;
}
/** Whoever signs goes on with his work first; pages are made when the station is at rest. */
const REST_MS = 4_000;
export const keyOf = ({ log_id, document }: Due): string => `${log_id} ${document}`;

/** Stores the print of every form that was signed at this station, one after the other, beside the work. */
export class FormPrints<D extends Due> {
  readonly #parts: FormPrintsParts<D>;
  /** What could not be printed is tried again after the next start, not at every signature. */
  readonly #skipped = new Set<string>();
  #timer: NodeJS.Timeout | undefined;
  #working: Promise<void> | null = null;
  #is_running = false;

  constructor(parts: FormPrintsParts<D>) {
    this.#parts = parts;
  }
  run(): void {
    this.#is_running = true;
    this.wake();
  }
  /** Something was signed, or the station has just started. */
  wake(): void {
    if (!this.#is_running) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#start(), REST_MS).unref();
  }
  #start(): void {
    this.#working ??= this.#printAll().finally(() => {
      this.#working = null;
    });
  }
  async #printAll(): Promise<void> {
    for (;;) {
      const due = this.#is_running ? this.#parts.next([...this.#skipped]) : null;
      if (!due) return;
      try {
        await this.#parts.keep(due, await this.#parts.print(due));
      } catch (error) {
        this.#skipped.add(keyOf(due));
        const { log_id, document } = due;
        this.#parts.log.warn({ log_id, document, error: String(error) }, 'print of a signed form not kept');
      }
    }
  }
  async stop(): Promise<void> {
    this.#is_running = false;
    clearTimeout(this.#timer);
    await this.#working;
  }
}

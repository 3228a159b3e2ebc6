import type { Log } from '../platform/log.ts';
import type { DeliveryOutcome } from './delivery/outcome.ts';

/** A job that was taken from the queue. */
export interface TakenJob {
  readonly job_id: string;
  readonly title: string;
  readonly printer: { readonly printer_id: string; readonly printer_name: string };
}
export interface PrintQueueParts<J extends TakenJob> {
  /** Takes the next job of a printer that is not busy; null when none may go. */
  claim(busy: readonly string[]): J | null;
  deliver(job: J): Promise<DeliveryOutcome>;
  /** Keeps what became of a job and takes the next one, in one transaction: a run of labels is one write each. Null: takes none. */
  settleAndClaim(job: J, outcome: DeliveryOutcome, busy: readonly string[] | null): J | null;
  log: Log;
}
/** An unreachable printer is asked again after this time; nothing of the job had left. */
export const OFFLINE_PAUSE_MS = 5_000;
/** A station that stops gives what is on its way this long. */
const LAST_WAIT_MS = 2_000;

/** A way to the printer that fails in a way nobody thought of: some of it may have left. */
const unexpected = (error: unknown): DeliveryOutcome => ({
  kind: 'unknown',
  code: 'line_broke',
  detail: String(error),
});

/** Sends what waits: one job at a time per printer, all printers side by side, in the order of asking. */
export class PrintQueue<J extends TakenJob> {
  readonly #parts: PrintQueueParts<J>;
  readonly #busy = new Set<string>();
  readonly #running = new Set<Promise<void>>();
  readonly #pauses = new Map<string, NodeJS.Timeout>();
  #is_running = false;
  #is_woken = false;
  #has_stopped = false;

  constructor(parts: PrintQueueParts<J>) {
    this.#parts = parts;
  }
  run(): void {
    this.#is_running = true;
    this.wake();
  }
  /** Something may be waiting. Answers at once; the sending begins after the caller's own work. */
  wake(): void {
    if (!this.#is_running || this.#is_woken) return;
    this.#is_woken = true;
    setImmediate(() => {
      this.#is_woken = false;
      if (this.#is_running) this.#startAll();
    });
  }
  #startAll(): void {
    for (;;) {
      const job = this.#parts.claim([...this.#busy, ...this.#pauses.keys()]);
      if (!job) return;
      this.#start(job);
    }
  }
  #start(job: J): void {
    const { printer_id } = job.printer;
    this.#busy.add(printer_id);
    const sending = this.#send(job)
      .catch(error => this.#parts.log.error({ job_id: job.job_id, error: String(error) }, 'print queue'))
      .finally(() => {
        this.#running.delete(sending);
        if (!this.#running.size) this.wake();
      });
    this.#running.add(sending);
  }
  async #send(job: J): Promise<void> {
    const { printer_id, printer_name } = job.printer;
    const outcome = await this.#parts.deliver(job).catch(unexpected);
    if (outcome.kind !== 'printed')
      this.#parts.log.warn(
        { job_id: job.job_id, printer: printer_name, code: outcome.code, detail: outcome.detail },
        'print job not printed',
      );
    // A job that outlives the queue stays on its way: the next start asks a person.
    if (this.#has_stopped) return;
    if (outcome.kind === 'not_reached') this.#pause(printer_id);
    this.#busy.delete(printer_id);
    const busy = this.#is_running ? [...this.#busy, ...this.#pauses.keys()] : null;
    const next = this.#parts.settleAndClaim(job, outcome, busy);
    if (next) this.#start(next);
  }
  #pause(printer_id: string): void {
    clearTimeout(this.#pauses.get(printer_id));
    const resume = () => {
      this.#pauses.delete(printer_id);
      this.wake();
    };
    this.#pauses.set(printer_id, setTimeout(resume, OFFLINE_PAUSE_MS).unref());
  }
  async stop(): Promise<void> {
    this.#is_running = false;
    for (const pause of this.#pauses.values()) clearTimeout(pause);
    this.#pauses.clear();
    const patience = Promise.withResolvers<void>();
    const clock = setTimeout(patience.resolve, LAST_WAIT_MS);
    await Promise.race([Promise.all(this.#running), patience.promise]);
    clearTimeout(clock);
    this.#has_stopped = true;
  }
}

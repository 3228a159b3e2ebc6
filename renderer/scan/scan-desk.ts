import type { Choice, Outcome, Scan } from './scan.ts';

export interface Rejection {
  id: number;
  text: string;
  reason: string;
  next_step: string;
  shown_at_ms: number;
}
export type Question = { text: string; shown_at_ms: number } & (
  | { kind: 'repeat'; scan: Scan }
  | { kind: 'choose'; question?: string; choices: readonly Choice[] }
);
export interface DeskState {
  /** Scans that wait for the one in work, or for an answer. */
  waiting: number;
  question: Question | null;
  rejections: readonly Rejection[];
  /** The last one that went well. */
  done: { id: number; text: string; title: string; subtitle: string } | null;
}
export interface DeskPort {
  /** Does what the scan asks for; never rejects. */
  act(scan: Scan): Promise<Outcome>;
  failed(error: unknown): Outcome;
  now_ms(): number;
  changed(state: DeskState): void;
}
/** Whoever scans again this long after a message has seen it: that acknowledges, or drops the question. */
const SEEN_MS = 1000;
const REPEAT_MS = 2000;
/** Commands that change nothing when they come twice. */
const HARMLESS = ['IN', 'OUT', 'NEXT'];

/** Takes scans one after the other, whatever their speed: each gets its result before the next one begins. */
export class ScanDesk {
  private readonly port: DeskPort;
  private queue: Scan[] = [];
  private isBusy = false;
  private last: Scan | null = null;
  private last_id = 0;
  private state: DeskState = { waiting: 0, question: null, rejections: [], done: null };

  constructor(port: DeskPort) {
    this.port = port;
  }

  take(scan: Scan): void {
    this.queue.push(scan);
    const isSeen = (shown_at_ms: number) => scan.began_at_ms - shown_at_ms >= SEEN_MS;
    const { question, rejections } = this.state;
    this.show({
      question: question && isSeen(question.shown_at_ms) ? null : question,
      rejections: rejections.filter(rejection => !isSeen(rejection.shown_at_ms)),
    });
    void this.work();
  }
  /** Yes to a repetition, or one of the choices; nothing is no. */
  async answer(choice?: number): Promise<void> {
    const { question } = this.state;
    if (!question || this.isBusy) return;
    this.show({ question: null });
    if (choice !== undefined) {
      const { kind, text } = question;
      await this.run(text, () =>
        kind === 'repeat'
          ? this.port.act(question.scan)
          : Promise.resolve(question.choices[choice]?.choose() ?? { kind: 'shown' }),
      );
    }
    void this.work();
  }
  acknowledge(): void {
    this.show({ rejections: [] });
  }
  /** After another person has taken over, or another page has come. */
  forgetDone(): void {
    this.show({ done: null });
  }

  private async work(): Promise<void> {
    if (this.isBusy || this.state.question) return;
    const scan = this.queue.shift();
    if (!scan) return;
    if (this.isRepeat(scan)) {
      this.last = scan;
      this.show({ question: { kind: 'repeat', scan, text: scan.text, shown_at_ms: this.port.now_ms() } });
      return;
    }
    this.last = scan;
    await this.run(scan.text, () => this.port.act(scan));
    void this.work();
  }
  private isRepeat(scan: Scan): boolean {
    if (scan.command !== null && HARMLESS.includes(scan.command)) return false;
    return this.last?.text === scan.text && scan.began_at_ms - this.last.began_at_ms < REPEAT_MS;
  }
  private async run(text: string, act: () => Promise<Outcome>): Promise<void> {
    this.isBusy = true;
    this.show({});
    const outcome = await act().catch(error => this.port.failed(error));
    this.isBusy = false;
    this.settle(text, outcome);
  }
  private settle(text: string, outcome: Outcome): void {
    const shown_at_ms = this.port.now_ms();
    const { rejections } = this.state;
    this.last_id += 1;
    const id = this.last_id;
    if (outcome.kind === 'good')
      this.show({ done: { id, text, title: outcome.title, subtitle: outcome.subtitle } });
    else if (outcome.kind === 'choose') this.show({ question: { ...outcome, text, shown_at_ms } });
    else if (outcome.kind === 'bad') {
      const { reason, next_step } = outcome;
      this.show({ done: null, rejections: [...rejections, { id, text, reason, next_step, shown_at_ms }] });
    } else this.show({});
  }
  private show(change: Partial<DeskState>): void {
    this.state = { ...this.state, ...change, waiting: this.queue.length };
    this.port.changed(this.state);
  }
}

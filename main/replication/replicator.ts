import { refuse } from '../rpc/refusal.ts';
import { afterNoticeMs, backoffMs, pollMs } from './backoff.rules.ts';
import {
  type CentreAccess,
  type CentreLine,
  CentreSays,
  CentreUnreachable,
  LONG_QUERY_MS,
} from './centre.ts';
import { type Link, pull, push } from './exchange.ts';
import { createFileExchange, type FileExchange } from './files.ts';
import { becomeAnother, greet } from './greeting.ts';
import { compareAll, type Depth, fetchDifferences, reportOf } from './integrity.ts';
import { fetchWhatIsNewlyRead } from './later-columns.ts';
import { loadAll } from './loading.ts';
import { forgetMembership, join, probe, renewAccess } from './membership.ts';
import { NextExchange } from './next-exchange.ts';
import { refillNumbers, returnNumbers } from './numbers.ts';
import { noProgress, type ReplicatorParts } from './parts.ts';
import type {
  CentreFacts,
  IntegrityReport,
  Progress,
  ReplicationPort,
  ReplicationStatus,
  StationFacts,
} from './port.ts';
import { takeAnswer, writeQueue } from './queue-file.ts';
import { asking, refusalOf } from './refusals.ts';
import { evictOldRows, forgetOldUnits } from './retention.ts';
import { statusOf } from './status.ts';
import { type HelloAnswer, stationList, upkeep } from './wire.ts';

type State = ReplicationStatus['state'];
/** Of the five seconds that a program has to end. */
const ENDING_MS = 1500;
const SEEN_EVERY_MS = 60_000;
const DAY_MS = 86_400_000;
const WEEK_MS = 7 * DAY_MS;
/** Without a person it does not get better. */
const STOPPING = ['centre_not_enrolled', 'identity_contested'];
const LIMITS: HelloAnswer['limits'] = { units: 100, bytes: 524_288, rows: 1000 };

/** The background exchange of one station with its centre: push, then pull, for ever; it never holds up a command. */
export class Replicator implements ReplicationPort {
  readonly #p: ReplicatorParts;
  readonly #files: FileExchange;
  #state: State = 'standalone';
  #trouble: ReplicationStatus['trouble'] = null;
  #progress: ReplicationStatus['progress'] = null;
  #centre: CentreLine | undefined;
  #hello: HelloAnswer | undefined;
  #round: Promise<void> | undefined;
  #again = false;
  #failures = 0;
  #seen = { at_ms: 0, seq: -1 };
  readonly #next = new NextExchange(() => void this.#background());
  #is_running = false;
  /** Nothing new begins: the program ends, or the station leaves. */
  #is_ending = false;

  constructor(parts: ReplicatorParts) {
    this.#p = parts;
    this.#files = createFileExchange(parts.db, parts.files, parts.work_folder, () => parts.clock.now_ms());
    if (!this.#joined) return;
    this.#state = 'offline';
    fetchWhatIsNewlyRead(parts.store.state, parts.tables);
  }

  get #facts() {
    return this.#p.store.state.facts;
  }
  get #joined(): boolean {
    return this.#facts.centre !== undefined;
  }
  get #isContested(): boolean {
    return this.#trouble?.code === 'identity_contested';
  }
  readonly #link: Link = {
    centre: () => this.#connected(),
    limits: LIMITS,
    readsCommonValues: () => this.#hello?.reads_common_values ?? false,
    show: state => this.#set(state, null),
  };

  /** Begins the background exchange. */
  run(): void {
    this.#is_running = true;
    if (this.#joined) this.#restFor(0);
  }
  async stop(): Promise<void> {
    this.#is_running = false;
    await this.#calm();
    await this.#disconnect();
  }
  /** Waits a moment for what is under way; a load, or a line on which nothing comes back, is cut off: both go on from where they were. */
  async #calm(): Promise<void> {
    this.#is_ending = true;
    this.#next.forget();
    const cut = setTimeout(() => void this.#centre?.end(), ENDING_MS);
    await this.#free();
    clearTimeout(cut);
    this.#next.forget();
  }
  /** A command was kept: sent at once when the centre is there; otherwise the next attempt takes it along. */
  wake(): void {
    this.#p.statusChanged();
    if (this.#failures === 0) this.#comeIn(0);
  }

  status(): ReplicationStatus {
    return statusOf(this.#p.store, {
      state: this.#state,
      trouble: this.#trouble,
      progress: this.#progress,
      waiting_files: this.#files.waiting(),
    });
  }

  async syncNow(): Promise<ReplicationStatus> {
    // A person says that this is the installation which keeps the identity.
    if (this.#isContested) this.#p.store.state.set({ renewed_at: '[]' });
    this.#files.askAgain();
    await this.#exchangeNow();
    return this.status();
  }
  probe(enrolment_code: string): Promise<CentreFacts> {
    return probe(this.#p, enrolment_code);
  }
  async join(enrolment_code: string, bring_rows: boolean, progress: Progress): Promise<void> {
    if (this.#joined) refuse('already_joined', { organization: this.status().centre?.org_name ?? '' });
    await join(this.#p, enrolment_code, bring_rows);
    this.#set('offline', null);
    await this.#exchangeNow(progress);
    if (this.#is_running) this.#restFor(pollMs(this.#p.chance()));
  }
  async renew(enrolment_code: string, progress: Progress): Promise<void> {
    if (!this.#joined) refuse('not_joined');
    await this.#free();
    await renewAccess(this.#p, enrolment_code);
    await this.#disconnect();
    await this.#exchangeNow(progress);
  }
  async leave(forget_queue: boolean): Promise<void> {
    if (!this.#joined) refuse('not_joined');
    const refuseToForget = (): void => {
      const units = this.#p.store.waitingUnits();
      if (units > 0 && !forget_queue) refuse('queue_not_empty', { units });
    };
    refuseToForget();
    try {
      await this.#calm();
      await this.#giveBackNumbers();
      await this.#disconnect();
      // Commands go on meanwhile.
      refuseToForget();
      forgetMembership(this.#p);
      this.#set('standalone', null);
    } finally {
      this.#is_ending = false;
      this.#failures = 0;
      this.#restFor(0);
    }
  }
  /** Only on a line that is there: nobody waits for a centre in order to leave it. */
  async #giveBackNumbers(): Promise<void> {
    if (!this.#centre || this.#centre.is_lost) return;
    const { client_id = '' } = this.#facts;
    try {
      const numbers = await returnNumbers(this.#p.db, this.#centre, client_id);
      this.#p.log.info({ numbers }, 'numbers not used given back');
    } catch (error) {
      this.#p.log.warn({ reason: String(error) }, 'numbers not used are lost: the centre did not take them');
    }
  }
  async stations(): Promise<StationFacts[]> {
    await this.#exchangeNow();
    const centre = await this.#connected();
    await asking(this.#tell(centre));
    const list = await asking(centre.call('stations', stationList, []));
    return list.map(({ pulled_seq, head_seq, ...s }) => ({
      ...s,
      is_this: s.station_code === this.#facts.station_code,
      behind: pulled_seq === null ? null : Math.max(0, head_seq - pulled_seq),
    }));
  }
  async checkIntegrity(progress: Progress): Promise<IntegrityReport> {
    await this.#exchangeNow();
    return this.#reported(await asking(this.#compare(progress)), 0);
  }
  async repair(progress: Progress): Promise<IntegrityReport> {
    await this.#exchangeNow();
    const { db, store, log } = this.#p;
    const differing = (await asking(this.#compare(progress))).filter(d => d.buckets.length > 0);
    const rows = await asking(fetchDifferences(db, store, await this.#connected(), differing));
    if (rows > 0) {
      log.warn({ rows, tables: differing.map(d => d.table) }, 'rows repaired from the centre');
      this.#p.changed(differing.map(d => d.table));
    }
    return this.#reported(await asking(this.#compare(progress)), rows);
  }
  async #compare(progress: Progress, depth: Depth = 'content') {
    const { db, store } = this.#p;
    return compareAll(
      db,
      store,
      await this.#connected(),
      depth,
      () => pull(this.#p, this.#link, noProgress),
      progress,
    );
  }
  #reported(differences: Awaited<ReturnType<typeof compareAll>>, repaired_rows: number): IntegrityReport {
    const { store, clock, log } = this.#p;
    const report = reportOf(differences, repaired_rows, clock.now_ms());
    const tables = report.tables.filter(t => t.differing_buckets > 0).map(t => t.table);
    if (tables.length > 0) log.error({ tables }, 'rows differ from the centre');
    store.state.set({
      checked_at_ms: report.checked_at_ms,
      differing_tables: tables.length > 0 ? tables.join(', ') : undefined,
    });
    this.#p.statusChanged();
    return report;
  }
  exportQueue(file: string): { units: number } {
    return writeQueue(this.#p.store, file);
  }
  async importAnswer(file: string): Promise<{ units: number; rows: number }> {
    await this.#free();
    const taking = takeAnswer(this.#p.store, file);
    this.#under(taking).catch(() => undefined);
    const { tables, ...counts } = await taking;
    if (tables.length > 0) this.#p.changed(tables);
    this.#p.statusChanged();
    return counts;
  }

  // One exchange at a time, or one answer that is read: each moves the cursor. Who asks while one runs gets the next.

  async #free(): Promise<void> {
    while (this.#round) await this.#round.catch(() => undefined);
  }
  async #exchangeNow(progress: Progress = noProgress): Promise<void> {
    if (!this.#joined) refuse('not_joined');
    await this.#free();
    await asking(this.#start(progress));
  }
  #start(progress: Progress): Promise<void> {
    this.#again = false;
    return this.#under(this.#exchange(progress));
  }
  #under(work: Promise<unknown>): Promise<void> {
    this.#round = work
      .then(() => undefined)
      .finally(() => {
        this.#round = undefined;
        this.#rest();
      });
    return this.#round;
  }
  /** After every exchange, whoever began it: a call for another one may have come meanwhile. */
  #rest(): void {
    if (this.#isContested) return;
    const { chance } = this.#p;
    const rest = this.#failures > 0 ? backoffMs(this.#failures, chance()) : pollMs(chance());
    this.#restFor(this.#again && this.#failures === 0 ? this.#afterNoticeMs() : rest);
  }
  /** Something is new. What runs may have asked before it was: then once more right after it. */
  #comeIn(ms: number): void {
    if (this.#round) this.#again = true;
    else if (this.#mayBegin) this.#next.within(ms);
  }
  #restFor(ms: number): void {
    if (this.#mayBegin) this.#next.after(ms);
  }
  get #mayBegin(): boolean {
    return this.#is_running && !this.#is_ending && this.#joined;
  }
  #afterNoticeMs(): number {
    return afterNoticeMs(this.#p.chance(), this.#hello?.stations ?? null);
  }
  async #background(): Promise<void> {
    if (this.#round) {
      this.#again = true;
      return;
    }
    await this.#start(noProgress).catch(() => undefined);
  }

  async #exchange(report: Progress): Promise<void> {
    const progress: Progress = (phase, done, total) => {
      this.#progress = { phase, done, total };
      this.#p.statusChanged();
      report(phase, done, total);
    };
    const isFresh = this.#hello === undefined || this.#centre?.is_lost === true;
    try {
      await this.#connected();
      let unsent: CentreUnreachable | null;
      do {
        unsent = await this.#pushed(progress);
        if (this.#facts.loading !== undefined) await this.#load(progress);
        await pull(this.#p, this.#link, progress);
      } while (this.#facts.loading !== undefined);
      if (unsent) throw unsent;
      await this.#housekeeping();
      this.#failures = 0;
      this.#progress = null;
      this.#set('online', null);
    } catch (error) {
      // Two copies that said hello with one and the same nonce meet in their unit numbers. On an older connection the
      // next hello decides, because a restored centre does not know this identity either.
      const isFork = isFresh && error instanceof CentreSays && error.kind === 'fork';
      const told = isFork ? this.#becomeAnother(error) : error;
      await this.#afterFailure(told);
      throw told;
    }
  }
  /** Answers what to tell: the fork, or that it happened too often. */
  #becomeAnother(fork: CentreSays): unknown {
    try {
      becomeAnother(this.#p);
      return fork;
    } catch (error) {
      return error;
    }
  }
  /** A line on which nothing goes up may still bring down what others did; answers why nothing went up. */
  async #pushed(progress: Progress): Promise<CentreUnreachable | null> {
    try {
      await push(this.#p, this.#link, progress);
      return null;
    } catch (error) {
      if (error instanceof CentreUnreachable) return error;
      throw error;
    }
  }
  async #load(progress: Progress): Promise<void> {
    const { db, tables, store, clock } = this.#p;
    this.#set('catching_up', null);
    const isWhole = await loadAll(db, tables, store, await this.#connected(), progress);
    // What just came is what the centre holds: its content is compared in a week.
    if (isWhole) store.state.set({ content_checked_at_ms: clock.now_ms() });
    this.#p.changed([...store.rowStores.keys()]);
  }
  /** What is less urgent than rows: files, numbers, telling the centre, the checksums of the day. */
  async #housekeeping(): Promise<void> {
    const { db, tables, station, store, clock } = this.#p;
    const centre = await this.#connected();
    const { client_id = '', cursor_seq } = this.#facts;
    const now_ms = clock.now_ms();
    await this.#files.exchange(centre, () => this.#again);
    await refillNumbers(db, store, centre, client_id);
    if (cursor_seq !== this.#seen.seq && isDue(this.#seen.at_ms, SEEN_EVERY_MS, now_ms)) {
      const told = await this.#tell(centre);
      const { maintained_at_ms, maintained_by } = told.is_due
        ? await centre.call('maintain_own', upkeep, [client_id], LONG_QUERY_MS)
        : told;
      store.state.set({ maintained_at_ms, maintained_by: maintained_by ?? undefined });
      this.#seen = { at_ms: now_ms, seq: cursor_seq };
    }
    if (isDue(this.#facts.checked_at_ms ?? 0, DAY_MS, now_ms)) {
      const depth = isDue(this.#facts.content_checked_at_ms ?? 0, WEEK_MS, now_ms) ? 'content' : 'versions';
      this.#reported(await this.#compare(noProgress, depth), 0);
      if (depth === 'content') store.state.set({ content_checked_at_ms: now_ms });
    }
    forgetOldUnits(db, store);
    if (isDue(this.#facts.evicted_at_ms ?? 0, DAY_MS, now_ms)) {
      await evictOldRows(db, store, tables, station.station_id);
      store.state.set({ evicted_at_ms: now_ms });
    }
  }

  /** How far this station is, for the list of stations; answers whether the centre wants its maintenance. */
  #tell(centre: CentreLine) {
    const { store, app_version, schema_version } = this.#p;
    const { client_id = '', cursor_seq, clock_offset_ms = null } = this.#facts;
    const facts = { queue: store.waitingUnits(), clock_offset_ms, app_version, schema_version };
    return centre.call('seen', upkeep, [client_id, cursor_seq, facts]);
  }

  async #connected(): Promise<CentreLine> {
    if (this.#centre && this.#hello && !this.#centre.is_lost) return this.#centre;
    if (this.#is_ending) throw new CentreUnreachable('centre_unreachable', 'the exchange ends');
    await this.#disconnect();
    this.#set('connecting', this.#trouble);
    const sealed = this.#facts.centre ?? refuse('not_joined');
    const access: CentreAccess = JSON.parse(await this.#p.secrets.open(sealed));
    const centre = await this.#p.connect(access, () => {
      if (!this.#round) this.#restFor(backoffMs(0, this.#p.chance()));
    });
    this.#centre = centre;
    this.#hello = await greet(this.#p, centre);
    // Behind a pool of connections nobody listens; the poll finds what is new.
    await centre
      .listen(this.#hello.channel, () => this.#comeIn(this.#afterNoticeMs()))
      .catch(() => undefined);
    return centre;
  }
  async #disconnect(): Promise<void> {
    const centre = this.#centre;
    this.#centre = undefined;
    this.#hello = undefined;
    await centre?.end();
  }
  async #afterFailure(error: unknown): Promise<void> {
    this.#failures += 1;
    this.#progress = null;
    await this.#disconnect();
    const { code, details } = refusalOf(error);
    const facts = Object.entries(details).filter(([, v]) => typeof v === 'string' || typeof v === 'number');
    this.#p.log.info({ code, ...Object.fromEntries(facts) }, 'no exchange with the centre');
    this.#set(STOPPING.includes(code) ? 'stopped' : 'offline', {
      code,
      details: Object.fromEntries(facts) as Record<string, string | number>,
    });
  }
  /** Told also when neither is new: what waits and what is complete changed meanwhile. */
  #set(state: State, trouble: ReplicationStatus['trouble']): void {
    this.#state = state;
    this.#trouble = trouble;
    this.#p.statusChanged();
  }
}

/** Also when the clock was put back meanwhile. */
const isDue = (last_ms: number, every_ms: number, now_ms: number): boolean =>
  Math.abs(now_ms - last_ms) >= every_ms;

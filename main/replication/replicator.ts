import { hostname, platform } from 'node:os';
import { z } from 'zod';
import type { AnyTable } from '../../db/kit/define-table.ts';
import type { Sqlite } from '../../db/sqlite/open.ts';
import { sha256 } from '../platform/canonical.ts';
import type { FileStore } from '../platform/file-store.ts';
import type { Log } from '../platform/log.ts';
import type { Clock, Ids, SecretKeeper } from '../platform/ports.ts';
import { Refusal, refuse } from '../rpc/refusal.ts';
import { afterNoticeMs, backoffMs, pollMs } from './backoff.rules.ts';
import { Centre, type CentreAccess, CentreSays, CentreUnreachable, LONG_QUERY_MS } from './centre.ts';
import { parseEnrolmentCode, scramVerifier } from './enrolment.ts';
import { createFileExchange } from './files.ts';
import { sendAgainFrom, takeNewIdentity, unitsLostAfter } from './identity.ts';
import { compareAll, fetchDifferences, reportOf } from './integrity.ts';
import { becomeMember, newNonce } from './joining.ts';
import { LOAD_ALL, loadAll } from './loading.ts';
import { refillNumbers } from './numbers.ts';
import type {
  CentreFacts,
  IntegrityReport,
  Progress,
  ReplicationPort,
  ReplicationStatus,
  StationFacts,
} from './port.ts';
import { takeAnswer, writeQueue } from './queue-file.ts';
import { forgetOldUnits } from './retention.ts';
import type { Store } from './store.ts';
import {
  commitHashes,
  type HelloAnswer,
  helloAnswer,
  pullPage,
  pushAnswer,
  snapshotTables,
  stationList,
} from './wire.ts';

export interface ReplicatorParts {
  db: Sqlite;
  tables: readonly AnyTable[];
  store: Store;
  files: FileStore;
  work_folder: string;
  secrets: SecretKeeper;
  clock: Clock;
  ids: Ids;
  log: Log;
  app_version: string;
  schema_version: number;
  /** In [0, 1); spreads stations in time. */
  chance(): number;
  /** Renewed when another installation uses this identity: the audit chain goes on under a new id. */
  station: { readonly station_id: string; renewStationId(): void };
  /** A copy of the database beside the others, before rows are replaced. */
  backUp(reason: string): void;
  changed(tables: string[]): void;
  statusChanged(): void;
}
type State = ReplicationStatus['state'];
const SEEN_EVERY_MS = 60_000;
const CLOCK_WARNING_MS = 120_000;
const DAY_MS = 86_400_000;
const none: Progress = () => undefined;

/** The background exchange of one station with its centre: push, then pull, for ever; it never holds up a command. */
export class Replicator implements ReplicationPort {
  readonly #p: ReplicatorParts;
  readonly #files: ReturnType<typeof createFileExchange>;
  #state: State = 'standalone';
  #trouble: ReplicationStatus['trouble'] = null;
  #progress: ReplicationStatus['progress'] = null;
  #centre: Centre | undefined;
  #hello: HelloAnswer | undefined;
  #round: Promise<void> | undefined;
  #again = false;
  #failures = 0;
  #seen = { at_ms: 0, seq: -1 };
  #timer: NodeJS.Timeout | undefined;
  #is_running = false;

  constructor(parts: ReplicatorParts) {
    this.#p = parts;
    this.#files = createFileExchange(parts.db, parts.files, parts.work_folder, () => parts.clock.now_ms());
    if (this.#joined) this.#state = 'offline';
  }

  get #facts() {
    return this.#p.store.state.facts;
  }
  get #joined(): boolean {
    return this.#facts.centre !== undefined;
  }

  /** Begins the background exchange. */
  run(): void {
    this.#is_running = true;
    if (this.#joined) this.#restFor(0);
  }
  async stop(): Promise<void> {
    this.#is_running = false;
    clearTimeout(this.#timer);
    await this.#round?.catch(() => undefined);
    await this.#disconnect();
  }
  /** A command was kept: sent at once when the centre is there; otherwise the next attempt takes it along. */
  wake(): void {
    this.#p.statusChanged();
    if (this.#is_running && this.#failures === 0) this.#restFor(0);
  }

  status(): ReplicationStatus {
    const { store } = this.#p;
    const facts = this.#facts;
    const offset = facts.clock_offset_ms ?? null;
    const clock =
      offset !== null && Math.abs(offset) > CLOCK_WARNING_MS
        ? { code: 'clock_wrong', details: { seconds: Math.round(offset / 1000) } }
        : null;
    const differing = facts.differing_tables
      ? { code: 'rows_differ', details: { tables: facts.differing_tables } }
      : null;
    return {
      state: this.#joined ? this.#state : 'standalone',
      trouble: this.#trouble ?? differing ?? clock,
      centre: this.#joined
        ? {
            ...addressOf(facts.address),
            org_code: facts.org_code ?? '',
            org_name: facts.org_name ?? '',
            station_code: facts.station_code ?? '',
          }
        : null,
      waiting_units: store.waitingUnits(),
      oldest_waiting_at_ms: store.oldestWaiting(),
      waiting_files: this.#files.waiting(),
      refused_rows: store.refusedRows(),
      last_contact_at_ms: facts.last_contact_at_ms ?? null,
      complete_to_ms: facts.complete_to_ms ?? null,
      clock_offset_ms: offset,
      progress: this.#progress,
    };
  }

  async syncNow(): Promise<ReplicationStatus> {
    if (!this.#joined) refuse('not_joined');
    await this.#exchangeNow();
    return this.status();
  }

  async probe(enrolment_code: string): Promise<CentreFacts> {
    const access = parseEnrolmentCode(enrolment_code, this.#p.clock.now_ms());
    const centre = await this.#reach(access);
    try {
      const hello = await centre.call('probe', helloAnswer, []);
      const tables = await centre.call('snapshot_tables', snapshotTables, []);
      return {
        host: access.host,
        port: access.port,
        database: access.database,
        org_code: hello.org_code,
        org_name: hello.org_name,
        station_code: hello.station_code,
        plant_ids: hello.plant_ids,
        schema_version: hello.schema_version,
        is_encrypted: access.tls !== 'off',
        rows: tables.reduce((sum, t) => sum + Math.max(0, t.rows), 0),
      };
    } catch (error) {
      throw refusalOf(error);
    } finally {
      await centre.end();
    }
  }

  async join(enrolment_code: string, bring_rows: boolean, progress: Progress): Promise<void> {
    if (this.#joined) refuse('already_joined', { organization: this.#facts.org_name ?? '' });
    const { clock, ids, store, db } = this.#p;
    const access = parseEnrolmentCode(enrolment_code, clock.now_ms());
    const centre = await this.#reach(access);
    try {
      const client_id = ids.next();
      const nonce = newNonce();
      const hello = await centre.call('hello', helloAnswer, [
        this.#greeting({ client_id, incarnation: 1, nonce: null, next_nonce: nonce }),
      ]);
      if (hello.schema_version !== this.#p.schema_version)
        refuse(hello.schema_version < this.#p.schema_version ? 'centre_older' : 'station_older', {
          centre: hello.schema_version,
          station: this.#p.schema_version,
        });
      const password = newNonce() + newNonce();
      await centre.run(`alter role current_user password '${scramVerifier(password)}'`);
      this.#p.backUp('before-joining');
      becomeMember(
        db,
        this.#p.tables,
        store,
        ids,
        {
          centre: await this.#p.secrets.seal(JSON.stringify({ ...access, password })),
          address: JSON.stringify({ host: access.host, port: access.port, database: access.database }),
          client_id,
          nonce,
          hello,
          schema_version: this.#p.schema_version,
          now_ms: clock.now_ms(),
        },
        bring_rows,
      );
    } catch (error) {
      throw refusalOf(error);
    } finally {
      await centre.end();
    }
    this.#state = 'offline';
    await this.#exchangeNow(progress);
  }

  async leave(forget_queue: boolean): Promise<void> {
    const { store, db } = this.#p;
    const waiting = store.waitingUnits();
    if (waiting > 0 && !forget_queue) refuse('queue_not_empty', { units: waiting });
    clearTimeout(this.#timer);
    await this.#round?.catch(() => undefined);
    await this.#disconnect();
    this.#p.backUp('before-leaving');
    store.applying(() => {
      for (const table of [
        'units',
        'unit_changes',
        'shadow',
        'commits',
        'refused_rows',
        'blobs',
        'seen',
        'state',
      ])
        db.exec(`delete from sync_${table}`);
      store.state.reread();
    });
    this.#set('standalone', null);
  }

  async stations(): Promise<StationFacts[]> {
    const centre = await this.#connected();
    const own = this.#facts.station_code;
    const list = await this.#asking(centre.call('stations', stationList, []));
    return list.map(({ pulled_seq, head_seq, ...s }) => ({
      ...s,
      is_this: s.station_code === own,
      behind: pulled_seq === null ? null : Math.max(0, head_seq - pulled_seq),
    }));
  }

  async checkIntegrity(progress: Progress): Promise<IntegrityReport> {
    await this.#exchangeNow();
    const { db, store, clock } = this.#p;
    const centre = await this.#connected();
    const found = await this.#asking(compareAll(db, store, centre, () => this.#exchangeNow(), progress));
    return this.#reported(reportOf(found, 0, clock.now_ms()));
  }
  async repair(progress: Progress): Promise<IntegrityReport> {
    await this.#exchangeNow();
    const { db, store, clock, log } = this.#p;
    const centre = await this.#connected();
    const catchUp = () => this.#exchangeNow();
    const found = await this.#asking(compareAll(db, store, centre, catchUp, progress));
    const differing = found.filter(d => d.buckets.length > 0);
    const rows = await this.#asking(fetchDifferences(db, store, centre, differing));
    if (rows > 0) {
      log.warn({ rows, tables: differing.map(d => d.table) }, 'rows repaired from the centre');
      this.#p.changed(differing.map(d => d.table));
    }
    const left = await this.#asking(compareAll(db, store, centre, catchUp, progress));
    return this.#reported(reportOf(left, rows, clock.now_ms()));
  }

  #reported(report: IntegrityReport): IntegrityReport {
    const tables = report.tables.filter(t => t.differing_buckets > 0).map(t => t.table);
    this.#p.store.state.set({
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
    await this.#round?.catch(() => undefined);
    const { tables, ...counts } = await takeAnswer(this.#p.store, file);
    if (tables.length > 0) this.#p.changed(tables);
    this.#p.statusChanged();
    return counts;
  }

  // One exchange at a time; who asks while one runs gets the next.

  async #exchangeNow(progress: Progress = none): Promise<void> {
    while (this.#round) await this.#round.catch(() => undefined);
    try {
      await this.#start(progress);
    } catch (error) {
      throw refusalOf(error);
    }
  }
  #start(progress: Progress = none): Promise<void> {
    this.#round = this.#exchange(progress).finally(() => {
      this.#round = undefined;
    });
    return this.#round;
  }
  #restFor(ms: number): void {
    if (!this.#is_running) return;
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => void this.#background(), ms);
    this.#timer.unref();
  }
  async #background(): Promise<void> {
    if (this.#round) {
      this.#again = true;
      return;
    }
    this.#again = false;
    await this.#start().catch(() => undefined);
    const { chance } = this.#p;
    const next = this.#failures > 0 ? backoffMs(this.#failures, chance()) : pollMs(chance());
    this.#restFor(this.#again && this.#failures === 0 ? 0 : next);
  }

  async #exchange(report: Progress): Promise<void> {
    const progress: Progress = (phase, done, total) => {
      this.#progress = { phase, done, total };
      this.#p.statusChanged();
      report(phase, done, total);
    };
    try {
      await this.#greet();
      await this.#push(progress);
      if (this.#facts.loading !== undefined) {
        this.#set('catching_up', null);
        await loadAll(this.#p.db, this.#p.tables, this.#p.store, await this.#connected(), progress);
        this.#p.changed([...this.#p.store.rowStores.keys()]);
      }
      await this.#pull(progress);
      const centre = await this.#connected();
      await this.#files.exchange(centre, () => !this.#again);
      await refillNumbers(this.#p.db, this.#p.store, centre, this.#facts.client_id ?? '');
      await this.#tellSeen(centre);
      await this.#checkDaily(centre);
      forgetOldUnits(this.#p.db, this.#p.store, this.#p.clock.now_ms());
      this.#failures = 0;
      this.#progress = null;
      this.#set('online', null);
    } catch (error) {
      await this.#afterFailure(error);
      throw error;
    }
  }

  /** Connects when needed and says hello; what the centre says first decides how to go on. */
  async #greet(): Promise<void> {
    if (this.#centre && !this.#centre.is_lost && this.#hello) return;
    this.#set('connecting', this.#trouble);
    for (let attempt = 0; ; attempt++) {
      const centre = await this.#connected();
      const { store, clock } = this.#p;
      if (this.#facts.next_nonce === undefined) store.state.set({ next_nonce: newNonce() });
      const { client_id, incarnation, nonce, next_nonce } = this.#facts;
      try {
        const asked_ms = clock.now_ms();
        const hello = await centre.call('hello', helloAnswer, [
          this.#greeting({
            client_id: client_id ?? '',
            incarnation,
            nonce: nonce ?? null,
            next_nonce: next_nonce ?? '',
          }),
        ]);
        const now_ms = clock.now_ms();
        store.state.set({
          nonce: next_nonce,
          next_nonce: undefined,
          epoch: hello.epoch,
          backed_up_seq: hello.backed_up_seq,
          clock_offset_ms: Math.round((asked_ms + now_ms) / 2 - hello.server_ms),
          last_contact_at_ms: now_ms,
        });
        this.#hello = hello;
        if (hello.schema_version < this.#p.schema_version)
          throw new Refusal('centre_older', {
            centre: hello.schema_version,
            station: this.#p.schema_version,
          });
        await centre
          .listen(hello.channel, () => this.#restFor(afterNoticeMs(this.#p.chance())))
          .catch(() => undefined);
        return;
      } catch (error) {
        if (!(error instanceof CentreSays) || attempt >= 3) throw error;
        await this.#settleGreeting(error, centre);
      }
    }
  }
  async #settleGreeting(said: CentreSays, centre: Centre): Promise<void> {
    const { db, store, ids, log } = this.#p;
    switch (said.kind) {
      case 'fork':
        log.warn(
          { client_id: this.#facts.client_id },
          'another installation uses this identity: taking a new one',
        );
        takeNewIdentity(db, store, ids);
        this.#p.station.renewStationId();
        return;
      case 'restored': {
        this.#p.backUp('centre-restored');
        const units = sendAgainFrom(db, store, unitsLostAfter(db, await this.#commonSeq(centre)));
        log.warn({ units }, 'the centre was restored: units are sent again');
        return;
      }
      case 'resync':
        store.state.set({ loading: LOAD_ALL, cursor_seq: 0, cursor_hash: undefined });
        return;
      default:
        throw said;
    }
  }
  /** The newest commit that both sides know. */
  async #commonSeq(centre: Centre): Promise<number> {
    const held = this.#p.db
      .prepare<[], { seq: number; hash: string }>('select seq, hash from sync_commits order by seq desc')
      .all();
    for (let at = 0; at < held.length; at += 500) {
      const part = held.slice(at, at + 500);
      const there = await centre.call('commit_hashes', commitHashes, [part.map(c => c.seq)]);
      const known = new Map(there.map(c => [c.seq, c.hash]));
      const common = part.find(c => known.get(c.seq) === c.hash);
      if (common) return common.seq;
    }
    return 0;
  }

  async #push(progress: Progress): Promise<void> {
    const { store, db } = this.#p;
    const limits = this.#hello?.limits ?? { units: 100, bytes: 262_144, rows: 2000 };
    const total = store.waitingUnits();
    if (total > 0) this.#set('pushing', null);
    let limit = limits.units;
    let transient = 0;
    for (let sent = 0; ; ) {
      const units = store.nextUnits(limit, limits.bytes);
      if (units.length === 0) break;
      const centre = await this.#connected();
      try {
        const answer = await centre.call(
          'push',
          pushAnswer,
          [this.#facts.client_id, JSON.stringify(units)],
          LONG_QUERY_MS,
        );
        store.settle(answer.outcomes);
        transient = 0;
        limit = Math.min(limits.units, limit * 2);
        sent += units.length;
        progress('push', sent, Math.max(total, sent));
      } catch (error) {
        if (error instanceof CentreSays && error.kind === 'gap') {
          sendAgainFrom(db, store, Number(error.detail ?? 1) + this.#facts.unit_base);
          if (++transient < 3) continue;
        }
        if (!(error instanceof CentreUnreachable) || centre.is_lost) throw error;
        // The whole batch was rolled back: a smaller one gets further; one unit that never gets through is set aside.
        transient += 1;
        limit = Math.max(1, Math.floor(limit / 2));
        if (transient < 10) continue;
        if (units.length > 1) throw error;
        const parked = await centre.call('park', pushAnswer, [
          this.#facts.client_id,
          JSON.stringify(units[0]),
        ]);
        store.settle(parked.outcomes);
      }
    }
    if (total > 0) await this.#centre?.run('select sync.notify()').catch(() => undefined);
  }

  async #pull(progress: Progress): Promise<void> {
    const { store, clock } = this.#p;
    for (let more = true; more; ) {
      const centre = await this.#connected();
      const { client_id, cursor_seq, cursor_hash } = this.#facts;
      const page = await centre.call(
        'pull',
        pullPage,
        [
          client_id,
          cursor_seq,
          cursor_seq === 0 ? null : (cursor_hash ?? null),
          this.#hello?.limits.rows ?? 2000,
        ],
        LONG_QUERY_MS,
      );
      const is_news =
        page.to_seq !== cursor_seq || page.applied_unit_no + this.#facts.unit_base !== this.#facts.applied_n;
      if (page.more) this.#set('catching_up', null);
      else if (is_news) this.#set('pulling', null);
      if (is_news) {
        const tables = await store.applyPage(page);
        if (tables.length > 0) this.#p.changed(tables);
      }
      if (page.more) progress('pull', page.to_seq, page.head_seq);
      more = page.more;
    }
    const now_ms = clock.now_ms();
    store.state.set({
      last_contact_at_ms: now_ms,
      complete_to_ms: now_ms - (this.#facts.clock_offset_ms ?? 0),
    });
  }

  async #tellSeen(centre: Centre): Promise<void> {
    const now_ms = this.#p.clock.now_ms();
    const seq = this.#facts.cursor_seq;
    if (seq === this.#seen.seq || now_ms - this.#seen.at_ms < SEEN_EVERY_MS) return;
    await centre.call('seen', z.unknown(), [
      this.#facts.client_id,
      seq,
      {
        queue: this.#p.store.waitingUnits(),
        clock_offset_ms: this.#facts.clock_offset_ms ?? null,
        app_version: this.#p.app_version,
        schema_version: this.#p.schema_version,
      },
    ]);
    this.#seen = { at_ms: now_ms, seq };
  }

  /** Checksums are compared once a day; a difference is told to a person, never put right in silence. */
  async #checkDaily(centre: Centre): Promise<void> {
    const { db, store, clock, log } = this.#p;
    const now_ms = clock.now_ms();
    if (now_ms - (this.#facts.checked_at_ms ?? 0) < DAY_MS) return;
    const found = await compareAll(db, store, centre, () => this.#pull(none), none);
    const tables = found.filter(d => d.buckets.length > 0).map(d => d.table);
    if (tables.length > 0) log.error({ tables }, 'rows differ from the centre');
    store.state.set({
      checked_at_ms: now_ms,
      differing_tables: tables.length > 0 ? tables.join(', ') : undefined,
    });
  }

  #greeting(who: { client_id: string; incarnation: number; nonce: string | null; next_nonce: string }) {
    const { epoch, cursor_seq, cursor_hash, loading } = this.#facts;
    const knows = loading === undefined && cursor_hash !== undefined;
    return {
      ...who,
      cursor: knows ? { seq: cursor_seq, hash: cursor_hash } : null,
      epoch: epoch ?? null,
      schema_version: this.#p.schema_version,
      app_version: this.#p.app_version,
      fingerprint: sha256(`${hostname()} ${platform()}`).slice(0, 16),
      last_unit_no: this.#joined ? this.#p.store.lastSettledNo() : 0,
      station_id: this.#p.station.station_id,
    };
  }

  async #connected(): Promise<Centre> {
    if (this.#centre && !this.#centre.is_lost) return this.#centre;
    const access = await this.#access();
    this.#hello = undefined;
    this.#centre = await Centre.connect(access, () => {
      if (this.#is_running && !this.#round) this.#restFor(backoffMs(0, this.#p.chance()));
    });
    return this.#centre;
  }
  async #reach(access: CentreAccess): Promise<Centre> {
    try {
      return await Centre.connect(access);
    } catch (error) {
      throw refusalOf(error);
    }
  }
  async #access(): Promise<CentreAccess> {
    const sealed = this.#facts.centre ?? refuse('not_joined');
    return JSON.parse(await this.#p.secrets.open(sealed)) as CentreAccess;
  }
  async #disconnect(): Promise<void> {
    const centre = this.#centre;
    this.#centre = undefined;
    this.#hello = undefined;
    await centre?.end();
  }
  async #asking<T>(answer: Promise<T>): Promise<T> {
    try {
      return await answer;
    } catch (error) {
      throw refusalOf(error);
    }
  }

  async #afterFailure(error: unknown): Promise<void> {
    this.#failures += 1;
    this.#progress = null;
    await this.#disconnect();
    const refusal = refusalOf(error);
    const details = Object.fromEntries(
      Object.entries(refusal.details).flatMap(([key, v]) =>
        typeof v === 'string' || typeof v === 'number' ? [[key, v]] : [],
      ),
    );
    this.#p.log.info(
      { code: refusal.code, reason: error instanceof Error ? error.message : '' },
      'no exchange',
    );
    this.#set(refusal.code === 'centre_not_enrolled' ? 'stopped' : 'offline', {
      code: refusal.code,
      details,
    });
  }
  #set(state: State, trouble: ReplicationStatus['trouble']): void {
    if (this.#state === state && this.#trouble === trouble) return;
    this.#state = state;
    this.#trouble = trouble;
    this.#p.statusChanged();
  }
}

const address = z.object({ host: z.string(), port: z.int(), database: z.string() });
const addressOf = (text: string | undefined) =>
  address.catch({ host: '', port: 0, database: '' }).parse(JSON.parse(text ?? '{}'));

/** What went wrong in a code with a text of the catalogue. */
function refusalOf(error: unknown): Refusal {
  if (error instanceof Refusal) return error;
  if (error instanceof CentreUnreachable) return new Refusal(error.code, { reason: error.message });
  if (error instanceof CentreSays) return new Refusal(`centre_${error.kind}`, { reason: error.message });
  if (error instanceof z.ZodError)
    return new Refusal('centre_answer_unknown', { reason: error.issues[0]?.message ?? '' });
  const code = error instanceof Error && 'code' in error ? String(error.code) : '';
  if (code === 'SQLITE_FULL' || code === 'ENOSPC') return new Refusal('disk_full');
  throw error;
}

import { createHash } from 'node:crypto';
import type { AnyTable } from '../../../db/kit/define-table.ts';
import { parentsFirst } from '../../../db/kit/parents-first.ts';
import { sha256 } from '../../../main/platform/canonical.ts';
import type { Row } from '../../../main/platform/row-changes.ts';
import { CentreSays, type ProtocolError } from '../../../main/replication/centre.ts';
import { rowText } from '../../../main/replication/content.rules.ts';
import { type Outcome, type PullPage, plainUnit, type Unit } from '../../../main/replication/wire.ts';
import { applyChange, documentOf, type Rows, UnitProblem } from './model-rules.ts';

interface CommitChange {
  table: string;
  id: string;
  document?: string | undefined;
  /** The unit's own client, when it was carried out later within another one's commit. */
  by_client?: string;
  is_new?: boolean;
}
interface Parked {
  client_id: string;
  unit: Unit;
  waits_for: string | undefined;
}
interface Commit {
  seq: number;
  hash: string;
  client_id: string | null;
  last_unit_no: number;
  changes: CommitChange[];
}
interface KeptUnit extends Outcome {
  client_id: string;
  payload_hash: string;
  seq: number;
  unit: Unit;
  same_as: boolean;
}
interface Client {
  login: string;
  incarnation: number;
  nonce: string;
  last_unit_no: number;
  state: 'active' | 'retired';
}
/** Everything the centre knows; plain, so that a copy of it is a backup. */
export interface CentreState {
  epoch: number;
  backed_up_seq: number;
  commits: Commit[];
  rows: Map<string, Map<string, Row>>;
  /** Versions of rows that are gone: a row that comes back goes on counting. */
  deleted: Map<string, number>;
  blocked: Map<string, string>;
  parked: Parked[];
  logins: Map<string, 'active' | 'revoked'>;
  clients: Map<string, Client>;
  units: KeptUnit[];
}
const md5 = (text: string): Buffer => createHash('md5').update(text).digest();
/** Newer than any station: the model never asks for an update. */
const SCHEMA_VERSION = 9999;
const says = (kind: ProtocolError, detail?: string): CentreSays => new CentreSays(kind, kind, detail);
const at = (table: string, id: string): string => `${table} ${id}`;

/** The centre as the contract describes it, in memory: what its SQL functions must equal. */
export class ModelCentre {
  state: CentreState;
  readonly #tables: ReadonlyMap<string, AnyTable>;
  readonly #now_ms: () => number;

  constructor(tables: readonly AnyTable[], rows: ReadonlyMap<string, readonly Row[]>, now_ms: () => number) {
    const travelling = parentsFirst(tables.filter(def => def.sync.kind !== 'local_only'));
    this.#tables = new Map(travelling.map(def => [def.name, def]));
    this.#now_ms = now_ms;
    this.state = {
      epoch: 1,
      backed_up_seq: 0,
      commits: [],
      rows: new Map(
        travelling.map(def => [
          def.name,
          new Map((rows.get(def.name) ?? []).map(row => [String(row.id), row])),
        ]),
      ),
      deleted: new Map(),
      blocked: new Map(),
      parked: [],
      logins: new Map(),
      clients: new Map(),
      units: [],
    };
    this.#seal(
      null,
      0,
      [...this.state.rows].flatMap(([table, held]) => [...held.keys()].map(id => ({ table, id }))),
    );
  }
  /** Rows, commits and units are never changed in place, so a copy of the lists is a copy of everything. */
  backup(): CentreState {
    const { epoch, backed_up_seq, commits, rows, deleted, blocked, parked, logins, clients, units } =
      this.state;
    return {
      epoch,
      backed_up_seq,
      commits: [...commits],
      rows: new Map([...rows].map(([table, held]) => [table, new Map(held)])),
      deleted: new Map(deleted),
      blocked: new Map(blocked),
      parked: [...parked],
      logins: new Map(logins),
      clients: new Map([...clients].map(([id, client]) => [id, { ...client }])),
      units: [...units],
    };
  }
  /** As an operator would: the older state, the enrolments as they are known now. */
  restore(older: CentreState): void {
    const { logins } = this.state;
    this.state = older;
    this.state = { ...this.backup(), logins };
  }

  /** One call as it arrives; what it answers or throws is what travels back. */
  call(login: string, name: string, params: readonly unknown[]): unknown {
    if (this.state.logins.get(login) !== 'active') throw says('not_enrolled');
    const answer = this.#functions[name];
    if (!answer) throw new Error(`the model has no sync.${name}`);
    const sent: unknown[] = JSON.parse(JSON.stringify(params));
    return JSON.parse(JSON.stringify(answer(login, sent)));
  }

  // biome-ignore lint/suspicious/noExplicitAny: the parameters of SQL functions
  readonly #functions: Record<string, (login: string, params: any[]) => unknown> = {
    hello: (login, [p]) => this.#hello(login, p),
    push: (login, [client_id, units]) => this.#push(login, client_id, JSON.parse(units).map(plainUnit)),
    park: (login, [client_id, unit]) => this.#park(login, client_id, JSON.parse(unit)),
    pull: (login, [client_id, seq, hash, rows]) => this.#pull(login, client_id, seq, hash, rows),
    snapshot_tables: () => [...this.state.rows].map(([table, rows]) => ({ table, rows: rows.size })),
    snapshot_page: (_login, [, table, after_id, max]) => this.#snapshotPage(table, after_id, max),
    commit_hashes: (_login, [seqs]) =>
      this.state.commits.filter(c => seqs.includes(c.seq)).map(({ seq, hash }) => ({ seq, hash })),
    digest: (_login, [table]) => this.#digest(table, row => `${row.id}:${row.row_version}`),
    content_digest: (_login, [table]) =>
      this.#digest(table, row => rowText(this.#tables.get(table) as AnyTable, row)),
    seen: () => ({ maintained_at_ms: 0, maintained_by: null, is_due: false }),
    notify: () => null,
  };

  #head(): Commit | undefined {
    return this.state.commits.at(-1);
  }
  #client(login: string, client_id: string): Client {
    const client = this.state.clients.get(client_id);
    if (client?.login !== login || client.state !== 'active') throw says('fork');
    return client;
  }

  #hello(
    login: string,
    p: {
      client_id: string;
      incarnation: number;
      nonce: string | null;
      next_nonce: string;
      cursor: { seq: number; hash: string } | null;
      epoch: number | null;
      last_unit_no: number;
    },
  ): unknown {
    const { state } = this;
    const held = state.clients.get(p.client_id);
    if (p.cursor) {
      const commit = state.commits[p.cursor.seq - 1];
      if (commit?.hash !== p.cursor.hash) throw says('restored');
    }
    if ((held?.last_unit_no ?? 0) < p.last_unit_no) throw says('restored');
    if (held) {
      const isKnown = held.nonce === p.nonce || held.nonce === p.next_nonce;
      const isForgiven = p.epoch !== state.epoch;
      if (held.login !== login || held.state !== 'active' || !(isKnown || isForgiven)) throw says('fork');
      held.nonce = p.next_nonce;
    } else {
      for (const other of state.clients.values()) if (other.login === login) other.state = 'retired';
      state.clients.set(p.client_id, {
        login,
        incarnation: p.incarnation,
        nonce: p.next_nonce,
        last_unit_no: 0,
        state: 'active',
      });
    }
    return {
      organization_id: 1,
      org_code: 'SIM',
      org_name: 'Simulation',
      station_code: login,
      plant_ids: null,
      epoch: state.epoch,
      server_ms: this.#now_ms(),
      schema_version: SCHEMA_VERSION,
      min_push_version: 1,
      min_pull_version: 1,
      last_unit_no: state.clients.get(p.client_id)?.last_unit_no ?? 0,
      head_seq: this.#head()?.seq ?? 0,
      backed_up_seq: state.backed_up_seq,
      floor_seq: 0,
      channel: 'sim',
      limits: { units: 4, bytes: 262_144, rows: 40 },
      reads_common_values: true,
    };
  }

  #push(login: string, client_id: string, units: readonly Unit[]): unknown {
    const client = this.#client(login, client_id);
    const outcomes: Outcome[] = [];
    const before = client.last_unit_no;
    const changes: CommitChange[] = [];
    for (const unit of units) {
      if (unit.unit_no <= client.last_unit_no) {
        const held = this.state.units.find(u => u.client_id === client_id && u.unit_no === unit.unit_no);
        if (held?.payload_hash !== unit.payload_hash) throw says('fork');
        outcomes.push(outcomeOf(held));
        continue;
      }
      if (unit.unit_no > client.last_unit_no + 1) throw says('gap', String(client.last_unit_no + 1));
      outcomes.push(this.#take(client_id, unit, changes, null));
      client.last_unit_no = unit.unit_no;
    }
    if (client.last_unit_no > before) this.#retryParked(changes);
    if (client.last_unit_no > before) this.#seal(client_id, client.last_unit_no, changes);
    return { last_unit_no: client.last_unit_no, outcomes };
  }

  #park(login: string, client_id: string, unit: Unit): unknown {
    const client = this.#client(login, client_id);
    if (unit.unit_no !== client.last_unit_no + 1) throw says('gap', String(client.last_unit_no + 1));
    const outcomes = [this.#take(client_id, unit, [], { code: 'transient', table: '', row_id: '' })];
    client.last_unit_no = unit.unit_no;
    this.#seal(client_id, unit.unit_no, []);
    return { last_unit_no: client.last_unit_no, outcomes };
  }

  /** Applies one unit or keeps it with the reason why not; stored either way. */
  #take(client_id: string, unit: Unit, changes: CommitChange[], parked: object | null): Outcome {
    const sent = this.state.units.find(u => u.unit_id === unit.unit_id && !u.same_as);
    const seq = (this.#head()?.seq ?? 0) + 1;
    const keep = (outcome: Outcome['outcome'], detail: unknown, same_as = false): Outcome => {
      const kept = { unit_no: unit.unit_no, unit_id: unit.unit_id, outcome, detail };
      this.state.units.push({ ...kept, client_id, payload_hash: unit.payload_hash, seq, unit, same_as });
      return kept;
    };
    if (sent) return keep(sent.outcome, sent.detail, true);
    const { audit } = unit;
    for (const row of audit) this.#rowsOf('audit_logs').set(String(row.id), { ...row, row_version: 1 });
    changes.push(...audit.map(row => ({ table: 'audit_logs', id: String(row.id) })));
    if (parked) {
      this.#keepUnapplied(client_id, unit, 'parked', undefined);
      return keep('parked', parked);
    }
    const tried = this.#try(client_id, unit, changes);
    if (tried.problem) this.#keepUnapplied(client_id, unit, tried.outcome, tried.problem.waits_for);
    return keep(tried.outcome, tried.problem?.detail ?? null);
  }
  #try(
    client_id: string,
    unit: Unit,
    changes: CommitChange[],
  ): { outcome: Outcome['outcome']; problem?: UnitProblem } {
    const undo: (() => void)[] = [];
    const made: CommitChange[] = [];
    try {
      let merged = false;
      const rows = this.#unitRows(client_id, undo, made);
      for (const change of unit.changes)
        merged = applyChange(this.#tables, rows, unit, change) === 'merged' || merged;
      changes.push(...made);
      return { outcome: merged ? 'merged' : 'applied' };
    } catch (error) {
      if (!(error instanceof UnitProblem)) throw error;
      for (const step of undo.toReversed()) step();
      return { outcome: error.outcome, problem: error };
    }
  }
  #keepUnapplied(client_id: string, unit: Unit, outcome: string, waits_for: string | undefined): void {
    const { blocked, parked } = this.state;
    for (const c of unit.changes)
      if (c.op === 'I' || c.op === 'J') blocked.set(at(c.table, c.id), unit.unit_id);
    if (outcome === 'parked') parked.push({ client_id, unit, waits_for });
  }
  /** A unit that is carried out may bring the row that another one waits for. */
  #retryParked(changes: CommitChange[]): void {
    for (let round = 0; round < 10; round++) {
      const arrived = new Set(changes.filter(c => c.is_new).map(c => at(c.table, c.id)));
      const due = this.state.parked.filter(p => p.waits_for && arrived.has(p.waits_for));
      if (due.length === 0) return;
      for (const waiting of due) {
        this.state.parked = this.state.parked.filter(p => p !== waiting);
        const made: CommitChange[] = [];
        const { outcome, problem } = this.#try(waiting.client_id, waiting.unit, made);
        changes.push(...made.map(c => ({ ...c, by_client: waiting.client_id })));
        if (outcome === 'parked') this.state.parked.push({ ...waiting, waits_for: problem?.waits_for });
        if (!problem)
          for (const [row, unit_id] of this.state.blocked)
            if (unit_id === waiting.unit.unit_id) this.state.blocked.delete(row);
        this.state.units = this.state.units.map(u =>
          u.unit_id === waiting.unit.unit_id && !u.same_as
            ? { ...u, outcome, detail: problem?.detail ?? null }
            : u,
        );
      }
    }
  }

  #rowsOf(table: string): Map<string, Row> {
    const rows = this.state.rows.get(table);
    if (!rows) throw new Error(`the model has no table ${table}`);
    return rows;
  }
  #unitRows(client_id: string, undo: (() => void)[], made: CommitChange[]): Rows {
    const { state } = this;
    const note = (table: string, row: Row, before: Row | undefined, gone = false): void => {
      const def = this.#tables.get(table) as AnyTable;
      const changed = before ? Object.keys(row).filter(key => row[key] !== before[key]) : null;
      made.push({
        table,
        id: String(row.id),
        document: documentOf(def, row, changed),
        is_new: !before && !gone,
      });
    };
    return {
      get: (table, id) => this.#rowsOf(table).get(id),
      all: table => this.#rowsOf(table).values(),
      put: (table, row) => {
        const rows = this.#rowsOf(table);
        const id = String(row.id);
        const before = rows.get(id);
        rows.set(id, before ? row : { ...row, row_version: 1 + (state.deleted.get(at(table, id)) ?? 0) });
        undo.push(() => (before ? rows.set(id, before) : rows.delete(id)));
        note(table, row, before);
      },
      remove: (table, id) => {
        const rows = this.#rowsOf(table);
        const before = rows.get(id);
        if (!before) return;
        const gone_before = state.deleted.get(at(table, id));
        rows.delete(id);
        state.deleted.set(at(table, id), Number(before.row_version) + 1);
        undo.push(() => {
          rows.set(id, before);
          if (gone_before === undefined) state.deleted.delete(at(table, id));
          else state.deleted.set(at(table, id), gone_before);
        });
        note(table, before, undefined, true);
      },
      isDeleted: (table, id) => state.deleted.has(at(table, id)),
      isBlocked: (table, id) => state.blocked.has(at(table, id)),
      documentChanged: (document, since_seq) =>
        state.commits
          .slice(since_seq)
          .some(c =>
            c.changes.some(
              change => change.document === document && (change.by_client ?? c.client_id) !== client_id,
            ),
          ),
    };
  }
  #seal(client_id: string | null, last_unit_no: number, changes: CommitChange[]): void {
    const before = this.#head();
    const seq = (before?.seq ?? 0) + 1;
    const hash = sha256(
      `${before?.hash ?? ''} ${seq} ${client_id} ${JSON.stringify(changes)} ${this.#now_ms()}`,
    );
    this.state.commits.push({ seq, hash, client_id, last_unit_no, changes });
  }

  #pull(login: string, client_id: string, cursor: number, hash: string | null, max: number): PullPage {
    this.#client(login, client_id);
    const { commits, units } = this.state;
    if (cursor > 0 && hash !== null && commits[cursor - 1]?.hash !== hash) throw says('restored');
    if (cursor > commits.length) throw says('restored');
    let to_seq = cursor;
    for (let count = 0; to_seq < commits.length; to_seq++) {
      count += commits[to_seq]?.changes.length ?? 0;
      if (count > max && to_seq > cursor) break;
    }
    const page = commits.slice(cursor, to_seq);
    const own = commits.slice(0, to_seq).filter(c => c.client_id === client_id);
    const touched = new Map<string, CommitChange>();
    for (const c of page.flatMap(commit => commit.changes)) touched.set(at(c.table, c.id), c);
    const tables: PullPage['tables'] = [];
    for (const table of this.#tables.keys()) {
      const ids = [...touched.values()].filter(c => c.table === table).map(c => c.id);
      if (ids.length === 0) continue;
      const held = this.#rowsOf(table);
      tables.push({
        table,
        rows: ids.map(id => held.get(id)).filter(row => row !== undefined),
        gone: ids.filter(id => !held.has(id)).map(id => ({ id, version: null, kind: 'deleted' as const })),
      });
    }
    return {
      rest_after: null,
      server_ms: this.#now_ms(),
      to_seq,
      to_hash: commits[to_seq - 1]?.hash ?? null,
      head_seq: commits.length,
      more: to_seq < commits.length,
      applied_unit_no: own.reduce((last, c) => Math.max(last, c.last_unit_no), 0),
      outcomes: units
        .filter(u => u.client_id === client_id && u.seq > cursor && u.seq <= to_seq)
        .map(outcomeOf),
      tables,
    };
  }

  #digest(table: string, textOf: (row: Row) => string): unknown {
    const sums = new Map<number, { count: number; xor: bigint }>();
    for (const row of this.#rowsOf(table).values()) {
      const bucket = (md5(String(row.id))[0] ?? 0) >> 2;
      const sum = sums.get(bucket) ?? { count: 0, xor: 0n };
      const xor = sum.xor ^ md5(textOf(row)).readBigUInt64BE(0);
      sums.set(bucket, { count: sum.count + 1, xor });
    }
    return {
      head_seq: this.#head()?.seq ?? 0,
      buckets: [...sums].map(([bucket, { count, xor }]) => ({
        bucket,
        count,
        xor: xor.toString(16).padStart(16, '0'),
      })),
    };
  }
  #snapshotPage(table: string, after_id: string | null, max: number): unknown {
    const rows = [...this.#rowsOf(table).values()]
      .filter(row => after_id === null || String(row.id) > after_id)
      .sort((a, b) => (String(a.id) < String(b.id) ? -1 : 1));
    const head = this.#head();
    return {
      head_seq: head?.seq ?? 0,
      head_hash: head?.hash ?? null,
      rows: rows.slice(0, max),
      more: rows.length > max,
    };
  }
}
const outcomeOf = ({ unit_no, unit_id, outcome, detail }: KeptUnit): Outcome => ({
  unit_no,
  unit_id,
  outcome,
  detail,
});

import type { AnyTable } from '../../db/kit/define-table.ts';
import { TRAIL } from '../../db/sqlite/capture.ts';
import type { Sqlite } from '../../db/sqlite/open.ts';
import { referencesIn } from '../../db/sqlite/references.ts';
import type { Clock } from '../platform/ports.ts';
import type { Row } from '../platform/row-changes.ts';
import { rowText } from './content.rules.ts';
import type { createJournal } from './journal.ts';
import { createOutgoing } from './outgoing.ts';
import { overlay, type PendingChange } from './rebase.rules.ts';
import { createRowStores, type RowStore } from './rows.ts';
import { type State, serverTime } from './state.ts';
import type { Outcome, PullPage, UnitChange, UnitMeta } from './wire.ts';

export interface StoreParts {
  db: Sqlite;
  tables: readonly AnyTable[];
  organization_id: number;
  station: { readonly station_id: string };
  state: State;
  journal: ReturnType<typeof createJournal>;
  clock: Clock;
  /** Told between the slices of a load, which goes on when it is answered. */
  arriving(): Promise<void>;
}
/** Up to this many rows are seen at once: one transaction, for which a command waits some 25 ms, 40 at worst. More go in slices. */
export const ROWS_AT_ONCE = 1500;
/** So few that they are checked within the transaction that writes them. */
const ROWS_UNPREPARED = 100;
const SLICE_MS = 8;
const REFUSED = 'refused rows';
type Tables = PullPage['tables'];
type Parsed = ReturnType<RowStore['parse']>;
/** Rows that a person sees as records: the trail only tells what was done. */
export const recordsOf = (tables: Tables): Tables => tables.filter(t => t.table !== TRAIL);
export const trailOf = (tables: Tables): Tables => tables.filter(t => t.table === TRAIL);
export const rowCount = (tables: Tables): number =>
  tables.reduce((sum, t) => sum + t.rows.length + t.gone.length, 0);

/** Steps of this station that the centre has not answered. */
export function waitingOf(db: Sqlite) {
  const units = db.prepare("select count(*) from sync_units where state = 'pending'").pluck();
  const oldest = db
    .prepare("select meta from sync_units where state = 'pending' and meta is not null order by n limit 1")
    .pluck();
  return {
    waitingUnits: () => Number(units.get()),
    oldestWaiting: (): number | null => {
      const meta = oldest.get();
      return typeof meta === 'string' ? (JSON.parse(meta) as UnitMeta).occurred_at_ms : null;
    },
  };
}

/** The station's side of push and pull: what waits, what the centre said of it, and what comes down. */
export function createStore(parts: StoreParts) {
  const { db, state, journal } = parts;
  const rowStores = createRowStores(db, parts.tables, parts.organization_id);
  const storeOf = (table: string): RowStore | undefined => rowStores.get(table);
  const parse = (text: string | null): Row | null => (text === null ? null : JSON.parse(text));

  const outgoing = createOutgoing({ ...parts, storeOf });

  const settleUnit = db.prepare(
    'update sync_units set state = ?, detail = ?, settled_at_ms = coalesce(settled_at_ms, ?) where n = ? and unit_id = ?',
  );
  /** Keeps what the centre said. The changes stay on top of the central image until a pull contains the unit. */
  function settle(outcomes: readonly Outcome[]): void {
    db.transaction(() => {
      for (const o of outcomes)
        settleUnit.run(
          o.outcome,
          o.detail === undefined || o.detail === null ? null : JSON.stringify(o.detail),
          serverTime(state.facts, parts.clock.now_ms()),
          o.unit_no + state.facts.unit_base,
          o.unit_id,
        );
    }).immediate();
  }

  const shadowOf = db.prepare<[string, string], { central: string | null; central_version: number | null }>(
    'select central, central_version from sync_shadow where table_name = ? and row_id = ?',
  );
  const setShadow = db.prepare(
    'update sync_shadow set central = ?, central_version = ? where table_name = ? and row_id = ?',
  );
  const dropShadow = db.prepare('delete from sync_shadow where table_name = ? and row_id = ?');
  const pendingOf = db.prepare<[string, string, number], { op: UnitChange['op']; patch: string | null }>(
    'select op, patch from sync_unit_changes where row_id = ? and table_name = ? and n > ? order by n, change_no',
  );
  const refuseRow = db.prepare(
    'insert into sync_refused_rows (table_name, row_id, central, reason) values (?, ?, ?, ?) on conflict do update set central = excluded.central, reason = excluded.reason',
  );
  const acceptRow = db.prepare('delete from sync_refused_rows where table_name = ? and row_id = ?');

  const forgetRefused = db.prepare('delete from sync_refused_rows where table_name = ?');

  const anyShadow = db.prepare('select exists (select 1 from sync_shadow where table_name = ?)').pluck();
  const anyRefused = db.prepare('select exists (select 1 from sync_refused_rows)').pluck();
  /** What is asked once in a transaction of the replicator, because no command can add to it meanwhile. */
  const asked = new Map<string, boolean>();
  const once = (about: string, ask: () => unknown): boolean => {
    const known = asked.get(about) ?? ask() === 1;
    asked.set(about, known);
    return known;
  };
  const hasShadows = (table: string) => once(table, () => anyShadow.get(table));
  const hasRefusedRows = () => once(REFUSED, () => anyRefused.get());

  /** Central image plus what still waits; without anything waiting the shadow ends. */
  function derive(rows: RowStore, id: string, applied_n: number): void {
    const shadow = shadowOf.get(rows.def.name, id);
    if (!shadow) return;
    const pending: PendingChange[] = pendingOf
      .all(id, rows.def.name, applied_n)
      .map(c => ({ op: c.op, patch: parse(c.patch) }));
    const visible = overlay(parse(shadow.central), pending);
    if (pending.length === 0) dropShadow.run(rows.def.name, id);
    if (visible === null) rows.remove(id);
    else if (visible !== 'keep') rows.write(visible);
  }

  /** Takes one central image. `guard` false: the centre was restored, older versions count. */
  function takeRow(
    rows: RowStore,
    image: Row,
    applied_n: number,
    guard: boolean,
    parsed: Parsed = rows.parse(image),
  ): void {
    const id = String(image.id);
    if ('reason' in parsed) {
      refuseRow.run(rows.def.name, id, JSON.stringify(image), parsed.reason);
      asked.delete(REFUSED);
      return;
    }
    const shadow = hasShadows(rows.def.name) ? shadowOf.get(rows.def.name, id) : undefined;
    if (shadow) {
      const incoming = Number(image.row_version);
      if (guard && shadow.central_version !== null && incoming < shadow.central_version) return;
      const { organization_id: _, ...central } = parsed.row;
      setShadow.run(JSON.stringify(central), incoming, rows.def.name, id);
      derive(rows, id, applied_n);
    } else if (guard) rows.writeUnlessOlder(parsed.row);
    else rows.write(parsed.row);
    if (hasRefusedRows()) acceptRow.run(rows.def.name, id);
  }
  /** As `takeRow` without its guard; a row that is only added, which is never written over, goes first when it says something else. */
  function renewRow(rows: RowStore, image: Row, applied_n: number): void {
    const held = rows.def.sync.kind === 'append_only' ? rows.read(String(image.id)) : null;
    if (held && rowText(rows.def, held) !== rowText(rows.def, image)) rows.remove(String(image.id));
    takeRow(rows, image, applied_n, false);
  }
  function takeGone(rows: RowStore, id: string, kind: 'deleted' | 'evicted', applied_n: number): void {
    if (hasRefusedRows()) acceptRow.run(rows.def.name, id);
    const shadow = shadowOf.get(rows.def.name, id);
    if (!shadow) rows.remove(id);
    else if (kind === 'deleted') {
      setShadow.run(null, null, rows.def.name, id);
      derive(rows, id, applied_n);
    }
  }

  const firstWaiting = db.prepare("select min(n) from sync_units where state = 'pending'").pluck();
  const rowsOfUnits = db.prepare<[number, number], { table_name: string; row_id: string }>(
    'select distinct table_name, row_id from sync_unit_changes where n > ? and n <= ?',
  );
  const containUnits = db.prepare(
    'update sync_units set server_seq = ? where n > ? and n <= ? and server_seq is null',
  );
  const keepCommit = db.prepare('insert or replace into sync_commits (seq, hash) values (?, ?)');

  /** Ends the page: outcomes, overlays of contained units, cursor. */
  function finishPage(page: PullPage, changed: Set<string>): void {
    settle(page.outcomes);
    const before = state.facts.applied_n;
    // A unit without an answer may be another installation's under the same number; the next push tells.
    const answered = Number(firstWaiting.get() ?? Number.POSITIVE_INFINITY) - 1;
    const applied_n = Math.max(before, Math.min(page.applied_unit_no + state.facts.unit_base, answered));
    for (const touched of rowsOfUnits.all(before, applied_n)) {
      const rows = storeOf(touched.table_name);
      if (!rows) continue;
      derive(rows, touched.row_id, applied_n);
      changed.add(touched.table_name);
    }
    containUnits.run(page.to_seq, before, applied_n);
    if (page.to_hash !== null) keepCommit.run(page.to_seq, page.to_hash);
    state.set({ applied_n, cursor_seq: page.to_seq, cursor_hash: page.to_hash ?? undefined });
  }

  const references = referencesIn(db);
  /** Writes of the replicator: references are not checked, because parents may come with a later slice. The next command checks them again. */
  function applying<T>(write: () => T): T {
    asked.clear();
    references.ignore();
    try {
      return journal.applying(() => db.transaction(write).immediate());
    } catch (error) {
      state.reread();
      throw error;
    }
  }

  /** One row taken or removed with every turn. */
  function* taking(
    tables: Tables,
    guard: boolean,
    changed: Set<string>,
    parsed?: ReadonlyMap<Row, Parsed>,
  ): Generator<void> {
    for (const { table, rows: images } of tables) {
      const rows = storeOf(table);
      if (!rows) continue;
      if (images.length > 0) changed.add(table);
      for (const image of images)
        yield takeRow(rows, image, state.facts.applied_n, guard, parsed?.get(image));
    }
    // Of a row that is named more than once, the last part knows.
    const came_back = new Set<string>();
    for (const { table, rows: images, gone } of tables.toReversed()) {
      const rows = storeOf(table);
      if (!rows) continue;
      if (gone.length > 0) changed.add(table);
      for (const { id, kind } of gone)
        if (!came_back.has(`${table} ${id}`)) yield takeGone(rows, id, kind, state.facts.applied_n);
      for (const { id } of images) came_back.add(`${table} ${id}`);
    }
  }

  /**
   * Applies what a pull brought and answers the tables it changed. Up to `ROWS_AT_ONCE` are one transaction, so that
   * nobody sees half of a commit; more go in slices of 8 ms with the event loop free between them. The cursor moves
   * with the last.
   */
  async function applyPage(page: PullPage, guard = true): Promise<string[]> {
    const changed = new Set<string>();
    const records = recordsOf(page.tables);
    const isAtOnce = rowCount(records) <= ROWS_AT_ONCE;
    const isSmall = isAtOnce && rowCount(page.tables) <= ROWS_UNPREPARED;
    const [before, together] = isSmall
      ? [[], page.tables]
      : isAtOnce
        ? [trailOf(page.tables), records]
        : [page.tables, []];
    if (before.length > 0) await inSlices(taking(before, guard, changed));
    const parsed = isSmall ? undefined : await parsedInTurns(together);
    applyingUnwaited(() => {
      for (const _taken of taking(together, guard, changed, parsed));
      finishPage(page, changed);
    });
    return [...changed];
  }
  /** Part of a page whose rest is still to come: the cursor stays. */
  async function applyPart(tables: Tables): Promise<string[]> {
    const changed = new Set<string>();
    await inSlices(taking(tables, true, changed));
    return [...changed];
  }
  /** Checks the rows before the transaction that writes them, and gives the thread away between. */
  async function parsedInTurns(tables: Tables): Promise<Map<Row, Parsed>> {
    const parsed = new Map<Row, Parsed>();
    let until = performance.now() + SLICE_MS;
    for (const { table, rows: images } of tables) {
      const rows = storeOf(table);
      for (const image of rows ? images : []) {
        if (rows) parsed.set(image, rows.parse(image));
        if (performance.now() < until) continue;
        await new Promise(resolve => setImmediate(resolve));
        until = performance.now() + SLICE_MS;
      }
    }
    return parsed;
  }

  /** What a power cut takes back, rows and cursor together, is fetched again: no wait for the disk. The next command's commit carries it along. */
  function applyingUnwaited(write: () => void): void {
    db.pragma('synchronous = NORMAL');
    try {
      applying(write);
    } finally {
      db.pragma('synchronous = FULL');
    }
  }
  /** Each step is done when it is asked for, as many in one transaction as a slice holds. */
  async function inSlices(steps: Iterator<void>): Promise<void> {
    for (let is_done = false; ; ) {
      applyingUnwaited(() => {
        const until = performance.now() + SLICE_MS;
        while (!is_done && performance.now() < until) is_done = steps.next().done === true;
      });
      if (is_done) return;
      await parts.arriving();
      await new Promise(resolve => setImmediate(resolve));
    }
  }

  const refusedRows = db.prepare('select count(*) from sync_refused_rows').pluck();
  const organizationHere = db.prepare<[], { org_code: string; org_name: string }>(
    'select org_code, org_name from organizations order by id limit 1',
  );
  /** As its row here says; before the rows are here, as the centre said when it was greeted. */
  function organization(): { org_code: string; org_name: string } {
    const { org_code = '', org_name = '', loading } = state.facts;
    const row = loading === undefined ? organizationHere.get() : undefined;
    return row ?? { org_code, org_name };
  }
  const count = (sql: string) => Number(db.prepare(sql).pluck().get());
  return {
    state,
    rowStores,
    applying,
    inSlices,
    renewRow,
    takeRow,
    takeGone,
    forgetRefused: (table: string) => void forgetRefused.run(table),
    derive,
    ...outgoing,
    settle,
    applyPage,
    applyPart,
    ...waitingOf(db),
    organization,
    refusedRows: () => Number(refusedRows.get()),
    /** Highest number on the wire for which an answer of the centre is held. */
    lastSettledNo: () =>
      Math.max(
        0,
        count("select coalesce(max(n), 0) from sync_units where state <> 'pending'") - state.facts.unit_base,
      ),
  };
}
export type Store = ReturnType<typeof createStore>;

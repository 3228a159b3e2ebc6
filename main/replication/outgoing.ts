import type { ColumnFacts } from '../../db/kit/columns.ts';
import type { AnyTable } from '../../db/kit/define-table.ts';
import { lateReferences, parentsFirst } from '../../db/kit/parents-first.ts';
import { TOLD, TRAIL } from '../../db/sqlite/capture.ts';
import type { Sqlite } from '../../db/sqlite/open.ts';
import { canonical } from '../platform/canonical.ts';
import type { Clock } from '../platform/ports.ts';
import type { Row } from '../platform/row-changes.ts';
import { inCommon } from './in-common.rules.ts';
import { PROGRAM, payloadHash } from './journal.ts';
import type { RowStore } from './rows.ts';
import type { State } from './state.ts';
import type { Unit, UnitChange, UnitMeta } from './wire.ts';

export interface OutgoingParts {
  db: Sqlite;
  tables: readonly AnyTable[];
  station: { readonly station_id: string };
  state: State;
  clock: Clock;
  storeOf(table: string): RowStore | undefined;
}
interface StoredUnit {
  n: number;
  unit_id: string;
  meta: string | null;
  payload_hash: string | null;
  audit_from: number | null;
  audit_to: number | null;
}
interface StoredChange {
  table_name: string;
  row_id: string;
  op: UnitChange['op'];
  base_version: number | null;
  base: string | null;
  patch: string | null;
}
/** Units as they travel. */
export interface Batch {
  unit_nos: number[];
  in_common: boolean;
  /** JSON list of the units. */
  message: string;
}
export interface BatchSize {
  limit: number;
  max_chars: number;
  /** Changes and audit rows: one commit of the centre, which every other station reads whole. */
  max_rows: number;
  /** What several rows of a unit have in common goes once. */
  in_common: boolean;
}
type Cell = string | number | null;
type Columns = readonly { key: string; kind: ColumnFacts['kind'] }[];

const parse = (text: string | null): Row | null => (text === null ? null : JSON.parse(text));
const wireChange = (c: StoredChange): UnitChange => ({
  table: c.table_name,
  id: c.row_id,
  op: c.op,
  base_version: c.base_version,
  base: parse(c.base),
  patch: parse(c.patch),
});
/** The same as JSON: values are kept as JSON and go as they are. */
const changeText = (c: StoredChange): string =>
  `{"table":${JSON.stringify(c.table_name)},"id":${JSON.stringify(c.row_id)},"op":"${c.op}","base_version":${c.base_version},"base":${c.base},"patch":${c.patch}}`;

const isNewRow = ({ op, base, patch }: StoredChange): boolean =>
  (op === 'I' || op === 'J') && base === null && patch !== null;
/** New rows of one table that follow each other, whatever else is changed. */
function runsOf(changes: readonly StoredChange[]): StoredChange[][] {
  const runs: StoredChange[][] = [];
  for (const change of changes) {
    const run = runs.at(-1);
    const last = run?.at(-1);
    if (
      last &&
      isNewRow(last) &&
      isNewRow(change) &&
      last.op === change.op &&
      last.table_name === change.table_name
    )
      run?.push(change);
    else runs.push([change]);
  }
  return runs;
}
/** Of an import, most of what its rows say is the same, and reading it is half of the centre's work. */
function newRowsText(run: readonly StoredChange[]): string {
  const [first, second] = run;
  if (!first || !second) return run.map(changeText).join();
  const rows = run.map(({ patch }): Row => JSON.parse(patch ?? '{}'));
  if (rows.some(({ id }, at) => id !== run[at]?.row_id)) return run.map(changeText).join();
  return JSON.stringify({ table: first.table_name, op: first.op, ...inCommon(rows) });
}
const changesText = (changes: readonly StoredChange[], in_common: boolean): string =>
  in_common ? runsOf(changes).map(newRowsText).join() : changes.map(changeText).join();

const cellText = (kind: ColumnFacts['kind'], cell: Cell): string => {
  if (kind === 'boolean' && cell !== null) return String(cell === 1);
  return kind === 'json' ? String(cell) : JSON.stringify(cell);
};
/** What the audit rows of a unit have in common is most of them, also of what they tell of a new row. */
function auditText(columns: Columns, rows: readonly Cell[][], in_common: boolean): string {
  const fields = (row: readonly Cell[], which: (at: number) => boolean): string =>
    columns
      .flatMap(({ key, kind }, at) => (which(at) ? [`"${key}":${cellText(kind, row[at] ?? null)}`] : []))
      .join();
  if (!in_common || rows.length < 2) return `[${rows.map(row => `{${fields(row, () => true)}}`).join()}]`;
  const [first = []] = rows;
  const isSame = columns.map((_, at) => rows.every(row => row[at] === first[at]));
  const own = rows.map(row => [...row]);
  const within: string[] = [];
  columns.forEach(({ key }, at) => {
    const cells = rows.map(row => row[at] ?? null);
    if (isSame[at] || !TOLD.includes(key) || !cells.every(cell => typeof cell === 'string')) return;
    const told = inCommon(cells.map((cell): Row => JSON.parse(cell)));
    within.push(`"${key}":${JSON.stringify(told.same)}`);
    own.forEach((row, n) => {
      row[at] = JSON.stringify(told.rows[n]);
    });
  });
  const texts = own.map(row => `{${fields(row, at => !isSame[at])}}`);
  return `{"same":{${fields(first, at => isSame[at] === true)}},"within":{${within.join()}},"rows":[${texts.join()}]}`;
}

/** What this station has not sent yet, as it travels. */
export function createOutgoing({ db, tables, station, state, clock, storeOf }: OutgoingParts) {
  const waiting = db.prepare<[number, number], StoredUnit>(
    "select n, unit_id, meta, payload_hash, audit_from, audit_to from sync_units where state = 'pending' and n > ? order by n limit ?",
  );
  const changesOf = db.prepare<[number], StoredChange>(
    'select table_name, row_id, op, base_version, base, patch from sync_unit_changes where n = ? order by change_no',
  );
  const audited = Object.entries<ColumnFacts>(storeOf(TRAIL)?.def.columns ?? {}).flatMap(([key, { kind }]) =>
    key === 'organization_id' || key === 'row_version' ? [] : [{ key, kind }],
  );
  const auditRows = db
    .prepare<[string, number, number], Cell[]>(
      `select ${audited.map(({ key }) => key).join(', ')} from ${TRAIL} where station_id = ? and chain_no between ? and ? order by chain_no`,
    )
    .raw();
  const freezeChange = db.prepare('update sync_unit_changes set patch = ? where n = ? and change_no = ?');
  const dropChange = db.prepare('delete from sync_unit_changes where n = ? and change_no = ?');
  const freezeUnit = db.prepare('update sync_units set meta = ?, payload_hash = ? where n = ?');

  /** Rows of a joining station are taken down as they are when they are first sent; from then on the unit stands. */
  function frozen(unit: StoredUnit, changes: StoredChange[]): { unit: StoredUnit; changes: StoredChange[] } {
    if (unit.payload_hash !== null) return { unit, changes };
    const meta: UnitMeta = {
      unit_id: unit.unit_id,
      schema_version: Number(db.pragma('user_version', { simple: true })),
      intent: 'replication.join',
      actor_id: PROGRAM,
      session_id: null,
      reason: null,
      occurred_at_ms: clock.now_ms(),
      clock_offset_ms: state.facts.clock_offset_ms ?? null,
      monotonic_no: unit.n,
      seen_seq: state.facts.cursor_seq,
      audit_head: null,
    };
    const kept = changes.flatMap((change, change_no) => {
      const row = storeOf(change.table_name)?.read(change.row_id);
      if (!row) {
        dropChange.run(unit.n, change_no);
        return [];
      }
      const patch = JSON.stringify(joiningRow(change.table_name, row));
      freezeChange.run(patch, unit.n, change_no);
      return [{ ...change, patch }];
    });
    const payload_hash = payloadHash(meta, kept.map(wireChange));
    freezeUnit.run(canonical(meta), payload_hash, unit.n);
    return { unit: { ...unit, meta: canonical(meta), payload_hash }, changes: kept };
  }
  /** Without its version; a reference to what may come later is as it was before the changes that wait behind the row. */
  const ordered = parentsFirst(tables.filter(def => def.sync.kind !== 'local_only'));
  const baseBehind = db.prepare<[string, string, string], { base: string }>(
    "select base from sync_unit_changes where row_id = ? and table_name = ? and op = 'U' and json_type(base, ?) is not null order by n limit 1",
  );
  function joiningRow(table: string, { row_version: _, ...row }: Row): Row {
    const def = storeOf(table)?.def;
    for (const { column } of def ? lateReferences(ordered, def) : []) {
      const behind = baseBehind.get(String(row.id), table, `$.${column}`);
      if (behind) row[column] = parse(behind.base)?.[column];
    }
    return row;
  }

  const auditOf = ({ audit_from, audit_to }: StoredUnit): Cell[][] =>
    audit_from === null ? [] : auditRows.all(station.station_id, audit_from, audit_to ?? 0);

  /** The next units in their order after a number: at most this many, about this many characters and rows, at least one. */
  function nextBatch(
    { limit, max_chars, max_rows, in_common }: BatchSize,
    after_no = -state.facts.unit_base,
  ): Batch {
    const { unit_base } = state.facts;
    const unit_nos: number[] = [];
    const texts: string[] = [];
    let chars = 0;
    let rows = 0;
    db.transaction(() => {
      for (const stored of waiting.all(after_no + unit_base, limit)) {
        const { unit, changes } = frozen(stored, changesOf.all(stored.n));
        const trail = auditOf(unit);
        const unit_no = unit.n - unit_base;
        const text = `${(unit.meta ?? '{').slice(0, -1)},"unit_no":${unit_no},"payload_hash":"${unit.payload_hash}","changes":[${changesText(changes, in_common)}],"audit":${auditText(audited, trail, in_common)}}`;
        chars += text.length;
        rows += changes.length + trail.length;
        if (texts.length > 0 && (chars > max_chars || rows > max_rows)) break;
        unit_nos.push(unit_no);
        texts.push(text);
      }
    })();
    return { unit_nos, in_common, message: `[${texts.join()}]` };
  }
  /** The same as objects with every row whole, as every centre reads them. */
  const nextUnits = (limit: number): Unit[] =>
    JSON.parse(
      nextBatch({
        limit,
        max_chars: Number.MAX_SAFE_INTEGER,
        max_rows: Number.MAX_SAFE_INTEGER,
        in_common: false,
      }).message,
    );
  return { nextBatch, nextUnits };
}

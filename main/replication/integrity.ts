import { hash } from 'node:crypto';
import type { Sqlite } from '../../db/sqlite/open.ts';
import type { Row } from '../platform/row-changes.ts';
import { type CentreLine, LONG_QUERY_MS } from './centre.ts';
import { comparedColumns, rowText } from './content.rules.ts';
import type { IntegrityReport, Progress } from './port.ts';
import type { RowStore } from './rows.ts';
import type { Store } from './store.ts';
import { type BucketDigest, bucketDigests, bucketRows, snapshotTables } from './wire.ts';

/** A few milliseconds of work: commands come in between. */
const ROWS_PER_TURN = 500;
const md5 = (text: string): Buffer => hash('md5', text, 'buffer');
/** 64 buckets by the first byte of the id's hash: the same arithmetic as the centre's. */
export const bucketOf = (id: string): number => (md5(id)[0] ?? 0) >> 2;
const HEX16 = /^[0-9a-f]{16}$/;

type Sums = Map<number, { count: number; xor: bigint }>;
function addTo(sums: Sums, id: string, text: string): void {
  const bucket = bucketOf(id);
  const sum = sums.get(bucket) ?? { count: 0, xor: 0n };
  sum.count += 1;
  sum.xor ^= md5(text).readBigUInt64BE(0);
  sums.set(bucket, sum);
}
const digestsOf = (sums: Sums): Map<number, BucketDigest> =>
  new Map(
    [...sums].map(([bucket, { count, xor }]) => [
      bucket,
      { bucket, count, xor: xor.toString(16).padStart(16, '0') },
    ]),
  );
/** Calls with each row, some hundred a turn. */
async function eachRow<T extends { id: string }>(page: (after: string) => T[], add: (row: T) => void) {
  for (let after = ''; ; ) {
    const rows = page(after);
    for (const row of rows) add(row);
    if (rows.length < ROWS_PER_TURN) return;
    after = rows.at(-1)?.id ?? '';
    await new Promise(resolve => setImmediate(resolve));
  }
}

/** Row count and xor of row hashes per bucket, of what the centre is known to hold: shadows in place of changed rows. */
export async function localDigest(db: Sqlite, table: string): Promise<Map<number, BucketDigest>> {
  const page = db.prepare<{ after: string; table: string; rows: number }, { id: string; version: number }>(
    `select id, version from (
       select x.id, x.row_version as version from "${table}" x
         where x.id > @after and not exists (select 1 from sync_shadow s where s.table_name = @table and s.row_id = x.id)
       union all
       select row_id, central_version from sync_shadow where table_name = @table and row_id > @after and central is not null
     ) order by id limit @rows`,
  );
  const sums: Sums = new Map();
  await eachRow(
    after => page.all({ after, table, rows: ROWS_PER_TURN }),
    ({ id, version }) => addTo(sums, id, `${id}:${version}`),
  );
  return digestsOf(sums);
}

/** The same over everything that a row says: finds a file that was damaged or edited although its versions are right. */
export async function localContent(db: Sqlite, rows: RowStore): Promise<Map<number, BucketDigest>> {
  const { name } = rows.def;
  const page = db.prepare<{ after: string; table: string; rows: number }, Row & { id: string }>(
    `select * from "${name}" x where x.id > @after
       and not exists (select 1 from sync_shadow s where s.table_name = @table and s.row_id = x.id) order by x.id limit @rows`,
  );
  const shadows = db.prepare<[string], { id: string; central: string }>(
    'select row_id as id, central from sync_shadow where table_name = ? and central is not null',
  );
  const sums: Sums = new Map();
  await eachRow(
    after => page.all({ after, table: name, rows: ROWS_PER_TURN }),
    row => addTo(sums, row.id, rowText(rows.def, rows.decode(row))),
  );
  for (const { id, central } of shadows.iterate(name))
    addTo(sums, id, rowText(rows.def, JSON.parse(central)));
  return digestsOf(sums);
}

/** `versions`: every day; `content`: every week, and whenever a person asks. */
export type Depth = 'versions' | 'content';
export interface TableDifference {
  table: string;
  rows_here: number;
  rows_there: number;
  buckets: number[];
}
/** Compares one table with the centre for one and the same cursor; `catchUp` pulls, because the centre may have moved on. */
async function compareTable(
  db: Sqlite,
  store: Store,
  centre: CentreLine,
  rows: RowStore,
  depth: Depth,
  catchUp: () => Promise<void>,
): Promise<TableDifference> {
  const { def } = rows;
  const table = def.name;
  for (let attempt = 0; ; attempt++) {
    const there = await (depth === 'content'
      ? centre.call('content_digest', bucketDigests, [table, comparedColumns(def)], LONG_QUERY_MS)
      : centre.call('digest', bucketDigests, [table], LONG_QUERY_MS));
    if (there.head_seq !== store.state.facts.cursor_seq && attempt < 5) {
      await catchUp();
      continue;
    }
    const here = await (depth === 'content' ? localContent(db, rows) : localDigest(db, table));
    const buckets = new Set<number>();
    const other = new Map(there.buckets.map(b => [b.bucket, b]));
    for (const bucket of new Set([...here.keys(), ...other.keys()])) {
      const [a, b] = [here.get(bucket), other.get(bucket)];
      const sameSum = a && b && HEX16.test(b.xor) && a.xor === b.xor;
      if ((a?.count ?? 0) !== (b?.count ?? 0) || ((a?.count ?? 0) > 0 && !sameSum)) buckets.add(bucket);
    }
    const total = (list: Iterable<BucketDigest>) => [...list].reduce((sum, b) => sum + b.count, 0);
    return {
      table,
      rows_here: total(here.values()),
      rows_there: total(there.buckets),
      buckets: [...buckets].sort((x, y) => x - y),
    };
  }
}

export async function compareAll(
  db: Sqlite,
  store: Store,
  centre: CentreLine,
  depth: Depth,
  catchUp: () => Promise<void>,
  progress: Progress,
): Promise<TableDifference[]> {
  const tables = (await centre.call('snapshot_tables', snapshotTables, [])).filter(t => t.is_comparable);
  const found: TableDifference[] = [];
  for (const [at, { table }] of tables.entries()) {
    const rows = store.rowStores.get(table);
    if (rows) found.push(await compareTable(db, store, centre, rows, depth, catchUp));
    progress('compare', at + 1, tables.length);
  }
  return found;
}

/** Fetches the buckets that differ and makes the rows here equal to them. Rows with changes that wait keep these. Answers the rows written or removed. */
export async function fetchDifferences(
  db: Sqlite,
  store: Store,
  centre: CentreLine,
  differences: readonly TableDifference[],
): Promise<number> {
  let count = 0;
  for (const { table, buckets } of differences) {
    const rows = store.rowStores.get(table);
    if (!rows) continue;
    for (const bucket of buckets) {
      const images = await centre.call('bucket', bucketRows, [table, bucket], LONG_QUERY_MS);
      const there = new Set(images.map(row => String(row.id)));
      const here = db
        .prepare<[string], { id: string }>(
          `select id from "${table}" x where not exists (select 1 from sync_shadow s where s.table_name = ? and s.row_id = x.id)`,
        )
        .all(table)
        .filter(({ id }) => bucketOf(id) === bucket && !there.has(id));
      const applied_n = store.state.facts.applied_n;
      await store.inSlices(
        (function* () {
          for (const image of images) yield store.renewRow(rows, image, applied_n);
          for (const { id } of here) yield rows.remove(id);
        })(),
      );
      count += images.length + here.length;
    }
  }
  return count;
}

export const reportOf = (
  differences: readonly TableDifference[],
  repaired_rows: number,
  checked_at_ms: number,
): IntegrityReport => ({
  checked_at_ms,
  repaired_rows,
  is_equal: differences.every(d => d.buckets.length === 0),
  tables: differences.map(({ buckets, ...d }) => ({ ...d, differing_buckets: buckets.length })),
});

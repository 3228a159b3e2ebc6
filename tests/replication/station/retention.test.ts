import { expect, test } from 'vitest';
import type { AnyTable } from '../../../db/kit/define-table.ts';
import { schema } from '../../../db/schema/index.ts';
import { audit_logs } from '../../../db/schema/infrastructure.ts';
import { qr_code_scans } from '../../../db/schema/logistics.ts';
import { tools } from '../../../db/schema/production.ts';
import { verifyTrail } from '../../../main/platform/audit-trail.ts';
import type { Row } from '../../../main/platform/row-changes.ts';
import { evictOldRows } from '../../../main/replication/retention.ts';
import { memberStore, pageOf } from './store-support.ts';

const DAY_MS = 86_400_000;
const NOW_MS = Date.UTC(2026, 5, 1);
const tables: AnyTable[] = Object.values(schema);
const seal = { sign: (text: string) => text };

/** A row with every column filled in as a definition wants it. */
const rowLike = (def: AnyTable, values: Row): Row =>
  Object.fromEntries(
    Object.entries(def.columns as Record<string, { required: boolean; kind: string; choices?: string[] }>)
      .filter(([key]) => key !== 'organization_id')
      .map(([key, c]) => [key, key in values ? values[key] : c.required ? sample(c) : null]),
  );
const sample = ({ kind, choices }: { kind: string; choices?: string[] }): unknown =>
  choices?.[0] ??
  { boolean: false, json: {}, text: 'x', day: '2026-01-01', id: '019a0000-0000-7000-8000-000000000001' }[
    kind
  ] ??
  1;
const idOf = (n: number): string => `019a0000-0000-7000-8000-${String(n).padStart(12, '0')}`;

test('rows outside their window go, by the centre’s clock; what waits, is young or belongs to this station stays', async () => {
  const station = memberStore();
  const scan = (n: number, days: number) =>
    rowLike(qr_code_scans, { id: idOf(n), created_at_ms: NOW_MS - days * DAY_MS });
  const trail = (n: number, days: number) =>
    rowLike(audit_logs, {
      id: idOf(1000 + n),
      station_id: 'station-2',
      chain_no: n,
      created_at_ms: NOW_MS - days * DAY_MS,
    });
  const scans = Array.from({ length: 450 }, (_, n) => scan(n + 1, n < 430 ? 8 : 6));
  // The third entry of the other station was written with a clock that was right again.
  const entries = [31, 40, 29, 35].map((days, at) => trail(at + 1, days));
  await station.store.applyPage(
    pageOf({
      tables: [
        { table: 'qr_code_scans', rows: scans, gone: [] },
        { table: 'audit_logs', rows: entries, gone: [] },
      ],
    }),
  );
  station.run(ctx => ctx.insert(tools, { tool_name: 'T', tool_names: { en: 'T', fr: 'T', es: 'T' } }));
  const waiting = idOf(7);
  station.db
    .prepare(
      "insert into sync_shadow (table_name, row_id, central, central_version) values ('qr_code_scans', ?, '{}', 1)",
    )
    .run(waiting);
  const ids = (table: string, where = '1') =>
    station.db.prepare<[], string>(`select id from ${table} where ${where} order by id`).pluck().all();
  // A station that never heard the centre's clock removes nothing.
  expect(await evictOldRows(station.db, station.store, tables, 'station-1')).toBe(0);
  station.state.set({ server_ms: NOW_MS });
  expect(await evictOldRows(station.db, station.store, tables, 'station-1')).toBe(429 + 2);
  expect(ids('qr_code_scans')).toEqual([waiting, ...scans.slice(430).map(row => String(row.id))]);
  expect(ids('audit_logs', "station_id = 'station-2'")).toEqual([idOf(1003), idOf(1004)]);
  expect(ids('audit_logs', "station_id = 'station-1'")).toHaveLength(1);
  // The other station's chain begins later here, which is no fault; its rows are still guarded.
  const { faults } = verifyTrail(station.db, 'station-1', seal);
  expect(faults.filter(fault => fault.kind === 'removed')).toEqual([]);
  expect(() => station.db.exec('delete from audit_logs')).toThrow(/append only/);
});

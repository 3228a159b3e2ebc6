import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setImmediate } from 'node:timers/promises';
import Database from 'better-sqlite3';
import { materials } from '../../../db/schema/catalogue.ts';
import { compose } from '../../../main/compose.ts';
import { installDemoPlant } from '../../../main/demo-plant.ts';
import { silentLog } from '../../../main/platform/log.ts';
import { systemClock, uuids } from '../../../main/platform/ports.ts';
import type { Row } from '../../../main/platform/row-changes.ts';
import { LEAST_PAGE_ROWS } from '../../../main/replication/exchange.ts';
import type { PullPage } from '../../../main/replication/wire.ts';
import { type MemberStore, openMember, pageOf } from '../../support/member-store.ts';
import type { Figure } from '../harness.ts';
import { quantile, secondsOf, type Turns, turnsDuring } from './bed.ts';

const TABLES = 20;
const ROWS = 2000;
const PENDING = 50;

/** The first delta of a running program compiles its statements; the others are what a shift consists of. */
const ROUNDS = 15;

/** B6: what others did in a shift, on top of which this station keeps changes that are not sent yet. */
export async function mixedDelta(): Promise<Figure[]> {
  const folder = mkdtempSync(path.join(tmpdir(), 'millwright-bench-'));
  try {
    const demo = compose({ data_folder: folder, log: silentLog, replicates_by_itself: false });
    await installDemoPlant(demo);
    await demo.close();
    const member = openMember(folder, 'millwright.db', systemClock, uuids);
    const waiting = keepChanging(member, deltaOf(member));
    const rounds: Round[] = [];
    for (let n = 0; n < ROUNDS; n++) rounds.push(await roundOf(folder, member, deltaOf(member)));
    member.db.close();
    return figuresOf(rounds, waiting);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
interface Round {
  tables: number;
  took_s: number;
  turns: Turns;
  floor_s: number;
}
async function roundOf(folder: string, member: MemberStore, delta: readonly TableDelta[]): Promise<Round> {
  const pages = pagesOf(delta, member.state.facts.cursor_seq);
  let took_s = 0;
  const turns = await turnsDuring(async () => {
    took_s = await secondsOf(async () => {
      for (const page of pages) {
        await member.store.applyPage(page);
        // The next page comes from the line: the thread is free in between.
        await setImmediate();
      }
    });
  });
  return { tables: delta.length, took_s, turns, floor_s: bareUpserts(folder, member, delta) };
}
function figuresOf([first, ...later]: readonly Round[], waiting: number): Figure[] {
  if (!first) return [];
  const median = (of: (round: Round) => number) => quantile(later.map(of), 0.5);
  const floor_s = median(r => r.floor_s);
  const longest = [first, ...later].map(r => r.turns).toSorted((a, b) => b.longest_ms - a.longest_ms)[0];
  const compared = {
    unit: 'ms',
    more_is_better: false,
    floor: floor_s * 1000,
    floor_is: 'the same rows into the same tables without triggers, prepared upserts of one transaction',
  };
  return [
    {
      work: `B6 delta of ${ROWS.toLocaleString('en')} rows over ${first.tables} tables on ${waiting} changes that wait`,
      measured: median(r => r.took_s) * 1000,
      target: floor_s * 3000,
      ...compared,
      note: `a third of the rows new; median of ${later.length}, and of their floors`,
    },
    {
      work: 'The first of them after the start of the program',
      measured: first.took_s * 1000,
      target: null,
      ...compared,
      note: '',
    },
    {
      work: 'Their longest turn of the thread',
      measured: longest?.longest_ms ?? 0,
      unit: 'ms',
      target: 40,
      more_is_better: false,
      floor: 8,
      floor_is: 'one slice',
      note: `${longest?.longest_work_ms.toFixed(0)} ms of work`,
    },
  ];
}

interface TableDelta {
  table: string;
  rows: Row[];
}
/** Rows of the fullest tables, each as somebody else changed it; a third of them is taken away here first, so that it is new. */
function deltaOf({ db, store }: MemberStore): TableDelta[] {
  const counts = [...store.rowStores.values()]
    .filter(rows => rows.def.sync.kind === 'two_way')
    .map(rows => ({
      rows,
      count: Number(db.prepare(`select count(*) from "${rows.def.name}"`).pluck().get()),
    }))
    .toSorted((a, b) => b.count - a.count)
    .slice(0, TABLES);
  let left = ROWS;
  const chosen = counts.toReversed().map(({ rows, count }, at) => {
    const share = Math.min(count, Math.ceil(left / (counts.length - at)));
    left -= share;
    return { rows, share };
  });
  return chosen.map(({ rows, share }) => {
    const ids = db.prepare<[number], string>(`select id from "${rows.def.name}" limit ?`).pluck().all(share);
    const images = ids.map(id => rows.read(id)).filter(row => row !== null);
    store.applying(() => {
      for (const [at, { id }] of images.entries())
        if (at % 3 === 0 && rows.def !== materials) rows.remove(String(id));
    });
    return {
      table: rows.def.name,
      rows: images.map(row => ({
        ...row,
        row_version: Number(row.row_version) + 1,
        updated_at_ms: Number(row.updated_at_ms) + 1,
      })),
    };
  });
}
function keepChanging(member: MemberStore, delta: TableDelta[]): number {
  const rows = delta.find(d => d.table === materials.name)?.rows.slice(0, PENDING) ?? [];
  for (const { id } of rows)
    member.run(ctx => ctx.update(materials, String(id), { description: 'Changed here' }));
  return rows.length;
}
function pagesOf(delta: readonly TableDelta[], after_seq: number): PullPage[] {
  const all = delta.flatMap(({ table, rows }) => rows.map(row => ({ table, row })));
  const pages: PullPage[] = [];
  for (let from = 0; from < all.length; from += LEAST_PAGE_ROWS) {
    const part = Object.groupBy(all.slice(from, from + LEAST_PAGE_ROWS), r => r.table);
    pages.push(
      pageOf({
        to_seq: after_seq + pages.length + 1,
        tables: Object.entries(part).map(([table, list]) => ({
          table,
          rows: (list ?? []).map(r => r.row),
          gone: [],
        })),
      }),
    );
  }
  return pages;
}
function bareUpserts(folder: string, { db: own }: MemberStore, delta: readonly TableDelta[]): number {
  const file = path.join(folder, 'floor.db');
  const db = new Database(file);
  db.pragma('journal_mode = WAL');
  db.pragma('synchronous = FULL');
  db.pragma('foreign_keys = OFF');
  const shape = own
    .prepare<[string], string>(
      "select sql from sqlite_master where tbl_name = ? and type in ('table', 'index') and sql is not null order by type desc",
    )
    .pluck();
  const puts = delta.map(({ table, rows }) => {
    for (const sql of shape.all(table)) db.exec(sql);
    const names = Object.keys(rows[0] ?? {}).concat('organization_id');
    const put = db.prepare(
      `insert or replace into "${table}" (${names.map(n => `"${n}"`).join(', ')}) values (${names.map(() => '?').join(', ')})`,
    );
    return { put, values: rows.map(row => names.map(name => plain(name in row ? row[name] : 1))) };
  });
  const from = performance.now();
  db.transaction(() => {
    for (const { put, values } of puts) for (const row of values) put.run(row);
  })();
  const took_s = (performance.now() - from) / 1000;
  db.close();
  rmSync(file);
  return took_s;
}
const plain = (value: unknown): unknown =>
  typeof value === 'boolean'
    ? Number(value)
    : typeof value === 'object' && value !== null
      ? JSON.stringify(value)
      : value;

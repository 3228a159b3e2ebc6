import type { Client } from 'pg';
import { type Bounds, defaultPartitionName, instantOf, isPastKeeping } from './partition-bounds.ts';
import { divideStrays, expectedIds, provide, type Series } from './partitions.ts';
import { quoted, rolesOf } from './roles.ts';

export interface SeriesFacts {
  table: string;
  partitions: number;
  /** The partitions reach to this instant; rows after it are strays. */
  until: string;
  /** Rows of the default partition by organization: empty while all is well. */
  strays: Record<string, number>;
}
export interface Upkeep {
  made: string[];
  /** Everything in them is older than it must be kept. */
  past_keeping: string[];
  /** Of these, what was dropped because the operator asked for it. */
  removed: string[];
  moved: number;
}

/**
 * Daily, in a transaction of the operator: strays whose time is known by now move to a partition of their own, and the
 * partitions of the next two intervals are made. What is past keeping is told, and dropped only when that is asked for.
 */
export async function keepSeries(
  client: Client,
  database: string,
  def: Series,
  now_ms: number,
  drops_past: boolean,
): Promise<Upkeep> {
  await client.query(
    `set local role ${quoted(rolesOf(database).owner)}; set local lock_timeout = '${LOCK_TIMEOUT}'`,
  );
  const { expected } = expectedIds(def, now_ms);
  const before = await straysOf(client, def, now_ms);
  const moved = before
    .filter(s => s.place > 0 && s.place <= expected.length)
    .reduce((rows, s) => rows + s.rows, 0);
  if (moved > 0) await divideStrays(client, def, now_ms);
  const made = await provide(client, def, now_ms);
  const past = (await partitionsOf(client, def)).filter(p => isPastKeeping(p.bounds, def.partitions, now_ms));
  const past_keeping = past.map(p => p.name);
  const removed = drops_past ? past_keeping : [];
  for (const name of removed) await client.query(`drop table public.${quoted(name)}`);
  await client.query(
    `select sync.close_partition(inhrelid) from pg_inherits join pg_class c on c.oid = inhrelid
     where inhparent = $1::regclass and not c.relforcerowsecurity`,
    [`public.${def.name}`],
  );
  return { made, past_keeping, removed, moved };
}
/** Whoever reads a table for long holds the upkeep up, and everybody else behind it: it gives way and comes again. */
const LOCK_TIMEOUT = '2s';

export async function seriesFacts(client: Client, def: Series, now_ms: number): Promise<SeriesFacts> {
  const partitions = await partitionsOf(client, def);
  const strays = await straysOf(client, def, now_ms);
  const codes = [...new Set(strays.map(s => s.org_code))];
  const until_ms = Math.max(...partitions.map(p => p.bounds.to_ms));
  return {
    table: def.name,
    partitions: partitions.length,
    until: new Date(until_ms).toISOString(),
    strays: Object.fromEntries(
      codes.map(code => [
        code,
        strays.filter(s => s.org_code === code).reduce((rows, s) => rows + s.rows, 0),
      ]),
    ),
  };
}

/** The partitions with bounds, oldest first. */
async function partitionsOf(client: Client, def: Series): Promise<{ name: string; bounds: Bounds }[]> {
  const { rows } = await client.query<{ name: string; from: string; to: string }>(
    `select relname as name, b[1] as from, b[2] as to from pg_inherits join pg_class c on c.oid = inhrelid,
       regexp_match(pg_get_expr(c.relpartbound, c.oid), 'FROM \\(''(.{36})''\\) TO \\(''(.{36})''\\)') b
     where inhparent = $1::regclass and b is not null order by b[1]`,
    [`public.${def.name}`],
  );
  return rows.map(r => ({ name: r.name, bounds: { from_ms: instantOf(r.from), to_ms: instantOf(r.to) } }));
}

/** Rows of the default partition by organization and interval; only the tenant's own are seen at a time. */
async function straysOf(
  client: Client,
  def: Series,
  now_ms: number,
): Promise<{ org_code: string; place: number; rows: number }[]> {
  const { rows: streams } = await client.query<{ stream: number; org_code: string }>(
    'select stream, org_code from sync.streams order by stream',
  );
  const found = [];
  for (const { stream, org_code } of streams) {
    await client.query("select set_config('app.current_organization_id', $1, false)", [String(stream)]);
    const { rows } = await client.query<{ place: number; rows: number }>(
      `select width_bucket(id, $2::uuid[]) as place, count(*)::int as rows from public.${defaultPartitionName(def.name)}
       where organization_id = $1 group by 1`,
      [stream, expectedIds(def, now_ms).thresholds],
    );
    found.push(...rows.map(r => ({ org_code, ...r })));
  }
  await client.query("select set_config('app.current_organization_id', '', false)");
  return found;
}

import type { Client } from 'pg';
import type { AnyTable, Partitions } from '../kit/define-table.ts';
import {
  type Bounds,
  defaultPartitionName,
  dueBounds,
  expectedBounds,
  idAt,
  partitionName,
} from './partition-bounds.ts';
import { dropDerived } from './rebuild.ts';

/** Where rows are while their table is divided. */
const ASIDE = 'divided';
export type Series = AnyTable & { readonly partitions: Partitions };
const isSeries = (def: AnyTable): def is Series => def.partitions !== undefined;
export const timeSeries = (central: readonly AnyTable[]): Series[] => central.filter(isSeries);

/** Divides the time series that are one table still. Their triggers, row security and views are gone afterwards. */
export async function partitionTables(client: Client, central: readonly AnyTable[]): Promise<void> {
  for (const def of timeSeries(central)) {
    const { rowCount } = await client.query(
      "select 1 from pg_class where oid = to_regclass($1) and relkind = 'r'",
      [`public.${def.name}`],
    );
    if (rowCount === 0) continue;
    await dropDerived(client);
    await divide(client, def, await centreClock(client));
  }
}

/** The centre's clock: an operator's computer decides nothing. */
export async function centreClock(client: Client): Promise<number> {
  const { rows } = await client.query<{ now_ms: string }>(
    'select (extract(epoch from now()) * 1000)::bigint as now_ms',
  );
  return Number(rows[0]?.now_ms);
}

/** The table under its name again, divided, with the same rows, keys, indexes and checks. */
async function divide(client: Client, def: Series, now_ms: number): Promise<void> {
  const { name } = def;
  const { rows: kept } = await client.query<{ sql: string }>(
    `select pg_get_indexdef(indexrelid) as sql from pg_index
      where indrelid = $1::regclass and not exists (select 1 from pg_constraint where conindid = indexrelid)
    union all select format('alter table %s add constraint %I %s', $1, conname, pg_get_constraintdef(oid)) from pg_constraint
      where conrelid = $1::regclass and contype in ('p', 'u')`,
    [`public.${name}`],
  );
  await putAside(client, name);
  await client.query(`
    create table public.${name} (like divided.${name} including defaults including constraints including storage) partition by range (id)`);
  for (const { sql } of kept) await client.query(sql);
  await spread(client, def, name, now_ms);
  await provide(client, def, now_ms);
}

/** Rows of the default partition whose interval is expected by now get a partition of their own. */
export async function divideStrays(client: Client, def: Series, now_ms: number): Promise<void> {
  const strays = defaultPartitionName(def.name);
  await client.query(`alter table public.${def.name} detach partition public.${strays}`);
  await putAside(client, strays);
  await spread(client, def, strays, now_ms);
}

/** Out of the way, and open to its owner, who sees the rows of every organization there. */
async function putAside(client: Client, table: string): Promise<void> {
  await client.query(`
    create schema ${ASIDE};
    alter table public.${table} no force row level security;
    alter table public.${table} set schema ${ASIDE}`);
}

/**
 * Moves the rows of a table put aside into partitions of their own and into a new default one. They go into the
 * partition and not through the table: they are at the centre already, and its triggers must not tell of them again.
 */
async function spread(client: Client, def: Series, table: string, now_ms: number): Promise<void> {
  const aside = `${ASIDE}.${table}`;
  const { expected, thresholds } = expectedIds(def, now_ms);
  const { rows } = await client.query<{ place: number }>(
    `select distinct width_bucket(id, $1::uuid[]) as place from ${aside} order by 1`,
    [thresholds],
  );
  for (const { place } of rows) {
    const bounds = expected[place - 1];
    if (!bounds) continue;
    const part = await makePartition(client, def, bounds);
    await copyRows(client, def, aside, part, 'id >= $1 and id < $2', idsOf(bounds));
  }
  const rest = await makePartition(client, def, null);
  await copyRows(client, def, aside, rest, 'width_bucket(id, $1::uuid[]) = any ($2::int[])', [
    thresholds,
    [0, thresholds.length],
  ]);
  await client.query(`drop table ${aside}; drop schema ${ASIDE}`);
}

/** The intervals in which ids are expected, and the ids between them. */
export function expectedIds(def: Series, now_ms: number): { expected: Bounds[]; thresholds: string[] } {
  const expected = expectedBounds(def.partitions.every, now_ms);
  return { expected, thresholds: [...expected.map(b => b.from_ms), expected.at(-1)?.to_ms ?? 0].map(idAt) };
}

/** Without bounds: the default partition. Attaching an empty table lets others read and write meanwhile. */
async function makePartition(client: Client, def: Series, bounds: Bounds | null): Promise<string> {
  const name = `public.${bounds ? partitionName(def.name, bounds) : defaultPartitionName(def.name)}`;
  const [from, to] = bounds ? idsOf(bounds) : [];
  await client.query(`
    create table ${name} (like public.${def.name} including all);
    alter table public.${def.name} attach partition ${name} ${bounds ? `for values from ('${from}') to ('${to}')` : 'default'}`);
  return name;
}
const idsOf = ({ from_ms, to_ms }: Bounds): [string, string] => [idAt(from_ms), idAt(to_ms)];

async function copyRows(
  client: Client,
  def: Series,
  from: string,
  to: string,
  where: string,
  values: unknown[],
): Promise<void> {
  const columns = Object.keys(def.columns).join(', ');
  await client.query(
    `insert into ${to} (${columns}) select ${columns} from ${from} where ${where} order by id`,
    values,
  );
}

/** Makes the partitions that must be there before their time comes. */
export async function provide(client: Client, def: Series, now_ms: number): Promise<string[]> {
  const made: string[] = [];
  for (const bounds of dueBounds(def.partitions.every, now_ms)) {
    const name = partitionName(def.name, bounds);
    const { rowCount } = await client.query('select 1 where to_regclass($1) is not null', [`public.${name}`]);
    if (rowCount) continue;
    await makePartition(client, def, bounds);
    made.push(name);
  }
  return made;
}

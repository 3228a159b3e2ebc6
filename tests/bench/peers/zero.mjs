// zero-cache before a PostgreSQL with durable commits, and clients that keep their rows in memory. Downwards only.
import {
  boolean,
  createBuilder,
  createSchema,
  defineQueries,
  defineQuery,
  json,
  number,
  string,
  table,
  Zero,
} from '@rocicorp/zero';
import pg from 'pg';
import { createPostgres, DURABLE } from '../../support/postgres-server.ts';
import { answer, arrivals, secondsOf, waitsOf } from './program.mjs';
import { toolRow } from './rows.ts';
import { startZeroCache } from './zero-cache.mjs';

const tools = table('tools')
  .columns({
    id: string(),
    organization_id: number(),
    tool_name: string(),
    tool_names: json(),
    description: string(),
    category: string(),
    is_active: boolean(),
    row_version: number(),
    created_at_ms: number(),
    created_by: string(),
    updated_at_ms: number(),
    updated_by: string(),
  })
  .primaryKey('id');
const schema = createSchema({ tables: [tools] });
const zql = createBuilder(schema);
const queries = defineQueries({ allTools: defineQuery(() => zql.tools) });
const COLUMNS = `id text primary key, organization_id int not null, tool_name text not null, tool_names jsonb not null,
  description text not null, category text not null, is_active boolean not null, row_version int not null,
  created_at_ms bigint not null, created_by text not null, updated_at_ms bigint not null, updated_by text not null`;

const openClient = cacheURL =>
  new Zero({
    cacheURL,
    userID: null,
    storageKey: crypto.randomUUID(),
    schema,
    kvStore: 'mem',
    logLevel: 'error',
  });
/** How many rows there are once the cache says that these are all; afterwards each new one is told. Rows come in the order of their id. */
const allOf = (client, onNewest) =>
  new Promise(resolve => {
    client.materialize(queries.allTools()).addListener((rows, state) => {
      const newest = rows.at(-1);
      if (newest) onNewest(newest);
      if (state === 'complete') resolve(rows.length);
    });
  });

await answer(async ({ folder, rows, live }) => {
  const server = await createPostgres([...DURABLE, 'wal_level=logical']);
  await server.start();
  const centre = new pg.Client({ connectionString: server.url() });
  let cache;
  try {
    await centre.connect();
    await centre.query(`create table tools (${COLUMNS})`);
    const insert = list =>
      centre.query('insert into tools select * from json_populate_recordset(null::tools, $1)', [
        JSON.stringify(list),
      ]);
    await insert(Array.from({ length: rows }, (_, n) => toolRow(n)));
    cache = await startZeroCache({ folder, database: server.url(), schema, queryNamed: () => zql.tools });
    const client = openClient(cache.url);
    const seen = arrivals();
    let count = 0;
    const took_s = await secondsOf(async () => {
      count = await allOf(client, newest => seen.came(newest.id));
    });
    if (count !== rows) throw new Error(`${count} of ${rows} rows arrived`);
    const changes = Array.from({ length: live }, (_, n) => toolRow(rows + n));
    const waits_ms = await waitsOf(changes, row => insert([row]), seen.at);
    await client.close();
    return {
      pull: [{ batch: rows, took_s }],
      waits_ms,
      note: 'from the centre down only, client in memory',
    };
  } finally {
    await cache?.stop();
    await centre.end().catch(() => undefined);
    await server.remove();
  }
});

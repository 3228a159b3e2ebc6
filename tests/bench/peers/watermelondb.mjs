// WatermelonDB with its SQLite adapter for Node (better-sqlite3, rollback journal, flushed), against the plain server.
import path from 'node:path';
import watermelon from '@nozbe/watermelondb';
import sqlite from '@nozbe/watermelondb/adapters/sqlite/index.js';
import sync from '@nozbe/watermelondb/sync/index.js';
import { answer, secondsOf, startServer } from './program.mjs';
import { rowClient } from './row-client.mjs';
import { toolRow } from './rows.ts';

const { appSchema, Database, Model, tableSchema } = watermelon;
const column = (name, type) => ({ name, type });
const schema = appSchema({
  version: 1,
  tables: [
    tableSchema({
      name: 'tools',
      columns: [
        column('organization_id', 'number'),
        column('tool_name', 'string'),
        column('tool_names', 'string'),
        column('description', 'string'),
        column('category', 'string'),
        column('is_active', 'boolean'),
        column('row_version', 'number'),
        column('created_at_ms', 'number'),
        column('created_by', 'string'),
        column('updated_at_ms', 'number'),
        column('updated_by', 'string'),
      ],
    }),
  ],
});
class Tool extends Model {
  static table = 'tools';
}
const rawOf = ({ tool_names, ...row }) => ({ ...row, tool_names: JSON.stringify(tool_names) });

const openClient = (folder, name) =>
  new Database({
    adapter: new sqlite.default({
      dbName: path.join(folder, name),
      schema,
      onSetUpError: error => {
        throw error;
      },
    }),
    modelClasses: [Tool],
  });

await answer(async ({ folder, rows, rows_a_unit, batches }) => {
  const started = await startServer('row-server.mjs', folder);
  const server = rowClient(started.url);
  const one = openClient(folder, 'one');
  const tools = one.get('tools');
  for (let from = 0; from < rows; from += rows_a_unit)
    await one.write(() =>
      one.batch(
        ...Array.from({ length: rows_a_unit }, (_, k) =>
          tools.prepareCreateFromDirtyRaw({ ...rawOf(toolRow(from + k)), _status: 'created', _changed: '' }),
        ),
      ),
    );
  const nothing = { changes: { tools: { created: [], updated: [], deleted: [] } }, timestamp: 1 };
  const push_s = await secondsOf(() =>
    sync.synchronize({
      database: one,
      pullChanges: () => Promise.resolve(nothing),
      pushChanges: ({ changes }) =>
        server.push(changes.tools.created.map(({ _status, _changed, ...row }) => ({ row }))),
    }),
  );
  const pull = [];
  const apply = [];
  for (const batch of [...batches, rows]) {
    const two = openClient(folder, `two-${batch}`);
    let travelled_s = 0;
    let cursor = 0;
    const next = async () => {
      const from = performance.now();
      const { seq, rows: created } = await server.pull(cursor, batch);
      cursor = seq;
      travelled_s += (performance.now() - from) / 1000;
      return { changes: { tools: { created, updated: [], deleted: [] } }, timestamp: seq };
    };
    const took_s = await secondsOf(async () => {
      while (cursor < rows) await sync.synchronize({ database: two, pullChanges: next });
    });
    pull.push({ batch, took_s });
    apply.push({ batch, took_s: took_s - travelled_s });
    const arrived = await two.get('tools').query().fetchCount();
    if (arrived !== rows) throw new Error(`${arrived} of ${rows} rows arrived`);
  }
  server.end();
  started.stop();
  return {
    push: [{ batch: rows, took_s: push_s }],
    pull,
    apply,
    note: 'SQLite adapter for Node on better-sqlite3, flushed at both ends',
  };
});

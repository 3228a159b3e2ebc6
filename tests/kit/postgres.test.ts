import path from 'node:path';
import { Client } from 'pg';
import { expect, inject, onTestFinished, test } from 'vitest';
import type { ColumnFacts } from '../../db/kit/columns.ts';
import type { AnyTable } from '../../db/kit/define-table.ts';
import { centralTables, migratePostgres } from '../../db/postgres/migrate.ts';
import { schema } from '../../db/schema/index.ts';
import { readMigrations } from '../../db/sqlite/migrate.ts';

const migrations = readMigrations(path.resolve(import.meta.dirname, '../../db/migrations/postgres'));
const tables: AnyTable[] = Object.values<AnyTable>(schema);
const central = centralTables(tables);

async function freshDatabase(): Promise<Client> {
  const server = new Client({ connectionString: inject('pgUrl') });
  await server.connect();
  const name = `kit_${process.pid}_${Date.now()}`;
  await server.query(`create database ${name}`);
  await server.end();
  const url = new URL(inject('pgUrl'));
  url.pathname = `/${name}`;
  const client = new Client({ connectionString: url.href });
  await client.connect();
  onTestFinished(() => client.end());
  return client;
}

test('the migrations make every central table with its columns on a real PostgreSQL, and a second run does nothing', async () => {
  const client = await freshDatabase();
  expect(await migratePostgres(client, migrations, tables, {})).toBe(migrations.length);
  expect(await migratePostgres(client, migrations, tables, {})).toBe(0);
  const { rows } = await client.query<{ at: string }>(
    `select c.table_name || '.' || c.column_name as at from information_schema.columns c
     join pg_class k on k.relname = c.table_name and k.relnamespace = 'public'::regnamespace
     where c.table_schema = 'public' and c.table_name <> 'schema_version' and not k.relispartition`,
  );
  const wanted = central.flatMap(def => Object.keys(def.columns).map(key => `${def.name}.${key}`));
  expect(rows.map(r => r.at).sort()).toEqual(wanted.sort());
});

test('business keys are real constraints there, also where a part of the key is empty', async () => {
  const client = await freshDatabase();
  await migratePostgres(client, migrations, tables, {});
  const insert = (id: string) =>
    client.query(
      'insert into roles (id, organization_id, role_code, role_name, permissions, created_at_ms, created_by, updated_at_ms, updated_by) values ($1, 1, $2, $2, $3, 0, $1, 0, $1)',
      [id, 'SAME', '{}'],
    );
  await insert('019a0000-0000-7000-8000-000000000001');
  await expect(insert('019a0000-0000-7000-8000-000000000002')).rejects.toThrow(/roles_role_code_key/);
});

test('every reference stays within one organization, and only the seal is deferred', async () => {
  const client = await freshDatabase();
  await migratePostgres(client, migrations, tables, {});
  const { rows } = await client.query<{ definition: string }>(
    "select pg_get_constraintdef(oid) as definition from pg_constraint where contype = 'f' and conparentid = 0 and connamespace = 'public'::regnamespace",
  );
  const references = central.flatMap(def =>
    Object.values<ColumnFacts>(def.columns).filter(c => c.refers_to),
  ).length;
  expect(rows.length).toBe(references);
  expect(
    rows.filter(r => !/\(organization_id, \w+\) REFERENCES \w+\(organization_id, id\)/.test(r.definition)),
  ).toEqual([]);
  const deferred = await client.query(
    "select conname from pg_constraint where condeferrable and conname <> 'seal' union all select tgname from pg_trigger where tgdeferrable and tgname <> 'seal'",
  );
  expect(deferred.rows).toEqual([]);
});

test('a released migration exists on both sides under the same name', () => {
  const sqlite = readMigrations(path.resolve(import.meta.dirname, '../../db/migrations/sqlite'));
  expect(migrations.map(m => m.name)).toEqual(sqlite.map(m => m.name));
});

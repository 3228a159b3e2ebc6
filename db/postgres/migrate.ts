import type { Client } from 'pg';
import type { AnyTable } from '../kit/define-table.ts';
import type { Migration } from '../sqlite/migrate.ts';

/** Migrates the centre; only an operator's command calls this, never a station. Returns the steps made. */
export async function migratePostgres(client: Client, migrations: readonly Migration[]): Promise<number> {
  await client.query(
    'create table if not exists schema_version (number int primary key, name text not null, applied_at timestamptz not null default now())',
  );
  const { rows } = await client.query<{ number: number }>(
    'select coalesce(max(number), 0)::int as number from schema_version',
  );
  const from = rows[0]?.number ?? 0;
  for (const step of migrations.slice(from)) {
    await client.query('begin');
    try {
      await client.query(step.sql.replaceAll('--> statement-breakpoint', ''));
      await client.query('insert into schema_version (number, name) values ($1, $2)', [
        step.number,
        step.name,
      ]);
      await client.query('commit');
    } catch (error) {
      await client.query('rollback');
      throw error;
    }
  }
  return migrations.length - from;
}

/** What a row is, as table comments for people with a database client. */
export async function commentTables(client: Client, tables: readonly AnyTable[]): Promise<void> {
  for (const def of tables.filter(d => d.sync.kind !== 'local_only')) {
    await client.query(`comment on table "${def.name}" is '${def.row_is.replaceAll("'", "''")}'`);
  }
}

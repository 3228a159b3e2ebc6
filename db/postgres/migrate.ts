import type { Client } from 'pg';
import type { AnyTable } from '../kit/define-table.ts';
import type { Migration } from '../sqlite/migrate.ts';
import { rebuildForeignKeys } from './foreign-keys.ts';
import { oldestSpoken } from './oldest-spoken.ts';
import { partitionTables } from './partitions.ts';
import { dropDerived, rebuildDerived } from './rebuild.ts';
import { databaseOf, prepareRoles, quoted } from './roles.ts';
import type { CommandPermissions } from './sync/permissions.ts';

export const centralTables = (tables: readonly AnyTable[]): AnyTable[] =>
  tables.filter(def => def.sync.kind !== 'local_only');

/**
 * Migrates the centre, all or nothing; only an operator's command calls this, never a station. Migrations make tables,
 * unique keys, indexes and checks; everything else is rebuilt from the definitions. Returns the steps made.
 */
export async function migratePostgres(
  client: Client,
  migrations: readonly Migration[],
  tables: readonly AnyTable[],
  permissions: CommandPermissions,
): Promise<number> {
  await client.query('begin');
  try {
    const roles = await prepareRoles(client, await databaseOf(client));
    await client.query(`set local role ${quoted(roles.owner)}`);
    const steps = await runSteps(client, migrations);
    const central = centralTables(tables);
    await partitionTables(client, central);
    await rebuildForeignKeys(client, central);
    const versions = { newest: migrations.length, oldest: oldestSpoken(migrations) };
    await rebuildDerived(client, central, roles, versions, permissions);
    await commentTables(client, central);
    await client.query('commit');
    return steps;
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

async function runSteps(client: Client, migrations: readonly Migration[]): Promise<number> {
  await client.query(
    'create table if not exists schema_version (number int primary key, name text not null, applied_at timestamptz not null default now())',
  );
  const { rows } = await client.query<{ number: number }>(
    'select coalesce(max(number), 0)::int as number from schema_version',
  );
  const from = rows[0]?.number ?? 0;
  if (from === migrations.length) return 0;
  await dropDerived(client);
  for (const step of migrations.slice(from)) {
    await client.query(step.sql.replaceAll('--> statement-breakpoint', ''));
    await client.query('insert into schema_version (number, name) values ($1, $2)', [step.number, step.name]);
  }
  return migrations.length - from;
}

/** What a row is, as table comments for people with a database client. */
async function commentTables(client: Client, central: readonly AnyTable[]): Promise<void> {
  for (const def of central)
    await client.query(`comment on table "${def.name}" is '${def.row_is.replaceAll("'", "''")}'`);
}

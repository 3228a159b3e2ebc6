import { createHash } from 'node:crypto';
import type { Client } from 'pg';
import type { AnyTable } from '../kit/define-table.ts';
import { parentsFirst } from '../kit/parents-first.ts';
import { reportingSchema } from './reporting.ts';
import type { CentreRoles } from './roles.ts';
import { APPLY_HELPERS, applyChange, applyFunction } from './sync/apply.ts';
import { CAPTURE_FUNCTIONS, captureOf } from './sync/capture.ts';
import { FILES } from './sync/files.ts';
import { HELLO } from './sync/hello.ts';
import { IN_COMMON } from './sync/in-common.ts';
import { followNumbers, NUMBERS } from './sync/numbers.ts';
import { OPERATE } from './sync/operate.ts';
import { type CommandPermissions, permissionFunctions } from './sync/permissions.ts';
import { PULL, rowReaders } from './sync/pull.ts';
import { PUSH, RETRIES } from './sync/push.ts';
import { SEAL } from './sync/seal.ts';
import { grants, securityFunctions, tableSecurity } from './sync/security.ts';
import { SYNC_TABLES } from './sync/tables.ts';
import { insertFunction, takeTogether } from './sync/together.ts';
import { unitFunctions } from './sync/units.ts';

/** Everything that is derived from the definitions, in the order in which it must be made. */
function derivedSql(
  tables: readonly AnyTable[],
  roles: CentreRoles,
  permissions: CommandPermissions,
): string {
  const central = parentsFirst(tables);
  return [
    securityFunctions(roles),
    CAPTURE_FUNCTIONS,
    SEAL,
    IN_COMMON,
    APPLY_HELPERS,
    ...central.map(applyFunction),
    applyChange(central),
    permissionFunctions(central, permissions),
    unitFunctions(central),
    ...central.map(insertFunction),
    takeTogether(central),
    RETRIES,
    PUSH,
    rowReaders(central),
    PULL,
    HELLO,
    FILES,
    NUMBERS,
    followNumbers(central),
    OPERATE,
    ...central.map(def => captureOf(def, central)),
    ...central.map(tableSecurity),
    grants(roles),
    reportingSchema(central, roles),
  ].join('\n');
}

/**
 * Functions go with the triggers and policies that use them; the tables keep their rows. Afterwards their owner sees the
 * rows of every organization, and no view holds on to a column.
 */
const DROP_DERIVED = `
drop schema if exists reporting cascade;
do $$ declare f regprocedure; begin
  for f in select oid::regprocedure from pg_proc where pronamespace = 'sync'::regnamespace
  loop execute format('drop function if exists %s cascade', f); end loop;
end $$;
do $$ declare t regclass; begin
  for t in select oid::regclass from pg_class where relnamespace = 'public'::regnamespace and relforcerowsecurity
  loop execute format('alter table %s no force row level security', t); end loop;
end $$;
update sync.server set fingerprint = null;
`;

export async function dropDerived(client: Client): Promise<void> {
  const { rowCount } = await client.query("select 1 from pg_namespace where nspname = 'sync'");
  if (rowCount) await client.query(DROP_DERIVED);
}

/** Steps of the schema: the one of this centre, and the oldest whose programs it still exchanges with. */
export interface SpokenVersions {
  readonly newest: number;
  readonly oldest: number;
}

/** Builds triggers, row security, functions and views again when their text has changed. Answers whether it did. */
export async function rebuildDerived(
  client: Client,
  tables: readonly AnyTable[],
  roles: CentreRoles,
  versions: SpokenVersions,
  permissions: CommandPermissions,
): Promise<boolean> {
  await client.query(SYNC_TABLES);
  const sql = derivedSql(tables, roles, permissions);
  const { newest, oldest } = versions;
  const fingerprint = createHash('sha256').update(`${oldest} ${newest} ${sql}`).digest('hex');
  const { rowCount } = await client.query('select 1 from sync.server where fingerprint = $1', [fingerprint]);
  if (rowCount) return false;
  await dropDerived(client);
  await client.query(sql);
  await client.query(
    `insert into sync.server (epoch, schema_version, min_push_version, min_pull_version, fingerprint) values (1, $1, $2, $2, $3)
     on conflict (one) do update set schema_version = $1, min_push_version = $2, min_pull_version = $2, fingerprint = $3`,
    [newest, oldest, fingerprint],
  );
  return true;
}

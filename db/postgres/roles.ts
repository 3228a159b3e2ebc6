import type { Client } from 'pg';

/** Roles are global to a server, databases are many: every role of a centre carries its database's name. */
export interface CentreRoles {
  /** Owns tables and functions; neither superuser nor above row security. Operators are members. */
  owner: string;
  /** What every workstation's login may do: call the functions of the protocol. */
  station: string;
  /** What every reporting login may do: read the views of its organization. */
  reporting: string;
}
export const rolesOf = (database: string): CentreRoles => ({
  owner: `${database}_owner`,
  station: `${database}_station`,
  reporting: `${database}_reporting`,
});
export const quoted = (name: string): string => `"${name.replaceAll('"', '""')}"`;
export const literal = (value: string): string => `'${value.replaceAll("'", "''")}'`;

export async function databaseOf(client: Client): Promise<string> {
  const { rows } = await client.query<{ name: string }>('select current_database() as name');
  return rows[0]?.name ?? '';
}

/** Makes the roles and closes the database to everyone else. The operator owns the database and may create roles. */
export async function prepareRoles(client: Client, database: string): Promise<CentreRoles> {
  const roles = rolesOf(database);
  for (const role of Object.values(roles)) {
    const { rowCount } = await client.query('select 1 from pg_roles where rolname = $1', [role]);
    if (rowCount === 0) await client.query(`create role ${quoted(role)} nologin`);
  }
  const [owner, station, reporting] = [roles.owner, roles.station, roles.reporting].map(quoted);
  const { rows } = await client.query<{ is_super: boolean }>(
    'select rolsuper as is_super from pg_roles where rolname = current_user',
  );
  if (!rows[0]?.is_super) await client.query(`grant ${owner} to current_user`);
  await client.query(`
    revoke all on database ${quoted(database)} from public;
    grant connect on database ${quoted(database)} to ${station}, ${reporting};
    grant connect, create on database ${quoted(database)} to ${owner};
    revoke all on schema public from public;
    grant usage, create on schema public to ${owner}`);
  if (rows[0]?.is_super) await client.query(CLOSED_FUNCTIONS);
  return roles;
}

/** A login with nothing but CONNECT could still hold locks and connections with these. Only a superuser can close them. */
const CLOSED_FUNCTIONS = `
do $$ declare f regprocedure; begin
  for f in select oid::regprocedure from pg_proc
    where pronamespace = 'pg_catalog'::regnamespace and proname ~ '^(pg_sleep|pg_advisory_|pg_try_advisory_|lo_|lowrite|loread)'
  loop execute format('revoke execute on function %s from public', f); end loop;
end $$`;

import { randomBytes } from 'node:crypto';
import path from 'node:path';
import type { Client } from 'pg';
import { migratePostgres } from '../../../db/postgres/migrate.ts';
import { databaseOf, literal, quoted, rolesOf } from '../../../db/postgres/roles.ts';
import { schema } from '../../../db/schema/index.ts';
import { readMigrations } from '../../../db/sqlite/migrate.ts';
import { contract } from '../../../preload/contract/index.ts';
import type { Contract } from '../../../preload/contract/rpc.ts';
import { refuse } from '../../rpc/refusal.ts';
import { scramVerifier } from '../enrolment.ts';

/** What an operator does at the centre: a person with a database login that owns the database and may create roles. */
export async function migrateCentre(client: Client, migrations_folder: string): Promise<number> {
  return migratePostgres(
    client,
    readMigrations(path.join(migrations_folder, 'postgres')),
    Object.values(schema),
    permissionsOf(contract),
  );
}
/** Stations whose program is of before the oldest step that this centre still exchanges with: they work on and wait for their update. */
export async function stationsToUpdate(
  client: Client,
): Promise<{ organization: string; station: string; schema_version: number | null }[]> {
  const { rows } = await client.query(
    `select s.org_code as organization, d.station_code as station, k.schema_version
     from sync.devices d join sync.streams s on s.stream = d.organization_id
       join sync.clients k on k.role_name = d.role_name and k.state = 'active'
     where d.kind = 'station' and d.state = 'active' and k.schema_version < (select min_pull_version from sync.server)
     order by 1, 2`,
  );
  return rows;
}
/** What each command asks of a person: the centre checks it again when a command arrives. */
const permissionsOf = (of: Contract): Record<string, string> =>
  Object.fromEntries(
    Object.entries(of).flatMap(([module, procedures]) =>
      Object.entries(procedures).flatMap(([name, { kind, allow }]) =>
        kind === 'query' ? [] : [[`${module}.${name}`, allow]],
      ),
    ),
  );

/** Runs as an operator acting for an organization, and for one of its stations when named. All or nothing. */
export async function actingFor<T>(
  client: Client,
  organization_id: number,
  station_code: string | null,
  work: () => Promise<T>,
): Promise<T> {
  await client.query(
    "select set_config('app.current_organization_id', $1, false), set_config('app.station', $2, false)",
    [String(organization_id), station_code ?? ''],
  );
  try {
    return await work();
  } finally {
    await client.query(
      "select set_config('app.current_organization_id', '', false), set_config('app.station', '', false)",
    );
  }
}

export async function organizationNamed(client: Client, org_code: string): Promise<number> {
  const { rows } = await client.query<{ stream: number }>(
    'select stream from sync.streams where org_code = $1',
    [org_code],
  );
  return rows[0]?.stream ?? refuse('organization_unknown', { organization: org_code });
}

export const newPassword = (): string => randomBytes(30).toString('base64url');

/** Without the interval a backend whose station is gone keeps its locks while the station already tries again. */
const SETTINGS = {
  statement_timeout: '120s',
  lock_timeout: '5s',
  idle_in_transaction_session_timeout: '10s',
  client_connection_check_interval: '2s',
};

/** Reports read, and none of them holds the centre up. */
const REPORTING_SETTINGS = {
  ...SETTINGS,
  statement_timeout: '30s',
  default_transaction_read_only: 'on',
};

interface NewLogin {
  role: string;
  password: string;
}
async function createLogin(
  client: Client,
  role: string,
  group: string,
  settings: Record<string, string> = SETTINGS,
): Promise<NewLogin> {
  const password = newPassword();
  await client.query(
    `create role ${quoted(role)} login connection limit 3 in role ${quoted(group)} password ${literal(scramVerifier(password))}`,
  );
  for (const [name, value] of Object.entries(settings))
    await client.query(`alter role ${quoted(role)} set ${name} = '${value}'`);
  return { role, password };
}

export interface StationToEnrol {
  organization_id: number;
  station_code: string;
  plant_ids: string[] | null;
  valid_days: number;
}
/** A login of its own for one workstation. Refuses `station_code_invalid`, `station_exists`. */
export async function enrolStation(client: Client, station: StationToEnrol): Promise<NewLogin> {
  const { organization_id, station_code, plant_ids, valid_days } = station;
  if (!/^[A-Za-z0-9][A-Za-z0-9_-]{0,29}$/.test(station_code))
    return refuse('station_code_invalid', { station: station_code });
  const database = await databaseOf(client);
  const role = `${database}_st_${organization_id}_${station_code.toLowerCase()}`;
  if (role.length > 63) return refuse('station_code_invalid', { station: station_code });
  return atomically(client, async () => {
    const { rowCount } = await client.query(
      'select 1 from sync.devices where organization_id = $1 and lower(station_code) = lower($2)',
      [organization_id, station_code],
    );
    if (rowCount) return refuse('station_exists', { station: station_code });
    // A database of this name that was dropped may have left its logins.
    await client.query(`drop role if exists ${quoted(role)}`);
    const login = await createLogin(client, role, rolesOf(database).station);
    await client.query(
      "insert into sync.devices (role_name, organization_id, kind, station_code, plant_ids, state, invited_until) values ($1, $2, 'station', $3, $4, 'invited', now() + make_interval(days => $5))",
      [role, organization_id, station_code, plant_ids, valid_days],
    );
    return login;
  });
}

/** A login that reads the views of one organization and nothing else. */
export async function createReporter(
  client: Client,
  organization_id: number,
  name: string,
): Promise<NewLogin> {
  if (!/^[a-z0-9][a-z0-9_]{0,29}$/.test(name)) return refuse('station_code_invalid', { station: name });
  const database = await databaseOf(client);
  const role = `${database}_rp_${organization_id}_${name}`;
  return atomically(client, async () => {
    const { rowCount } = await client.query(
      'select 1 from sync.devices where organization_id = $1 and station_code = $2',
      [organization_id, `report:${name}`],
    );
    if (rowCount) return refuse('station_exists', { station: name });
    await client.query(`drop role if exists ${quoted(role)}`);
    const login = await createLogin(client, role, rolesOf(database).reporting, REPORTING_SETTINGS);
    await client.query(
      "insert into sync.devices (role_name, organization_id, kind, station_code, state) values ($1, $2, 'reporting', $3, 'active')",
      [role, organization_id, `report:${name}`],
    );
    return login;
  });
}

async function roleOf(client: Client, organization_id: number, station_code: string): Promise<string> {
  const { rows } = await client.query<{ role_name: string }>(
    "select role_name from sync.devices where organization_id = $1 and kind <> 'centre' and lower(station_code) = lower($2)",
    [organization_id, station_code],
  );
  return rows[0]?.role_name ?? refuse('station_unknown', { station: station_code });
}

/** Ends a station's access at once; what it has not sent can still come as an exported queue. */
export async function revokeStation(
  client: Client,
  organization_id: number,
  station_code: string,
): Promise<void> {
  const role = await roleOf(client, organization_id, station_code);
  await atomically(client, async () => {
    await client.query(`alter role ${quoted(role)} nologin`);
    await client.query("update sync.devices set state = 'revoked' where role_name = $1", [role]);
  });
  // Only a member of a role may end its sessions.
  await client.query(`grant ${quoted(role)} to current_user`);
  await client.query('select pg_terminate_backend(pid) from pg_stat_activity where usename = $1', [role]);
  await client.query(`revoke ${quoted(role)} from current_user`);
}

/** A new one-time code for a station: a lost code, a new computer, or one that was revoked. */
export async function rotateStation(
  client: Client,
  organization_id: number,
  station_code: string,
  valid_days: number,
): Promise<NewLogin> {
  const role = await roleOf(client, organization_id, station_code);
  const password = newPassword();
  await atomically(client, async () => {
    await client.query(`alter role ${quoted(role)} login password ${literal(scramVerifier(password))}`);
    await client.query(
      "update sync.devices set state = 'invited', invited_until = now() + make_interval(days => $2) where role_name = $1",
      [role, valid_days],
    );
  });
  return { role, password };
}

export async function atomically<T>(client: Client, work: () => Promise<T>): Promise<T> {
  await client.query('begin');
  try {
    const value = await work();
    await client.query('commit');
    return value;
  } catch (error) {
    await client.query('rollback');
    throw error;
  }
}

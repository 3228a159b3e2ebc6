import { rmSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { Client } from 'pg';
import { inject, onTestFinished } from 'vitest';
import type { AnyTable } from '../../../db/kit/define-table.ts';
import { schema } from '../../../db/schema/index.ts';
import { file_uploads } from '../../../db/schema/infrastructure.ts';
import { type ComposeOptions, compose, type Station } from '../../../main/compose.ts';
import { createFileStore } from '../../../main/platform/file-store.ts';
import { silentLog } from '../../../main/platform/log.ts';
import { enrolStation, migrateCentre, rotateStation } from '../../../main/replication/central/operator.ts';
import { peopleFor, temporaryFolder, testClock } from '../../support/station.ts';

const MIGRATIONS = path.resolve(import.meta.dirname, '../../../db/migrations');
let made = 0;
export const noProgress = (): void => undefined;

/** A centre of its own on the server of the test run, with one organization. */
export async function testCentre(
  url = inject('pgUrl'),
  prepare = (operator: Client) => migrateCentre(operator, MIGRATIONS),
) {
  const server = new Client({ connectionString: url });
  await server.connect();
  const database = `stations_${process.pid}_${++made}`;
  await server.query(`drop database if exists ${database}`);
  await server.query(`create database ${database}`);
  await server.end();
  const target = new URL(url);
  target.pathname = `/${database}`;
  const operator = new Client({ connectionString: target.href });
  operator.on('error', () => undefined);
  await operator.connect();
  onTestFinished(() => operator.end().catch(() => undefined));
  await prepare(operator);
  const { rows } = await operator.query<{ n: number }>(
    "select sync.create_organization('ACME', 'Acme') as n",
  );
  const organization_id = rows[0]?.n ?? 0;
  const codeOf = ({ role, password }: Awaited<ReturnType<typeof enrolStation>>, port: number): string => {
    const content = {
      host: '127.0.0.1',
      port,
      database,
      user: role,
      password,
      tls: 'off',
      expires_at_ms: Date.UTC(2030, 0, 1),
    };
    return `MW1.${Buffer.from(JSON.stringify(content)).toString('base64url')}`;
  };
  const actAsOrganization = () =>
    operator.query("select set_config('app.current_organization_id', $1, false)", [String(organization_id)]);
  return {
    operator,
    actAsOrganization,
    organization_id,
    database,
    server_url: url,
    /** An enrolment code that leads to this centre, or to a proxy before it. */
    async code(station_code: string, port = Number(target.port)): Promise<string> {
      const login = await enrolStation(operator, {
        organization_id,
        station_code,
        plant_ids: null,
        valid_days: 7,
      });
      return codeOf(login, port);
    },
    /** A new code for a station that has been enrolled before. */
    async codeAgain(station_code: string, port = Number(target.port)): Promise<string> {
      return codeOf(await rotateStation(operator, organization_id, station_code, 7), port);
    },
    /** Rows of a table as the operator sees them for the organization. */
    async rows(table: string): Promise<Record<string, unknown>[]> {
      await actAsOrganization();
      const { rows: found } = await operator.query(`select * from public.${table} order by id`);
      return found;
    },
  };
}
export type TestCentre = Awaited<ReturnType<typeof testCentre>>;

/** A real station that exchanges only when asked to. */
export function offlineStation(options: Partial<ComposeOptions> = {}) {
  const clock = testClock(Date.now());
  const folder = options.data_folder ?? temporaryFolder();
  let station = open();
  function open(): Station {
    return compose({
      data_folder: folder,
      clock,
      log: silentLog,
      check_outputs: true,
      replicates_by_itself: false,
      ...options,
    });
  }
  onTestFinished(async () => {
    await station.close().catch(() => undefined);
    rmSync(folder, { recursive: true, force: true });
  });
  return {
    clock,
    folder,
    get station(): Station {
      return station;
    },
    sync: () => station.replication.syncNow(),
    async reopen(): Promise<void> {
      await station.close();
      station = open();
    },
  };
}
export type OfflineStation = ReturnType<typeof offlineStation>;

/** A file of the station, its bytes in the store and its row written; answers its SHA-256. */
export async function addFile(
  { station, folder }: OfflineStation,
  content: string | Buffer,
): Promise<string> {
  const source = path.join(folder, 'drawing.bin');
  writeFileSync(source, content);
  const { sha256, size_bytes } = await createFileStore(station.folders.files).adopt(source);
  station.asSystem('test.file', ctx =>
    ctx.insert(file_uploads, {
      original_name: 'drawing.bin',
      file_size_bytes: size_bytes,
      mime_type: 'application/octet-stream',
      file_extension: 'bin',
      sha256,
    }),
  );
  return sha256;
}

/** A station with a few people that brought its rows to the centre, and others that started from there. */
export async function joinedStations(centre: TestCentre, count: number): Promise<OfflineStation[]> {
  const first = offlineStation();
  peopleFor(first.station, ['ORG_ADMIN', 'PLANNER']);
  await first.station.replication.join(await centre.code('K1'), true, noProgress);
  const others: OfflineStation[] = [];
  for (let n = 2; n <= count; n++) {
    const other = offlineStation();
    await other.station.replication.join(await centre.code(`K${n}`), false, noProgress);
    others.push(other);
  }
  return [first, ...others];
}

export const replicated: AnyTable[] = Object.values<AnyTable>(schema).filter(
  def => def.sync.kind !== 'local_only',
);
/** Every replicated row of a station, by table and id, in one text each: what two stations must agree on. */
export function rowsOf({ station }: OfflineStation, tables = replicated): Map<string, string> {
  return station.readAsSystem(ctx => {
    const all = new Map<string, string>();
    for (const def of tables.filter(d => d.name !== 'audit_logs')) {
      const columns = Object.entries(def.columns as Record<string, { kind: string }>);
      for (const row of ctx.sql.all<Record<string, unknown>>(`select * from "${def.name}"`))
        all.set(
          `${def.name} ${String(row.id)}`,
          JSON.stringify(
            columns.map(([key, c]) =>
              c.kind === 'json' && row[key] !== null ? sorted(JSON.parse(String(row[key]))) : row[key],
            ),
          ),
        );
    }
    return all;
  });
}
function sorted(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(sorted);
  if (value === null || typeof value !== 'object') return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([a], [b]) => (a < b ? -1 : 1))
      .map(([key, v]) => [key, sorted(v)]),
  );
}
/** What differs, and what the centre sent that a station cannot read, in words; empty when both hold the same rows. */
export function differences(a: OfflineStation, b: OfflineStation): string[] {
  const [left, right] = [rowsOf(a), rowsOf(b)];
  const differing = [...new Set([...left.keys(), ...right.keys()])]
    .filter(key => left.get(key) !== right.get(key))
    .map(key => `${key}\n  ${left.get(key) ?? '-'}\n  ${right.get(key) ?? '-'}`);
  return [...differing, ...unreadable(a), ...unreadable(b)];
}
const unreadable = ({ station }: OfflineStation): string[] =>
  station
    .readAsSystem(ctx =>
      ctx.sql.all<{ table_name: string; reason: string }>('select table_name, reason from sync_refused_rows'),
    )
    .map(({ table_name, reason }) => `${table_name} cannot be read: ${reason}`);
/** Exchanges until nobody has anything left to send or to fetch. */
export async function untilQuiet(stations: readonly OfflineStation[]): Promise<void> {
  for (let round = 0; round < 2; round++) for (const s of stations) await s.sync();
}

import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { compose, isBuilt, programFolders } from '../compose.ts';
import { dataFolder } from '../platform/data-folder.ts';
import { silentLog } from '../platform/log.ts';
import { asOperator } from '../replication/central/connection.ts';
import { freePort, isRoot, startLocalPostgres } from '../replication/central/local-postgres.ts';
import { maintainCentre } from '../replication/central/maintenance.ts';
import { enrolStation, migrateCentre, newPassword, rotateStation } from '../replication/central/operator.ts';
import { createDemoOrganization } from './centre-seeds.ts';
import { codeFor } from './enrolment-code.ts';

const DATABASE = 'millwright';
const STATIONS = ['DESK1', 'DESK2'];
const VALID_DAYS = 7;
const held = z.object({ port: z.int(), password: z.string() });

/** Port and password of the demonstration's server: chosen once, kept beside its data. */
async function settingsOf(folder: string): Promise<z.output<typeof held>> {
  const file = path.join(folder, 'operator.json');
  if (existsSync(file)) return held.parse(JSON.parse(readFileSync(file, 'utf8')));
  const chosen = { port: await freePort(), password: newPassword() };
  mkdirSync(folder, { recursive: true });
  writeFileSync(file, JSON.stringify(chosen), { mode: 0o600 });
  return chosen;
}

/** A PostgreSQL, an organization with the shipped plant and two codes to join it: a centre to try things on, until Ctrl+C. */
export async function demoCentre(
  given: { folder?: string | undefined; stations: boolean },
  tell: (message: string) => void,
  print: (value: unknown) => void,
): Promise<void> {
  // "nobody", who runs the server for root, cannot enter root's home.
  const folder = path.resolve(
    given.folder ?? (isRoot ? '/var/tmp/millwright-centre' : `${dataFolder(undefined)}-centre`),
  );
  const { port, password } = await settingsOf(folder);
  tell(`Starting PostgreSQL in ${folder} …`);
  const server = await startLocalPostgres(folder, port, password);
  const running: ChildProcess[] = [];
  // As at a station alone: Enter asks for new addresses.
  const lines = createInterface({ input: process.stdin });
  lines.on('line', () => {
    for (const station of running) station.stdin?.write('\n');
  });
  const stopped = new Promise<void>(resolve => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve());
  });
  try {
    const access = (database: string) => ({
      url: `postgres://operator:${encodeURIComponent(password)}@127.0.0.1:${port}/${database}`,
    });
    await asOperator(access('postgres'), async client => {
      const { rowCount } = await client.query('select 1 from pg_database where datname = $1', [DATABASE]);
      if (!rowCount) await client.query(`create database ${DATABASE}`);
    });
    const { codes, organization } = await asOperator(access(DATABASE), async client => {
      await migrateCentre(client, programFolders().migrations);
      // Nobody schedules the maintenance of a demonstration.
      await maintainCentre(client);
      tell('Looking for the demo organization …');
      const { rows: held } = await client.query<{ stream: number }>('select stream from sync.streams');
      const organization_id = held[0]?.stream ?? (await createDemoOrganization(client));
      const { rows } = await client.query<{ station_code: string; state: string }>(
        "select station_code, state from sync.devices where organization_id = $1 and kind = 'station'",
        [organization_id],
      );
      const made: Record<string, string> = {};
      const address = { host: '127.0.0.1', port, database: DATABASE, tls: 'off' as const };
      // A new code would shut out a station that has joined with the last one.
      const inUse = new Set(rows.filter(r => r.state === 'active').map(r => r.station_code));
      for (const station_code of STATIONS.filter(code => !inUse.has(code))) {
        const login = rows.some(r => r.station_code === station_code)
          ? await rotateStation(client, organization_id, station_code, VALID_DAYS)
          : await enrolStation(client, {
              organization_id,
              station_code,
              plant_ids: null,
              valid_days: VALID_DAYS,
            });
        made[station_code] = codeFor(address, login, VALID_DAYS);
      }
      const { rows: named } = await client.query<{ org_code: string }>(
        'select org_code from sync.streams where stream = $1',
        [organization_id],
      );
      return { codes: made, organization: named[0]?.org_code };
    });
    if (given.stations)
      for (const code of STATIONS) running.push(await startStation(folder, code, codes[code], tell));
    // With its password, as the commands of the operator want it: this centre serves this computer alone.
    print({
      ...access(DATABASE),
      organization,
      ...(!given.stations && { codes }),
    });
    tell('Ctrl+C stops it; the data stays.');
    await stopped;
  } finally {
    lines.close();
    for (const station of running) station.kill('SIGTERM');
    await server.stop();
  }
}

const stationFolder = (folder: string, code: string): string => path.join(folder, code.toLowerCase());
/** A station in browser mode that has joined already. */
async function startStation(
  folder: string,
  station_code: string,
  code: string | undefined,
  tell: (message: string) => void,
): Promise<ChildProcess> {
  const own = stationFolder(folder, station_code);
  if (code !== undefined) {
    tell(`${station_code} joins …`);
    const station = compose({ data_folder: own, log: silentLog });
    try {
      const { replication } = station;
      // One that was revoked belongs to the centre already, and what waits there is kept.
      if (replication.status().centre) await replication.renew(code, () => undefined);
      else await replication.join(code, false, () => undefined);
    } finally {
      await station.close();
    }
  }
  if (!isBuilt(programFolders())) tell('The pages of the program are not built yet: npm run build.');
  const station = spawn(
    process.execPath,
    [path.join(import.meta.dirname, '../browser/index.ts'), '--data', own, '--no-demo', '--no-open'],
    { stdio: ['pipe', 'pipe', 'inherit'] },
  );
  createInterface({ input: station.stdout }).on('line', line => tell(`${station_code}: ${line}`));
  return station;
}

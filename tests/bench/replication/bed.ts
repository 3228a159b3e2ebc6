import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { Client } from 'pg';
import { tools } from '../../../db/schema/production.ts';
import { compose, type Station } from '../../../main/compose.ts';
import { silentLog } from '../../../main/platform/log.ts';
import { enrolStation, migrateCentre } from '../../../main/replication/central/operator.ts';
import type { CentreAccess } from '../../../main/replication/centre.ts';
import { createPostgres, DURABLE } from '../../support/postgres-server.ts';
import { TOOL_NAMES } from '../peers/rows.ts';

const DATABASE = 'bench';
/** As PostgreSQL is shipped; the servers of the tests have less. */
const SERVER_MEMORY = 'shared_buffers=128MB';
export const TOOL_COLUMNS =
  'id, organization_id, tool_name, tool_names, description, category, is_active, row_version, created_at_ms, created_by, updated_at_ms, updated_by';

/** A centre with durable commits and one organization, and a folder for stations. */
export async function openBed(settings: readonly string[] = []) {
  const folder = mkdtempSync(path.join(tmpdir(), 'millwright-bench-'));
  const stations: Station[] = [];
  const server = await createPostgres([...DURABLE, SERVER_MEMORY, ...settings]);
  await server.start();
  const first = new Client({ connectionString: server.url() });
  await first.connect();
  await first.query(`create database ${DATABASE}`);
  await first.end();
  const url = server.url(DATABASE);
  const centre = new Client({ connectionString: url });
  await centre.connect();
  await migrateCentre(centre, path.resolve('db/migrations'));

  async function organization(org_code: string): Promise<number> {
    const { rows } = await centre.query<{ n: number }>('select sync.create_organization($1, $1) as n', [
      org_code,
    ]);
    return rows[0]?.n ?? 0;
  }
  const organization_id = await organization('BENCH');

  async function access(station_code: string, of = organization_id): Promise<CentreAccess> {
    const { role, password } = await enrolStation(centre, {
      organization_id: of,
      station_code,
      plant_ids: null,
      valid_days: 1,
    });
    return { host: '127.0.0.1', port: server.port, database: DATABASE, user: role, password, tls: 'off' };
  }
  return {
    folder,
    server,
    url,
    /** An operator who acts for the organization of the bench. */
    centre,
    organization_id,
    organization,
    access,
    async enrolmentCode(station_code: string): Promise<string> {
      const code = { ...(await access(station_code)), expires_at_ms: Date.now() + 3_600_000 };
      return `MW1.${Buffer.from(JSON.stringify(code)).toString('base64url')}`;
    },
    station(name: string, replicates_by_itself = false): Station {
      const made = compose({
        data_folder: path.join(folder, name),
        log: silentLog,
        replicates_by_itself,
        chance: () => 0.1,
      });
      stations.push(made);
      return made;
    },
    async closeStations(): Promise<void> {
      for (const station of stations.splice(0)) await station.close();
    },
    async asOrganization(id = organization_id): Promise<void> {
      await centre.query("select set_config('app.current_organization_id', $1, false)", [String(id)]);
    },
    async remove(): Promise<void> {
      for (const station of stations.splice(0)) await station.close().catch(() => undefined);
      await centre.end().catch(() => undefined);
      await server.remove();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
export type Bed = Awaited<ReturnType<typeof openBed>>;

export const addTool = (station: Station, n: number, prefix: string) =>
  station.asSystem('bench.tool', ctx =>
    ctx.insert(tools, {
      tool_name: `${prefix} ${n}`,
      tool_names: TOOL_NAMES,
      description: 'A tool of the bench',
      category: 'HAND',
    }),
  );
/** Rows written at the centre by hand, as an operator's import would. */
export async function addToolsAtCentre({ centre, organization_id }: Bed, rows: number): Promise<void> {
  for (let from = 0; from < rows; from += 10_000)
    await centre.query(
      `insert into public.tools (${TOOL_COLUMNS})
       select gen_random_uuid(), $1, 'bulk ' || n, '${JSON.stringify(TOOL_NAMES)}', 'A tool of the bench', 'HAND', true, 1, 1, gen_random_uuid(), 1, gen_random_uuid()
       from generate_series($2::int, $3::int) n`,
      [organization_id, from + 1, Math.min(rows, from + 10_000)],
    );
}

export const quantile = (values: readonly number[], q: number): number =>
  values.toSorted((a, b) => a - b)[Math.min(values.length - 1, Math.floor(values.length * q))] ?? 0;
export const secondsOf = async (work: () => unknown): Promise<number> => {
  const from = performance.now();
  await work();
  return (performance.now() - from) / 1000;
};
export interface Turns {
  /** Longest time between two turns of this thread's event loop, in ms. */
  longest_ms: number;
  /** The same as time this thread worked: what it would be on a machine with nothing else to do. */
  longest_work_ms: number;
}
/** Watches the turns of this thread until it is told to stop. */
export function watchTurns(): () => Turns {
  const every_ms = 2;
  const worked = (): number => {
    const { user, system } = process.threadCpuUsage();
    return (user + system) / 1000;
  };
  const turns: Turns = { longest_ms: 0, longest_work_ms: 0 };
  let last = { at: performance.now(), worked: worked() };
  const endTurn = () => {
    const now = { at: performance.now(), worked: worked() };
    turns.longest_ms = Math.max(turns.longest_ms, now.at - last.at - every_ms);
    turns.longest_work_ms = Math.max(turns.longest_work_ms, now.worked - last.worked);
    last = now;
  };
  const watch = setInterval(endTurn, every_ms);
  return () => {
    clearInterval(watch);
    // What never gave the thread away was one turn.
    endTurn();
    return turns;
  };
}
export async function turnsDuring(work: () => Promise<unknown>): Promise<Turns> {
  const stop = watchTurns();
  await work().catch(error => {
    stop();
    throw error;
  });
  return stop();
}

import { type Client, DatabaseError } from 'pg';
import { centralTables } from '../../../db/postgres/migrate.ts';
import { keepSeries, type SeriesFacts, seriesFacts } from '../../../db/postgres/partition-upkeep.ts';
import { centreClock, timeSeries } from '../../../db/postgres/partitions.ts';
import { databaseOf } from '../../../db/postgres/roles.ts';
import { schema } from '../../../db/schema/index.ts';
import { atomically } from './operator.ts';

const SERIES = timeSeries(centralTables(Object.values(schema)));
const LOCK_NOT_AVAILABLE = '55P03';

/** What an operator's scheduler does daily: the histories of the organizations first, then the partitions. Rows past keeping go only when it says so. */
export async function maintainCentre(client: Client, drops_past = false) {
  const { rows } = await client.query('select sync.maintain() as facts');
  const [database, now_ms] = [await databaseOf(client), await centreClock(client)];
  const time_series = [];
  for (const def of SERIES) {
    const kept = await atomically(client, () => keepSeries(client, database, def, now_ms, drops_past)).catch(
      unlessBusy,
    );
    time_series.push({ table: def.name, ...kept });
  }
  return { organizations: rows[0]?.facts, time_series };
}
/** Somebody reads the table for long: partitions are made two intervals ahead, so the next run is early enough. */
function unlessBusy(error: unknown): { is_busy: true } {
  if (error instanceof DatabaseError && error.code === LOCK_NOT_AVAILABLE) return { is_busy: true };
  throw error;
}

export async function centreSeries(client: Client): Promise<SeriesFacts[]> {
  const now_ms = await centreClock(client);
  const facts = [];
  for (const def of SERIES) facts.push(await seriesFacts(client, def, now_ms));
  return facts;
}

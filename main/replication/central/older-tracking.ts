import { createHash } from 'node:crypto';
import { Client } from 'pg';
import { OLDER_MAY_BE_ABSENT, type OlderTable } from '../../../preload/contract/older-tracking.ts';
import type { OlderSource } from '../../modules/tracking/older-source.rules.ts';
import { parseUrl, tlsFor } from './connection.ts';

const PIECE = 2000;
const KEYS: Record<OlderTable, string> = {
  departments: 'id',
  work_centers: 'id',
  workcenter_department: 'workcenter_id, department_id',
  users: 'id',
  production_orders: 'id',
  production_orders_archive: 'id',
};

/** Reads an older tracking database in one snapshot that writes nothing, in pieces. */
export async function withOlderDatabase<T>(
  url: string,
  work: (source: OlderSource) => Promise<T>,
): Promise<T> {
  const target = parseUrl(url);
  const tls = tlsFor(target.hostname, undefined);
  const client = new Client({
    connectionString: target.href,
    application_name: 'millwright tracking import',
    connectionTimeoutMillis: 10_000,
    ssl: tls === 'off' ? false : { servername: target.hostname, rejectUnauthorized: true },
  });
  client.on('error', () => undefined);
  await client.connect();
  try {
    await client.query("set timezone to 'UTC'");
    await client.query('begin transaction isolation level repeatable read, read only');
    const where = `${target.hostname}${target.pathname}`;
    return await work({
      name: `postgres ${createHash('sha256').update(where).digest('hex').slice(0, 12)}`,
      async *rows(table) {
        if (OLDER_MAY_BE_ABSENT.includes(table)) {
          const { rows } = await client.query('select to_regclass($1) as found', [table]);
          if (rows[0]?.found === null) return;
        }
        await client.query(
          `declare piece no scroll cursor for select to_jsonb(s) as row from ${table} s order by ${KEYS[table]}`,
        );
        for (;;) {
          const { rows } = await client.query<{ row: Record<string, unknown> }>(`fetch ${PIECE} from piece`);
          if (rows.length === 0) break;
          yield rows.map(({ row }) => row);
        }
        await client.query('close piece');
      },
    });
  } finally {
    await client.end().catch(() => undefined);
  }
}

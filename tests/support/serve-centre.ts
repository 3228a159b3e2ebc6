/**
 * `node tests/support/serve-centre.ts STATION...`: a centre on a PostgreSQL of its own behind a line that can be cut.
 * Writes the enrolment codes as one line of JSON, then obeys `unplug`, `heal` and `import FILE ANSWER`; ends with its input.
 */
import path from 'node:path';
import { createInterface } from 'node:readline';
import { Client } from 'pg';
import { enrolStation, migrateCentre } from '../../main/replication/central/operator.ts';
import { importQueue } from '../../main/replication/central/queue-import.ts';
import { openProxy } from '../replication/support/proxy.ts';
import { createPostgres, THROW_AWAY } from './postgres-server.ts';

const postgres = await createPostgres(THROW_AWAY);
await postgres.start();
const proxy = await openProxy(postgres.port);
const database = 'postgres';
const operator = new Client({ connectionString: postgres.url(database) });
await operator.connect();
await migrateCentre(operator, path.resolve(import.meta.dirname, '../../db/migrations'));
const made = await operator.query<{ n: number }>(
  "select sync.create_organization('TORVAN', 'Torvan Medical') as n",
);
const codes: Record<string, string> = {};
for (const station_code of process.argv.slice(2)) {
  const { role, password } = await enrolStation(operator, {
    organization_id: made.rows[0]?.n ?? 0,
    station_code,
    plant_ids: null,
    valid_days: 1,
  });
  const content = {
    host: '127.0.0.1',
    port: proxy.port,
    database,
    user: role,
    password,
    tls: 'off',
    expires_at_ms: Date.now() + 3_600_000,
  };
  codes[station_code] = `MW1.${Buffer.from(JSON.stringify(content)).toString('base64url')}`;
}
process.stdout.write(`${JSON.stringify(codes)}\n`);

for await (const word of createInterface({ input: process.stdin })) {
  if (word === 'unplug') proxy.unplug();
  if (word === 'heal') proxy.heal();
  const [order, queue, answer] = word.split(' ');
  if (order === 'import' && queue && answer) await importQueue(operator, queue, answer);
  process.stdout.write(`${word}\n`);
}
await operator.end();
await proxy.close();
await postgres.remove();

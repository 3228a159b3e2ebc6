/**
 * `npm run bench:replication [-- --rows N --stations N] [NAME …]`: speeds of replication against floors measured in the same run, on
 * a real PostgreSQL with durable commits. Limits are those of docs/replication.md; names choose among the parts below.
 */
import { mkdirSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { type Figure, isMet, table } from './harness.ts';
import { arrivals, propagation } from './replication/arrivals.ts';
import { sealing } from './replication/centre.ts';
import { mixedDelta } from './replication/delta.ts';
import { fleet } from './replication/fleet.ts';
import { firstLoad } from './replication/load.ts';
import { peers } from './replication/peers.ts';
import { localCommands, push } from './replication/push.ts';
import { writers } from './replication/writers.ts';

const { values, positionals } = parseArgs({
  options: { rows: { type: 'string' }, stations: { type: 'string', default: '200' } },
  allowPositionals: true,
});
const rowsOr = (usual: number): number => (values.rows === undefined ? usual : Number(values.rows));
const say = (text: string) => process.stderr.write(`${text}\n`);
const parts: Record<string, () => Promise<Figure[]>> = {
  commands: localCommands,
  push,
  load: () => firstLoad(rowsOr(200_000)),
  arrivals: () => arrivals(rowsOr(100_000)),
  delta: mixedDelta,
  writers: () => writers(rowsOr(100_000)),
  propagation,
  sealing,
  peers,
  fleet: () => fleet(Number(values.stations)),
};

const figures: Figure[] = [];
for (const [name, measure] of Object.entries(parts)) {
  if (positionals.length > 0 && !positionals.includes(name)) continue;
  say(name);
  figures.push(...(await measure()));
}
process.stdout.write(`${table(figures)}\n`);
mkdirSync('out', { recursive: true });
writeFileSync(
  'out/bench-replication.json',
  JSON.stringify({ at: new Date().toISOString(), figures }, null, 2),
);
const missed = figures.filter(f => isMet(f) === false);
if (missed.length > 0) say(`targets missed: ${missed.map(f => f.work).join('; ')}`);

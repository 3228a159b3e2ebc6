import { statSync, writeFileSync } from 'node:fs';
import path from 'node:path';
import { monitorEventLoopDelay, performance } from 'node:perf_hooks';
import { openBench, signInBench } from './bench-station.ts';
import { peakMb } from './harness.ts';

/** In a process of its own, so that the peak is that of an export and nothing else. Prints one JSON line. */
const [folder = ''] = process.argv.slice(2);
const station = openBench(folder);
const session = signInBench(station);

const before_mb = process.memoryUsage().rss / 1024 / 1024;
const delay = monitorEventLoopDelay({ resolution: 1 });
delay.enable();
const from = performance.now();
const reply = await station.runJob(session, 'reporting.exportOrders', {});
const took_ms = performance.now() - from;
delay.disable();
if (!reply.ok) throw new Error(reply.error.code);
const { ticket, rows } = reply.value as { ticket: string; rows: number };
const peak_mb = peakMb();
const file = station.transfers.download(ticket)?.path ?? '';
/** Floor: the same rows read and written as JSON lines by this thread. */
const floorFrom = performance.now();
const text = station.readAsSystem(ctx => {
  const lines: string[] = [];
  const sql =
    'select o.*, u.full_name from orders o left join users u on u.id = o.created_by order by o.created_at_ms desc';
  for (const row of ctx.sql.iterate<Record<string, unknown>>(sql)) lines.push(JSON.stringify(row));
  return lines.join('\n');
});
writeFileSync(path.join(folder, 'floor.jsonl'), text);
const floor_ms = performance.now() - floorFrom;

process.stdout.write(
  `${JSON.stringify({
    rows,
    took_ms,
    floor_ms,
    before_mb,
    peak_mb,
    longest_pause_ms: delay.max / 1e6,
    file_mb: statSync(file).size / 1024 / 1024,
  })}\n`,
);
await station.close();

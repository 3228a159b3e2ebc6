import { parentPort, workerData } from 'node:worker_threads';
import { openWriter, registerFunctions } from '../../../db/sqlite/open.ts';

/** A replicator with a connection of its own: changes every row of a table in slices, as arriving rows would. */
const { file, slice_ms }: { file: string; slice_ms: number } = workerData;
const db = openWriter(file);
registerFunctions(db);
db.function('capture_change', { varargs: true }, () => null);
const ids = db.prepare<[], string>("select id from tools where tool_name like 'bulk %'").pluck().all();
const change = db.prepare("update tools set category = 'NEWER', row_version = row_version + 1 where id = ?");

const from = performance.now();
for (let at = 0; at < ids.length; ) {
  db.transaction(() => {
    const until = performance.now() + slice_ms;
    for (; at < ids.length && performance.now() < until; at++) change.run(ids[at]);
  }).immediate();
  // The lock is free for a moment, as between two turns of the event loop.
  await new Promise(resolve => setImmediate(resolve));
}
db.close();
parentPort?.postMessage({ rows_per_s: ids.length / ((performance.now() - from) / 1000) });

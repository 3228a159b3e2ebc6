// PouchDB on LevelDB at both clients and at its own server.
import path from 'node:path';
import PouchDB from 'pouchdb';
import { answer, arrivals, secondsOf, startServer, waitsOf } from './program.mjs';
import { toolRow } from './rows.ts';

const documentOf = ({ id, ...row }) => ({ _id: id, ...row });

await answer(async ({ folder, rows, rows_a_unit, batches, live }) => {
  const server = await startServer('pouchdb-server.mjs', path.join(folder, 'server'));
  const open = name => new PouchDB(path.join(folder, name));
  const one = open('one');
  for (let from = 0; from < rows; from += rows_a_unit)
    await one.bulkDocs(Array.from({ length: rows_a_unit }, (_, k) => documentOf(toolRow(from + k))));
  const push = [];
  const pull = [];
  for (const batch_size of batches) {
    const there = `${server.url}/tools-${batch_size}`;
    push.push({ batch: batch_size, took_s: await secondsOf(() => one.replicate.to(there, { batch_size })) });
    const two = open(`two-${batch_size}`);
    pull.push({
      batch: batch_size,
      took_s: await secondsOf(() => two.replicate.from(there, { batch_size })),
    });
    await two.close();
  }
  const there = `${server.url}/live`;
  const [sender, receiver] = [open('sender'), open('receiver')];
  const seen = arrivals();
  const running = [
    sender.replicate.to(there, { live: true }),
    receiver.replicate.from(there, { live: true }),
  ];
  const watch = receiver.changes({ live: true, since: 'now' }).on('change', ({ id }) => seen.came(id));
  const changes = Array.from({ length: live }, (_, n) => toolRow(rows + n));
  const waits_ms = await waitsOf(changes, row => sender.put(documentOf(row)), seen.at);
  watch.cancel();
  for (const replication of running) replication.cancel();
  await Promise.all([one, sender, receiver].map(db => db.close()));
  server.stop();
  return { push, pull, waits_ms, note: 'both ways, LevelDB without a flush of each batch' };
});

// RxDB with the storage that is free in Node (memory) and its replication protocol, against the plain server.
import path from 'node:path';
import { createRxDatabase } from 'rxdb';
import { replicateRxCollection } from 'rxdb/plugins/replication';
import { getRxStorageMemory } from 'rxdb/plugins/storage-memory';
import { Subject } from 'rxjs';
import { answer, arrivals, secondsOf, startServer, waitsOf } from './program.mjs';
import { rowClient } from './row-client.mjs';
import { toolRow } from './rows.ts';

const text = { type: 'string' };
const whole = { type: 'integer' };
const schema = {
  version: 0,
  primaryKey: 'id',
  type: 'object',
  properties: {
    id: { type: 'string', maxLength: 36 },
    organization_id: whole,
    tool_name: text,
    tool_names: { type: 'object', properties: { en: text, fr: text, es: text } },
    description: text,
    category: text,
    is_active: { type: 'boolean' },
    row_version: whole,
    created_at_ms: whole,
    created_by: text,
    updated_at_ms: whole,
    updated_by: text,
  },
};
let opened = 0;
async function openClient() {
  opened += 1;
  const db = await createRxDatabase({
    name: `client-${opened}`,
    storage: getRxStorageMemory(),
    multiInstance: false,
  });
  const { tools } = await db.addCollections({ tools: { schema } });
  return { db, tools };
}
const pushTo = (server, batchSize) => ({
  batchSize,
  handler: async changes => {
    const { conflicts } = await server.push(
      changes.map(c => ({ row: c.newDocumentState, assumed: c.assumedMasterState })),
    );
    return conflicts;
  },
});
const pullFrom = (server, batchSize) => ({
  batchSize,
  handler: async (checkpoint, limit) => {
    const { seq, rows } = await server.pull(checkpoint?.seq ?? 0, limit);
    return { documents: rows, checkpoint: { seq } };
  },
});
async function replicateOnce(collection, directions) {
  const replication = replicateRxCollection({
    collection,
    replicationIdentifier: 'bench',
    live: false,
    ...directions,
  });
  const failed = new Promise((_, reject) => replication.error$.subscribe(reject));
  await Promise.race([replication.awaitInitialReplication(), failed]);
}

await answer(async ({ folder, rows, rows_a_unit, batches, live }) => {
  const push = [];
  const pull = [];
  for (const batch of batches) {
    const started = await startServer('row-server.mjs', path.join(folder, `server-${batch}`));
    const server = rowClient(started.url);
    const one = await openClient();
    for (let from = 0; from < rows; from += rows_a_unit)
      await one.tools.bulkInsert(Array.from({ length: rows_a_unit }, (_, k) => toolRow(from + k)));
    push.push({
      batch,
      took_s: await secondsOf(() => replicateOnce(one.tools, { push: pushTo(server, batch) })),
    });
    await one.db.close();
    const two = await openClient();
    pull.push({
      batch,
      took_s: await secondsOf(() => replicateOnce(two.tools, { pull: pullFrom(server, batch) })),
    });
    const arrived = await two.tools.count().exec();
    if (arrived !== rows) throw new Error(`${arrived} of ${rows} rows arrived`);
    await two.db.close();
    server.end();
    started.stop();
  }
  return {
    push,
    pull,
    waits_ms: await liveWaits(folder, rows, live),
    note: 'both ways, clients in memory, server flushed',
  };
});

async function liveWaits(folder, rows, live) {
  const started = await startServer('row-server.mjs', path.join(folder, 'live'));
  const server = rowClient(started.url);
  const stream$ = new Subject();
  const stopListening = await server.listen(({ seq, rows: documents }) =>
    stream$.next({ documents, checkpoint: { seq } }),
  );
  const [sender, receiver] = [await openClient(), await openClient()];
  const common = { replicationIdentifier: 'live', live: true };
  const running = [
    replicateRxCollection({ collection: sender.tools, ...common, push: pushTo(server, 100) }),
    replicateRxCollection({
      collection: receiver.tools,
      ...common,
      pull: { ...pullFrom(server, 100), stream$ },
    }),
  ];
  await Promise.all(running.map(replication => replication.awaitInitialReplication()));
  const seen = arrivals();
  receiver.tools.insert$.subscribe(({ documentId }) => seen.came(documentId));
  const changes = Array.from({ length: live }, (_, n) => toolRow(rows + n));
  const waits = await waitsOf(changes, row => sender.tools.insert(row), seen.at);
  await Promise.all(running.map(replication => replication.cancel()));
  stopListening();
  await Promise.all([sender.db.close(), receiver.db.close()]);
  server.end();
  started.stop();
  return waits;
}

import { parentPort, workerData } from 'node:worker_threads';
import { openCheckpointer } from '../db/sqlite/open.ts';

const EVERY_MS = 50;
const db = openCheckpointer(String(workerData));
// PASSIVE waits for nobody and nobody waits for it.
function writeBack(is_asked: boolean): void {
  const [{ log, checkpointed }] = db.pragma('wal_checkpoint(PASSIVE)') as [
    { log: number; checkpointed: number },
  ];
  parentPort?.postMessage({ log, checkpointed, is_asked });
}
const beat = setInterval(() => writeBack(false), EVERY_MS);
parentPort?.on('message', asked => {
  if (asked === 'write back') return writeBack(true);
  clearInterval(beat);
  db.close();
  parentPort?.close();
});

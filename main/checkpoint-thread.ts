import { parentPort, workerData } from 'node:worker_threads';
import { openCheckpointer } from '../db/sqlite/open.ts';

const EVERY_MS = 200;
const db = openCheckpointer(String(workerData));
// PASSIVE waits for nobody and nobody waits for it.
const beat = setInterval(() => db.pragma('wal_checkpoint(PASSIVE)'), EVERY_MS);
parentPort?.once('message', () => {
  clearInterval(beat);
  db.close();
});

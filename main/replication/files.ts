import { closeSync, existsSync, mkdirSync, openSync, readSync, rmSync, statSync, writeSync } from 'node:fs';
import path from 'node:path';
import { z } from 'zod';
import type { Sqlite } from '../../db/sqlite/open.ts';
import type { FileStore } from '../platform/file-store.ts';
import { type CentreLine, CentreUnreachable } from './centre.ts';
import { blobState } from './wire.ts';

const CHUNK_BYTES = 256 * 1024;
/** Marks a file that needs no more work. */
const DONE = -1;
const RETRY_MS = 60_000;
/** A row goes up before its bytes: they are mostly there a moment later. */
const SOON_MS = 4000;
const LONGEST_WAIT_MS = 6 * 3_600_000;
/** A few milliseconds of looking. */
const FILES_A_TURN = 500;
const turn = (): Promise<void> => new Promise(resolve => setImmediate(resolve));
const bytes = z.instanceof(Buffer).nullable();
interface Blob {
  sha256: string;
  size_bytes: number;
  next_chunk: number;
  attempts: number;
}

/** Bytes without a row belong to nothing any more: a station that began anew from the centre does not wait for them. */
const WANTED = `next_chunk <> ${DONE} and exists (select 1 from file_uploads f where f.sha256 = sync_blobs.sha256)`;

/** Bytes of stored files follow their rows, both ways, in chunks that resume where they were cut and are verified by their hash at both ends. */
export function createFileExchange(db: Sqlite, store: FileStore, work_folder: string, now_ms: () => number) {
  const unknown = db.prepare<[], { sha256: string; file_size_bytes: number }>(
    'select distinct sha256, file_size_bytes from file_uploads f where not exists (select 1 from sync_blobs b where b.sha256 = f.sha256)',
  );
  const note = db.prepare(
    'insert or ignore into sync_blobs (sha256, direction, size_bytes) values (?, ?, ?)',
  );
  // A time far ahead was set by a clock that was put back since.
  const due = db.prepare<{ now_ms: number }, Blob>(
    `select sha256, size_bytes, next_chunk, attempts from sync_blobs where ${WANTED}
       and (retry_at_ms <= @now_ms or retry_at_ms > @now_ms + ${LONGEST_WAIT_MS}) order by size_bytes limit 1`,
  );
  const advance = db.prepare('update sync_blobs set next_chunk = ?, trouble = null where sha256 = ?');
  const postpone = db.prepare(
    'update sync_blobs set attempts = attempts + 1, retry_at_ms = ?, trouble = ? where sha256 = ?',
  );

  const settled = db.prepare<[], string>(
    `select sha256 from sync_blobs b where next_chunk = ${DONE} and exists (select 1 from file_uploads f where f.sha256 = b.sha256)`,
  );
  const fetchAgain = db.prepare(
    "update sync_blobs set direction = 'down', next_chunk = 0, attempts = 0, retry_at_ms = 0 where sha256 = ?",
  );
  let is_looked_through = false;
  /** Bytes that were here and are not any more: the files folder was lost, or put back from an older backup than the database. */
  async function lookThrough(): Promise<void> {
    if (is_looked_through) return;
    is_looked_through = true;
    for (const [at, sha256] of settled.pluck().all().entries()) {
      if (!store.has(sha256)) fetchAgain.run(sha256);
      if (at % FILES_A_TURN === FILES_A_TURN - 1) await turn();
    }
  }

  async function send(centre: CentreLine, blob: Blob, mayGoOn: () => boolean): Promise<void> {
    const answer = await centre.call('blob_begin', blobState, [blob.sha256, blob.size_bytes]);
    if (answer.state === 'complete') return void advance.run(DONE, blob.sha256);
    const file = openSync(store.pathOf(blob.sha256), 'r');
    try {
      const chunk = Buffer.alloc(CHUNK_BYTES);
      let n = answer.next_chunk;
      for (; n * CHUNK_BYTES < blob.size_bytes; n++) {
        if (!mayGoOn()) return;
        const length = readSync(file, chunk, 0, CHUNK_BYTES, n * CHUNK_BYTES);
        await centre.call('blob_put', z.unknown(), [blob.sha256, n, chunk.subarray(0, length)]);
        advance.run(n + 1, blob.sha256);
      }
    } finally {
      closeSync(file);
    }
    await centre.call('blob_finish', z.unknown(), [blob.sha256]);
    advance.run(DONE, blob.sha256);
  }

  async function fetch(centre: CentreLine, blob: Blob, mayGoOn: () => boolean): Promise<void> {
    const folder = path.join(work_folder, 'incoming');
    mkdirSync(folder, { recursive: true });
    const partial = path.join(folder, blob.sha256);
    if (!existsSync(partial)) closeSync(openSync(partial, 'w'));
    for (let n = Math.floor(statSync(partial).size / CHUNK_BYTES); n * CHUNK_BYTES < blob.size_bytes; n++) {
      if (!mayGoOn()) return;
      const chunk = await centre.call('blob_get', bytes, [blob.sha256, n]);
      if (chunk === null) {
        const rest = Math.min(RETRY_MS, SOON_MS * 2 ** blob.attempts);
        return void postpone.run(now_ms() + rest, 'not_yet_there', blob.sha256);
      }
      const file = openSync(partial, 'r+');
      try {
        writeSync(file, chunk, 0, chunk.length, n * CHUNK_BYTES);
      } finally {
        closeSync(file);
      }
      advance.run(n + 1, blob.sha256);
    }
    const { sha256 } = await store.adopt(partial);
    if (sha256 === blob.sha256) return void advance.run(DONE, blob.sha256);
    rmSync(store.pathOf(sha256), { force: true });
    postpone.run(now_ms() + RETRY_MS, 'damaged_on_the_way', blob.sha256);
  }

  return {
    waiting: (): number =>
      Number(db.prepare(`select count(*) from sync_blobs where ${WANTED}`).pluck().get()),
    /** Somebody asks for an exchange: what was put off is due. */
    askAgain(): void {
      is_looked_through = false;
      db.prepare('update sync_blobs set retry_at_ms = 0 where retry_at_ms > 0').run();
    },
    /** Moves files until none is due or something more urgent came (`isUrgent`), but a piece every time: where something is always urgent they would wait for the evening. */
    async exchange(centre: CentreLine, isUrgent: () => boolean): Promise<void> {
      let pieces = 0;
      const mayGoOn = () => pieces++ === 0 || !isUrgent();
      for (const row of unknown.all())
        note.run(row.sha256, store.has(row.sha256) ? 'up' : 'down', row.file_size_bytes);
      await lookThrough();
      for (
        let blob = due.get({ now_ms: now_ms() });
        blob && (pieces === 0 || !isUrgent());
        blob = due.get({ now_ms: now_ms() })
      ) {
        try {
          // Whoever has the bytes offers them: of a file noted as to be fetched they may have come from a person here.
          if (store.has(blob.sha256)) await send(centre, blob, mayGoOn);
          else await fetch(centre, blob, mayGoOn);
        } catch (error) {
          if (error instanceof CentreUnreachable) throw error;
          postpone.run(
            now_ms() + Math.min(LONGEST_WAIT_MS, RETRY_MS * (blob.attempts + 1)),
            String(error),
            blob.sha256,
          );
        }
      }
    },
  };
}
export type FileExchange = ReturnType<typeof createFileExchange>;

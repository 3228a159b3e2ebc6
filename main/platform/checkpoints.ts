import { Worker } from 'node:worker_threads';
import type { Sqlite } from '../../db/sqlite/open.ts';
import type { Log } from './log.ts';
import { threadFile } from './threads.ts';

/** What SQLite does by itself: whoever commits past 4 MB of log writes it back. */
const USUAL_PAGES = 1000;
/** With a thread that does it: 64 MB, in case that it falls behind. */
const BACKSTOP_PAGES = 16_384;
const LINGER_MS = 2000;

/**
 * While rows come by the thousand the log of the database is written back by a thread of its own. Done by the
 * connection that commits, every 4 MB, it made commands wait, the worst of them twice as long.
 */
export function createCheckpoints(db: Sqlite, file: string, log: Log) {
  let thread: Worker | undefined;
  let ended: Promise<unknown> = Promise.resolve();
  let quiet: NodeJS.Timeout | undefined;

  function start(): Worker {
    const started = new Worker(threadFile('checkpoint-thread'), { workerData: file, execArgv: [] });
    started.on('error', error => {
      log.warn({ reason: String(error) }, 'the log of the database is written back by whoever commits');
      end();
    });
    ended = Promise.all([ended, new Promise(resolve => started.once('exit', resolve))]);
    db.pragma(`wal_autocheckpoint = ${BACKSTOP_PAGES}`);
    return started;
  }
  function end(): void {
    clearTimeout(quiet);
    thread?.postMessage('end');
    thread = undefined;
    if (db.open) db.pragma(`wal_autocheckpoint = ${USUAL_PAGES}`);
  }
  return {
    /** Many rows are being written; told again and again while they are. */
    arriving(): void {
      thread ??= start();
      clearTimeout(quiet);
      quiet = setTimeout(end, LINGER_MS).unref();
    },
    /** Before the database is closed. */
    async stop(): Promise<void> {
      end();
      await ended;
    },
  };
}

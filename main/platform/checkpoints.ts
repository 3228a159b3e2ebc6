import { Worker } from 'node:worker_threads';
import type { Sqlite } from '../../db/sqlite/open.ts';
import type { Log } from './log.ts';
import { threadFile } from './threads.ts';

/** What SQLite does by itself: whoever commits past 4 MB of log writes it back. */
const USUAL_PAGES = 1000;
/** With a thread that does it: 256 MB, in case that it falls behind. */
const BACKSTOP_PAGES = 65_536;
/** 16 MB: the log begins anew only when all of it is written back, which the thread never reaches while more is added. */
const LONG_PAGES = 4096;
/** Commands go on while the rows that come are held up, and may add to it. */
const ATTEMPTS = 3;
const LINGER_MS = 2000;
interface Beat {
  /** Pages of the log, and how many of them are written back. */
  log: number;
  checkpointed: number;
  is_asked: boolean;
}

/**
 * While rows come by the thousand the log of the database is written back by a thread of its own. Done by the
 * connection that commits, every 4 MB, it made commands wait, the worst of them twice as long.
 */
export function createCheckpoints(db: Sqlite, file: string, log: Log) {
  let thread: Worker | undefined;
  let ended: Promise<unknown> = Promise.resolve();
  let quiet: NodeJS.Timeout | undefined;
  let log_pages = 0;
  let told: ((beat: Beat | undefined) => void) | undefined;

  function start(): Worker {
    const started = new Worker(threadFile('checkpoint-thread'), { workerData: file, execArgv: [] });
    started.on('message', (beat: Beat) => {
      log_pages = beat.log;
      if (beat.is_asked) told?.(beat);
    });
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
    log_pages = 0;
    told?.(undefined);
    if (db.open) db.pragma(`wal_autocheckpoint = ${USUAL_PAGES}`);
  }
  const writtenBack = (): Promise<Beat | undefined> =>
    new Promise(resolve => {
      told = resolve;
      thread?.postMessage('write back');
    });
  return {
    /**
     * Many rows are being written; told again and again while they are. Who can wait writes no more before the answer:
     * a long log is written back to its end then, and begins anew.
     */
    async arriving(): Promise<void> {
      thread ??= start();
      clearTimeout(quiet);
      quiet = setTimeout(end, LINGER_MS).unref();
      for (let attempt = 0; attempt < ATTEMPTS && log_pages > LONG_PAGES; attempt++) {
        const beat = await writtenBack();
        if (!beat || beat.checkpointed >= beat.log) log_pages = 0;
      }
    },
    /** Before the database is closed. */
    async stop(): Promise<void> {
      end();
      await ended;
    },
  };
}

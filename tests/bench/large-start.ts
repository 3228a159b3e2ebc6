import { spawn } from 'node:child_process';
import { statSync } from 'node:fs';
import { performance } from 'node:perf_hooks';
import { foldersOf } from '../../main/platform/station-folder.ts';
import { bulkId, bulkInsert, bulkWriter, type Owner } from '../support/bulk.ts';
import type { Figure } from './harness.ts';
import { launch, missing, startProgram } from './program.ts';

const GIB = 1024 ** 3;

/** From starting the program on a 1 GB database until its first field can be typed into, in browser mode. */
export async function largeStart(
  folder: string,
  owner: Owner,
  say: (text: string) => void,
): Promise<Figure | string> {
  const lacking = missing();
  if (lacking) return `Start with a 1 GB database: skipped, ${lacking}`;
  const database = foldersOf(folder).database;
  grow(database, owner);
  say(`the database holds ${(statSync(database).size / GIB).toFixed(2)} GiB`);
  // Once before: what the first start of a day does besides (the backup) is measured apart.
  const first = await start(folder);
  const again = await start(folder);
  const empty = await floorOf();
  return {
    work: 'Start to usable screen with a 1 GB database, browser mode',
    measured: again.usable_ms / 1000,
    unit: 's',
    target: 3,
    more_is_better: false,
    floor: empty / 1000,
    floor_is: 'starting Node and opening an empty page',
    note: `listening after ${(again.listening_ms / 1000).toFixed(2)} s; first start of the day ${(first.usable_ms / 1000).toFixed(2)} s`,
  };
}

function grow(database: string, owner: Owner): void {
  const db = bulkWriter(database);
  const notes = 'a note as people write them, about what the customer said and what was agreed. '.repeat(12);
  for (let block = 0; statSync(database).size < GIB; block++) {
    const rows = Array.from({ length: 20_000 }, (_, n) => ({
      id: bulkId(0x20 + block, n),
      order_id: bulkId(1, n),
      revision_no: 100 + block,
      configuration: '{}',
      header: JSON.stringify({ notes }),
      reason: `revision ${block}`,
      revised_at_ms: owner.at_ms,
    }));
    bulkInsert(db, 'order_revisions', owner, rows);
    db.pragma('wal_checkpoint(truncate)');
  }
  db.close();
}

async function start(folder: string): Promise<{ listening_ms: number; usable_ms: number }> {
  const browser = await launch();
  const page = await browser.newPage();
  const from = performance.now();
  const program = await startProgram(folder);
  try {
    const listening_ms = performance.now() - from;
    await page.goto(program.url);
    await page.locator('input').first().fill('x');
    return { listening_ms, usable_ms: performance.now() - from };
  } finally {
    await program.stop();
    await browser.close();
  }
}

async function floorOf(): Promise<number> {
  const browser = await launch();
  const page = await browser.newPage();
  const from = performance.now();
  await new Promise(resolve => spawn(process.execPath, ['-e', '0']).on('exit', resolve));
  await page.goto('data:text/html,<input>');
  await page.locator('input').first().fill('x');
  const took_ms = performance.now() - from;
  await browser.close();
  return took_ms;
}

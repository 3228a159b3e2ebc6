import { spawn } from 'node:child_process';
import { existsSync, statSync } from 'node:fs';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { createInterface } from 'node:readline';
import { chromium } from 'playwright';
import { programFolders } from '../../main/compose.ts';
import { foldersOf } from '../../main/platform/station-folder.ts';
import { bulkId, bulkInsert, bulkWriter, type Owner } from '../support/bulk.ts';
import type { Figure } from './harness.ts';

const executablePath = process.env.CHROMIUM_PATH ?? '/usr/bin/chromium';
const launch = () => chromium.launch({ executablePath, chromiumSandbox: false });
const program = path.join(programFolders().dist, 'main/browser.js');
const GIB = 1024 ** 3;

/** From starting the program on a 1 GB database until its first field can be typed into, in browser mode. */
export async function largeStart(
  folder: string,
  owner: Owner,
  say: (text: string) => void,
): Promise<Figure | string> {
  if (!existsSync(executablePath)) return `Start with a 1 GB database: skipped, no ${executablePath}`;
  if (!existsSync(program)) return 'Start with a 1 GB database: skipped, not built';
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
  const child = spawn(process.execPath, [program, '--data', folder, '--no-open', '--no-demo'], {
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  try {
    const url = await new Promise<string>((resolve, reject) => {
      child.on('exit', code => reject(new Error(`the program ended with ${code}`)));
      createInterface({ input: child.stdout }).on('line', line => {
        const found = /https?:\/\/\S+/.exec(line);
        if (found) resolve(found[0]);
      });
    });
    const listening_ms = performance.now() - from;
    await page.goto(url);
    await page.locator('input').first().fill('x');
    return { listening_ms, usable_ms: performance.now() - from };
  } finally {
    const ended = new Promise(resolve => child.on('exit', resolve));
    child.kill('SIGTERM');
    await ended;
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

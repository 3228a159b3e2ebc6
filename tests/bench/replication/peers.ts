import { execFile, fork } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { tools } from '../../../db/schema/production.ts';
import type { Station } from '../../../main/compose.ts';
import type { Figure } from '../harness.ts';
import { liveWaits } from './arrivals.ts';
import { openBed, quantile, secondsOf, TOOL_NAMES } from './bed.ts';

/** Fetched from the registry for this comparison only; the product does not depend on them. */
const PACKAGES = { pouchdb: '9.0.0', 'express-pouchdb': '4.2.0', express: '4.21.2' };
const FOLDER = path.resolve('out/peers');
const ROWS = 30_000;
const ROWS_A_UNIT = 100;
const BATCH = 1000;
const LIVE = 60;

interface Rates {
  push: number;
  pull: number;
  live_p95_ms: number;
}

/** B11: the same rows through another replication library, over the same loopback, its server in a process of its own. */
export async function peers(): Promise<Figure[]> {
  await installPeers();
  const theirs = await pouch();
  const ours = await own();
  const rate = (work: string, measured: number, floor: number): Figure => ({
    work,
    measured,
    unit: 'rows/s',
    target: floor * 3,
    more_is_better: true,
    floor,
    floor_is: `PouchDB ${PACKAGES.pouchdb} with its own server, batches of ${BATCH}`,
    note: 'here with the trail of every change, flushed to disk at both ends',
  });
  return [
    rate(`B11 push of ${ROWS.toLocaleString('en')} rows`, ours.push, theirs.push),
    rate(`B11 pull of ${ROWS.toLocaleString('en')} rows into an empty station`, ours.pull, theirs.pull),
    {
      work: 'B11 from a change at one station until it is at the other, p95',
      measured: ours.live_p95_ms,
      unit: 'ms',
      target: theirs.live_p95_ms * 2,
      more_is_better: false,
      floor: theirs.live_p95_ms,
      floor_is: `PouchDB ${PACKAGES.pouchdb}, live replication both ways`,
      note: '',
    },
  ];
}

async function installPeers(): Promise<void> {
  if (existsSync(path.join(FOLDER, 'node_modules/express-pouchdb'))) return;
  mkdirSync(FOLDER, { recursive: true });
  writeFileSync(path.join(FOLDER, 'package.json'), JSON.stringify({ private: true, dependencies: PACKAGES }));
  await promisify(execFile)('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: FOLDER,
  });
}

/** What is used of PouchDB. */
interface Pouch {
  bulkDocs(docs: object[]): Promise<unknown>;
  put(doc: object): Promise<unknown>;
  get(id: string): Promise<unknown>;
  close(): Promise<void>;
  changes(options: object): {
    on(event: 'change', seen: (change: { id: string }) => void): unknown;
    cancel(): void;
  };
  replicate: Record<'to' | 'from', (other: string, options: object) => Promise<unknown> & { cancel(): void }>;
}
const documentOf = (n: number) => ({
  _id: `tool-${String(n).padStart(6, '0')}`,
  tool_name: `peer ${n}`,
  tool_names: TOOL_NAMES,
  description: 'A tool of the bench',
  category: 'HAND',
  is_active: true,
});

async function pouch(): Promise<Rates> {
  const folder = mkdtempSync(path.join(tmpdir(), 'millwright-bench-'));
  const server = fork(path.join(import.meta.dirname, 'pouch-server.mjs'), [FOLDER, folder], {
    stdio: 'ignore',
  });
  try {
    const [{ port }] = (await once(server, 'message')) as [{ port: number }];
    const there = `http://127.0.0.1:${port}/tools`;
    const PouchDB = createRequire(path.join(FOLDER, 'package.json'))('pouchdb') as new (
      name: string,
    ) => Pouch;
    const one = new PouchDB(path.join(folder, 'one'));
    for (let from = 0; from < ROWS; from += ROWS_A_UNIT)
      await one.bulkDocs(Array.from({ length: ROWS_A_UNIT }, (_, k) => documentOf(from + k)));
    const push_s = await secondsOf(() => one.replicate.to(there, { batch_size: BATCH }));
    const two = new PouchDB(path.join(folder, 'two'));
    const pull_s = await secondsOf(() => two.replicate.from(there, { batch_size: BATCH }));
    const live = [one.replicate.to(there, { live: true }), two.replicate.from(there, { live: true })];
    for (const running of live) running.catch(() => undefined);
    const arrivals = new Map<string, (at: number) => void>();
    const watch = two.changes({ live: true, since: 'now' });
    watch.on('change', ({ id }) => arrivals.get(id)?.(performance.now()));
    const waits: number[] = [];
    for (let n = 0; n < LIVE; n++) {
      const { _id, ...doc } = documentOf(ROWS + n);
      const seen = new Promise<number>(resolve => arrivals.set(_id, resolve));
      const from = performance.now();
      await one.put({ _id, ...doc });
      waits.push((await seen) - from);
    }
    watch.cancel();
    for (const running of live) running.cancel();
    await Promise.all([one.close(), two.close()]);
    return { push: ROWS / push_s, pull: ROWS / pull_s, live_p95_ms: quantile(waits, 0.95) };
  } finally {
    server.kill();
    rmSync(folder, { recursive: true, force: true });
  }
}

async function own(): Promise<Rates> {
  const bed = await openBed();
  try {
    const one = bed.station('one');
    const add = (station: Station, from: number, rows: number) =>
      station.asSystem('bench.tools', ctx => {
        for (let n = from; n < from + rows; n++) {
          const { _id, ...tool } = documentOf(n);
          ctx.insert(tools, { ...tool, category: 'HAND' });
        }
      });
    await one.replication.join(await bed.enrolmentCode('K1'), true, () => undefined);
    for (let from = 0; from < ROWS; from += ROWS_A_UNIT) add(one, from, ROWS_A_UNIT);
    const push_s = await secondsOf(() => one.replication.syncNow());
    const two = bed.station('two');
    const code = await bed.enrolmentCode('K2');
    const pull_s = await secondsOf(() => two.replication.join(code, false, () => undefined));
    await bed.closeStations();
    const [sender, receiver] = [bed.station('one', true), bed.station('two', true)];
    const waits = await liveWaits(sender, receiver, LIVE, n => add(sender, ROWS + n, 1));
    const live_p95_ms = quantile(waits, 0.95);
    return { push: ROWS / push_s, pull: ROWS / pull_s, live_p95_ms };
  } finally {
    await bed.remove();
  }
}

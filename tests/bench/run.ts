import { execFile } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { cpus } from 'node:os';
import path from 'node:path';
import { performance } from 'node:perf_hooks';
import { promisify } from 'node:util';
import { build } from 'vite';
import {
  benchFolder,
  COMMON_MATERIAL_ID,
  fillBench,
  installBench,
  openBench,
  RARE_MATERIAL_ID,
  signInBench,
} from './bench-station.ts';
import { expansion, largeBom, realBom, whereUsed } from './bom-bench.ts';
import { type Figure, isMet, table } from './harness.ts';
import { labels } from './label-bench.ts';
import { largeStart } from './large-start.ts';
import { catalogueSearch, orderList } from './list-bench.ts';
import { screens } from './screen-bench.ts';
import { spreadsheets } from './spreadsheet-bench.ts';

/** `npm run bench [-- --quick | --large]`: a table of speeds with targets and floors; also out/bench.json. */
const quick = process.argv.includes('--quick');
const size = quick
  ? { orders: 20_000, materials: 20_000, boms: 200, lines_per_bom: 500, large_bom: 10_000 }
  : { orders: 100_000, materials: 100_000, boms: 2000, lines_per_bom: 500, large_bom: 10_000 };
const say = (text: string) => process.stderr.write(`${text}\n`);
const figures: Figure[] = [];
const skipped: string[] = [];
const keep = (figure: Figure | string) =>
  typeof figure === 'string' ? skipped.push(figure) : figures.push(figure);

figures.push(expansion());

const real = benchFolder();
const small = openBench(real.folder);
installBench(small);
keep(await realBom(small, signInBench(small)));
for (const figure of await labels(small, signInBench(small))) keep(figure);
await small.close();
real.remove();

const full = benchFolder();
try {
  const empty = openBench(full.folder);
  const owner = installBench(empty);
  const database = empty.folders.database;
  await empty.close();
  say(
    `filling ${size.orders} orders, ${size.materials} items, ${size.boms * size.lines_per_bom} order lines`,
  );
  const from = performance.now();
  fillBench(database, owner, size);
  say(`filled in ${((performance.now() - from) / 1000).toFixed(1)} s`);

  const station = openBench(full.folder);
  const session = signInBench(station);
  keep(largeBom(station, session));
  for (const [which, id] of [
    ['rare', RARE_MATERIAL_ID],
    ['common', COMMON_MATERIAL_ID],
  ] as const)
    keep(whereUsed(station, session, which, id, size.boms * size.lines_per_bom));
  keep(orderList(station, session, size.orders));
  keep(catalogueSearch(station, session, size.materials));
  await station.close();

  for (const figure of await screens(full.folder, size)) keep(figure);
  for (const figure of await excel(full.folder)) keep(figure);
  for (const figure of await spreadsheets(full.folder)) keep(figure);
  if (process.argv.includes('--large'))
    keep(
      await largeStart(full.folder, owner, say).catch(
        error => `Start with a 1 GB database: failed, ${String(error).split('\n')[0]}`,
      ),
    );
  else skipped.push('Start with a 1 GB database: only with --large');
} finally {
  full.remove();
}

async function excel(folder: string): Promise<Figure[]> {
  // Bundled as it is delivered: loading sources costs memory that no user ever spends.
  const outDir = path.join(import.meta.dirname, '../../out/bench');
  const input = { 'excel-child': path.join(import.meta.dirname, 'excel-child.ts') };
  await build({
    configFile: 'vite.main.config.ts',
    logLevel: 'error',
    build: { outDir, rolldownOptions: { input } },
  });
  const { stdout } = await promisify(execFile)(process.execPath, [
    path.join(outDir, 'excel-child.js'),
    folder,
  ]);
  const seen: Record<
    'rows' | 'took_ms' | 'floor_ms' | 'before_mb' | 'peak_mb' | 'longest_pause_ms' | 'file_mb',
    number
  > = JSON.parse(stdout);
  const work = `Excel of ${seen.rows.toLocaleString('en')} orders x 18 columns`;
  const common = { more_is_better: false, note: `${seen.file_mb.toFixed(1)} MB file` };
  return [
    {
      ...common,
      work: `${work}: time`,
      measured: seen.took_ms / 1000,
      unit: 's',
      target: 10,
      floor: seen.floor_ms / 1000,
      floor_is: 'the same rows as JSON lines',
    },
    {
      ...common,
      work: `${work}: peak memory of the export`,
      measured: seen.peak_mb - seen.before_mb,
      unit: 'MB',
      target: 300,
      floor: seen.before_mb,
      floor_is: 'the station at rest',
      note: `highest resident size of the whole program ${Math.round(seen.peak_mb)} MB, mapped database pages included`,
    },
    {
      ...common,
      work: `${work}: longest pause of the main thread`,
      measured: seen.longest_pause_ms,
      unit: 'ms',
      target: 50,
      floor: 1,
      floor_is: 'resolution of the timer',
    },
  ];
}

const cpu = cpus();
const report = [
  `${new Date().toISOString()}, Node ${process.version}, ${cpu.length} x ${cpu[0]?.model ?? 'unknown'}`,
  '',
  table(figures),
  '',
  ...skipped.map(s => `- ${s}`),
].join('\n');
process.stdout.write(`${report}\n`);
mkdirSync('out', { recursive: true });
writeFileSync(
  'out/bench.json',
  JSON.stringify(
    { at: new Date().toISOString(), node: process.version, cpus: cpu.length, figures, skipped },
    null,
    2,
  ),
);
const missed = figures.filter(f => isMet(f) === false);
if (missed.length > 0) say(`targets missed: ${missed.map(f => f.work).join('; ')}`);
process.exitCode = missed.length > 0 && !quick ? 1 : 0;

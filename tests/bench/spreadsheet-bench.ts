import { execFile } from 'node:child_process';
import path from 'node:path';
import { promisify } from 'node:util';
import { build } from 'vite';
import type { Figure } from './harness.ts';

const outDir = path.join(import.meta.dirname, '../../out/bench');
/** Bundled as it is delivered, with the worker beside it. */
async function run(name: string, args: string[]): Promise<Record<string, number>> {
  const input = { [name]: path.join(import.meta.dirname, `${name}.ts`), worker: 'main/worker.ts' };
  await build({
    configFile: 'vite.main.config.ts',
    logLevel: 'error',
    build: { outDir, emptyOutDir: false, rolldownOptions: { input } },
  });
  const { stdout } = await promisify(execFile)(process.execPath, [path.join(outDir, `${name}.js`), ...args]);
  return JSON.parse(stdout);
}

/** A workbook of 100,000 rows and 12 columns, and the dry run of every item of the bench station. */
export async function spreadsheets(folder: string): Promise<Figure[]> {
  const sheet = await run('sheet-child', [path.join(folder, 'sheet.xlsx')]);
  const dry = await run('import-child', [folder]);
  const at = (seen: Record<string, number>, key: string) => seen[key] ?? Number.NaN;
  const common = { more_is_better: false };
  return [
    {
      ...common,
      work: 'Workbook of 100,000 rows x 12 columns: time',
      measured: at(sheet, 'took_ms') / 1000,
      unit: 's',
      target: 4,
      floor: 1,
      floor_is: 'the bare writer of the design notes',
      note: `${at(sheet, 'file_mb').toFixed(1)} MB file`,
    },
    {
      ...common,
      work: 'Workbook of 100,000 rows x 12 columns: peak memory',
      measured: at(sheet, 'peak_mb') - at(sheet, 'before_mb'),
      unit: 'MB',
      target: 200,
      floor: at(sheet, 'before_mb'),
      floor_is: 'the program at rest',
      note: `highest resident size ${Math.round(at(sheet, 'peak_mb'))} MB`,
    },
    {
      ...common,
      work: `Import dry run of ${at(dry, 'rows').toLocaleString('en')} rows x 19 columns`,
      measured: at(dry, 'took_ms') / 1000,
      unit: 's',
      target: 15,
      floor: at(dry, 'floor_ms') / 1000,
      floor_is: 'the reader alone',
      note: `${at(dry, 'file_mb').toFixed(1)} MB file, resident size ${Math.round(at(dry, 'peak_mb'))} MB`,
    },
  ];
}

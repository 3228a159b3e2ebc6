import { execFileSync } from 'node:child_process';
import { copyFileSync, readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { beforeAll, describe, expect, onTestFinished, test } from 'vitest';
import { organizations, plants } from '../../db/schema/identity.ts';
import { compose, programFolders, type Station } from '../../main/compose.ts';
import { silentLog } from '../../main/platform/log.ts';
import type { Printers } from '../../main/platform/ports.ts';
import { KNOWN_SHEETS, type SheetStock } from '../../preload/contract/logistics.ts';
import { opensInOffice } from '../support/office.ts';
import { countedIds, temporaryFolder, testClock } from '../support/station.ts';
import { decoded } from './label-support.ts';
import { buildPrintBundle, canPrint, engine, pageTexts, pdfFacts } from './print-support.ts';

const dist = path.resolve(import.meta.dirname, '../../out/label-sheets-test');
beforeAll(() => (canPrint ? buildPrintBundle(dist) : undefined), 120_000);

const DPI = 200;
const DOTS_PER_MM = DPI / 25.4;
/** Middles of all DataMatrix symbols of each page, in millimetres of paper, row by row. */
async function matricesOf(pdf: string): Promise<[x_mm: number, y_mm: number][][]> {
  const folder = temporaryFolder('png-');
  execFileSync('pdftoppm', ['-r', String(DPI), '-gray', '-png', pdf, path.join(folder, 'page')]);
  const pages: [number, number][][] = [];
  for (const name of readdirSync(folder).sort()) {
    const read = await decoded(readFileSync(path.join(folder, name)), 255);
    const middles = read
      .filter(one => one.format === 'DataMatrix')
      .map(({ middle }): [number, number] => [middle.x / DOTS_PER_MM, middle.y / DOTS_PER_MM]);
    pages.push(middles.sort((a, b) => Math.round(a[1] - b[1]) || a[0] - b[0]));
  }
  return pages;
}
/** Where the DataMatrix of the shipped serial label has its middle: 37 + 12 / 2 mm across; its own height begins at 1.5 mm. */
const MATRIX_X_MM = 43;
/** Two dots of the picture; a printer pulls its paper less exactly. */
const MOST_OFF_MM = 0.25;

const driven: string[] = [];
/** A driver of the system that draws what it gets on a paper of its own. */
const driver: Printers = {
  list: async () => [{ name: 'Brother QL', is_default: false }],
  async print(html_path, { printer }) {
    const paper = path.join(temporaryFolder('paper-'), `${printer}.pdf`);
    await engine?.print(html_path, paper);
    driven.push(paper);
  },
};
function plant(): Station {
  const station = compose({
    data_folder: temporaryFolder(),
    clock: testClock(),
    ids: countedIds(),
    log: silentLog,
    pdf: engine,
    printers: driver,
    folders: { ...programFolders(), dist },
  });
  onTestFinished(() => station.close());
  station.asSystem('test.install', ctx => {
    ctx.insert(organizations, { org_code: 'SHEETS', org_name: 'Sheets' });
    ctx.insert(plants, { plant_code: 'OAK', plant_name: 'Oakville', timezone: 'America/Toronto' });
  });
  return station;
}
async function sheetsOf(station: Station, stock: SheetStock, count: number): Promise<string> {
  const reply = await station.callAsSystem('logistics.renderSheets', {
    label_type: 'SERIAL',
    serials: { first: 'SN-001', count },
    stock,
  });
  if (!reply.ok) throw new Error(`${reply.error.code} ${JSON.stringify(reply.error.details)}`);
  const { ticket } = reply.value as { ticket: string };
  const file = path.join(temporaryFolder('pdf-'), 'sheets.pdf');
  copyFileSync(station.transfers.download(ticket)?.path ?? '', file);
  return file;
}
const STOCKS: [name: string, stock: SheetStock | undefined, page_size: string, lefts: number[]][] = [
  ['Avery 5163, two places used', KNOWN_SHEETS['Avery 5163'], '612 x 792 pts (letter)', [3.97, 110.33]],
  [
    'own measures on A4',
    {
      paper: 'A4',
      columns: 3,
      rows: 4,
      left_mm: 12.3,
      top_mm: 20.7,
      pitch_x_mm: 61.5,
      pitch_y_mm: 66.6,
      skip: 0,
    },
    '594.96 x 841.92 pts (A4)',
    [12.3, 73.8, 135.3],
  ],
];

describe.skipIf(!canPrint)('labels on sheets', () => {
  test('the paper has every label at the place of its stock, read back from the drawn page', async () => {
    const station = plant();
    const files: string[] = [];
    for (const [name, stock, page_size, lefts] of STOCKS) {
      if (!stock) throw new Error(`${name} is not known`);
      const { columns, rows, top_mm, pitch_y_mm } = stock;
      const skip = name.includes('used') ? 2 : 0;
      const count = columns * rows + 1 - skip;
      const file = await sheetsOf(station, { ...stock, skip }, count);
      files.push(file);
      expect(pdfFacts(file), name).toMatchObject({ pages: 2, page_size });
      const [first = [], second = []] = await matricesOf(file);
      expect([first.length, second.length], name).toEqual([count - 1, 1]);
      // The height of the symbol within its label is the same on all of them: rows are told by their distance.
      const within_mm = (second[0]?.[1] ?? 0) - top_mm;
      expect(within_mm).toBeGreaterThan(1.5);
      expect(within_mm).toBeLessThan(12.5);
      first.forEach(([x_mm, y_mm], at) => {
        const place = at + skip;
        const top = top_mm + Math.floor(place / columns) * pitch_y_mm;
        const off = [x_mm - MATRIX_X_MM - (lefts[place % columns] ?? Number.NaN), y_mm - within_mm - top];
        expect(Math.max(...off.map(Math.abs)), `${name}, place ${place + 1}: ${off}`).toBeLessThan(
          MOST_OFF_MM,
        );
      });
      const texts = pageTexts(file).map(text => [...text.matchAll(/SN-\d{3}/g)].map(match => match[0]));
      expect(texts[1], name).toEqual([`SN-${String(count).padStart(3, '0')}`]);
    }
    opensInOffice(files);
  }, 60_000);

  test('a driver of the system gets pages of the size of the label, one per copy, that read back', async () => {
    const station = plant();
    const asked = async (procedure: string, input: unknown): Promise<unknown> => {
      const reply = await station.callAsSystem(procedure, input);
      if (!reply.ok) throw new Error(`${procedure}: ${reply.error.code}`);
      return reply.value;
    };
    const saved = (system_name: string) =>
      asked('logistics.savePrinter', {
        printer_name: `Office ${system_name}`,
        printer_kind: 'SYSTEM',
        system_name,
        density_dpi: 300,
        media_width_mm: 62,
        media_height_mm: 29,
      }) as Promise<{ printer_id: string }>;
    const wanted = { label_type: 'SERIAL', serials: { first: 'SN-7', count: 1 } };
    await asked('logistics.printLabels', {
      ...wanted,
      printer_id: (await saved('Brother QL')).printer_id,
      copies: 2,
    });
    const states = () =>
      station.readAsSystem(ctx =>
        ctx.sql.all<{ state: string; state_code: string }>(
          'select state, state_code from print_jobs order by queue_position',
        ),
      );
    await expect.poll(states).toEqual([{ state: 'PRINTED', state_code: '' }]);
    const [file = ''] = driven;
    // 50.8 x 25.4 mm in points.
    expect(pdfFacts(file)).toMatchObject({ pages: 2, page_size: '144 x 72 pts' });
    const pages = await matricesOf(file);
    expect(pages.map(found => found.length)).toEqual([1, 1]);
    expect(Math.abs((pages[0]?.[0]?.[0] ?? 0) - MATRIX_X_MM)).toBeLessThan(MOST_OFF_MM);

    const gone = await saved('Unplugged');
    await asked('logistics.printLabels', {
      ...wanted,
      printer_id: gone.printer_id,
      reprint_reason: 'second one',
    });
    await expect.poll(() => states()[1]).toEqual({ state: 'FAILED', state_code: 'printer_unavailable' });
  });
});

import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import { type SubjectOf, writeSubject } from '../../main/modules/reporting/excel.service.ts';
import { lifeSubject } from '../../main/modules/reporting/life-reports.service.ts';
import {
  asBuiltSubject,
  bomSubject,
  catalogueSubject,
  ordersSubject,
  pickListSubject,
  stationsSubject,
  trackingSubject,
  usersSubject,
  workCentersSubject,
} from '../../main/modules/reporting/subjects.service.ts';
import { FORMATTED_ROWS } from '../../main/modules/reporting/workbook.service.ts';
import { defineSheet } from '../../main/platform/sheet.ts';
import type { ImportKindName } from '../../preload/contract/imports.ts';
import { REPORTS } from '../../preload/contract/life-reports.ts';
import {
  asBuiltExport,
  bomExport,
  catalogueExport,
  lifeExport,
  orderExport,
  pickListExport,
  stationsExport,
  trackingExport,
  usersExport,
} from '../../preload/contract/reporting.ts';
import { planned } from '../modules/imports/import-support.ts';
import { draftOf, orderStation, submitDraft, twoBuilds } from '../modules/orders/order-support.ts';
import { readWithExceljs, written } from '../modules/reporting/workbook-support.ts';
import { convertedByOffice, hasOffice } from '../support/office.ts';
import { ask, temporaryFolder } from '../support/station.ts';

interface Row {
  n: number;
}
const sheet = (rows: number) =>
  defineSheet<Row>({
    id: 'components',
    row_count: rows,
    *rows() {
      for (let n = 1; n <= rows; n++) yield { n };
    },
    columns: [
      { key: 'item_number', kind: 'text', width: 20, value: r => `711.${100 * r.n}`, total: 'count' },
      { key: 'item_name', kind: 'text', width: 30, value: () => '=1+1 Écrou Ø' },
      {
        key: 'quantity_e6',
        kind: 'quantity',
        width: 12,
        value: () => 2_500_000,
        decimals: () => 1,
        total: 'sum',
      },
      { key: 'scrap_percent_e4', kind: 'percent', width: 8, value: () => 50_000 },
      { key: 'assembly_number', kind: 'day', width: 12, value: () => '2026-11-20' },
      { key: 'is_phantom', kind: 'boolean', width: 8, value: r => r.n % 2 === 0 },
    ],
  });

test.skipIf(!hasOffice).each([
  ['formatted', 5],
  ['streamed', FORMATTED_ROWS + 1],
])(
  'LibreOffice opens a %s workbook and sees text as text, dates as dates',
  { timeout: 180_000 },
  async (_, rows) => {
    const folder = temporaryFolder();
    const book = path.join(folder, 'book.xlsx');
    await written(book, [sheet(rows)]);
    const own = `-env:UserInstallation=file://${folder}/profile`;
    const convert = (to: string) =>
      execFileSync('soffice', [own, '--headless', '--convert-to', to, '--outdir', folder, book], {
        stdio: 'pipe',
      });
    convert('csv:Text - txt - csv (StarCalc):44,34,76,1,,0,false,true,false,false,false,1');
    const csv = existsSync(path.join(folder, 'book.csv')) ? 'book.csv' : 'book-Components.csv';
    const lines = readFileSync(path.join(folder, csv), 'utf8').split('\n');
    expect(lines[1]).toBe('711.100,=1+1 Écrou Ø,2.5,5%,2026-11-20,FALSE');
    expect(lines[rows + 1]?.startsWith(`Total,,`) || lines[rows + 1]?.startsWith(String(rows))).toBe(true);
  },
);

/** A station with two approved builds, so that no sheet is empty for want of one. */
function filledStation() {
  const station = orderStation();
  const planner = station.session('PLANNER');
  const { builds } = submitDraft(station, planner, draftOf(twoBuilds));
  for (const { bom_id } of builds)
    ask(station, station.session('PROCUREMENT'), 'bom.approve', {
      bom_id,
      expected_version: ask(station, planner, 'bom.get', { bom_id }).header.row_version,
    });
  ask(station, station.session('ORG_ADMIN'), 'tracking.saveWorkCenter', {
    work_center_code: 'WC010',
    work_center_name: 'Soldadura, 1.ª línea',
    work_center_type: 'ASSEMBLY',
    flow_position: 10,
    is_active: true,
    department_ids: [],
  });
  return { station, builds };
}
const period = { from: '2026-11-01', to: '2026-11-30', by: 'week' } as const;
/** Every workbook that the program writes, in Spanish, by its name. */
async function everyWorkbook(folder: string) {
  const { station, builds } = filledStation();
  const order_ids = builds.map(({ order_id }) => order_id);
  const [first] = builds;
  if (!first) throw new Error('no builds');
  const made = new Map<string, string>();
  await station.readAsSystem(async ctx => {
    const spanish = { ...ctx, actor: { ...ctx.actor, locale: 'es' as const } };
    const write = async <Input>(name: string, subject: SubjectOf<Input>, input: Input): Promise<void> => {
      const file = path.join(folder, `${name}.xlsx`);
      await writeSubject(
        spanish,
        subject,
        input,
        () => file,
        () => undefined,
      );
      made.set(name, file);
    };
    await write('orders', ordersSubject, orderExport.parse({ group: 'customer_name' }));
    await write('catalogue', catalogueSubject, catalogueExport.parse({ filter: { active: 'all' } }));
    await write('bom', bomSubject, bomExport.parse({ bom_id: first.bom_id }));
    await write('as-built', asBuiltSubject, asBuiltExport.parse({ order_id: first.order_id }));
    await write('pick-list', pickListSubject, pickListExport.parse({ order_ids }));
    await write('tracking', trackingSubject, trackingExport.parse({}));
    await write('stations', stationsSubject, stationsExport.parse({ rows: [] }));
    await write('users', usersSubject, usersExport.parse({}));
    await write('work-centers', workCentersSubject, {});
    for (const report of REPORTS)
      await write(`report-${report}`, lifeSubject, lifeExport.parse({ report, filter: period }));
  });
  return { station, made };
}
const UNTOUCHED = { added: 0, changed: 0, removed: 0, problems: 0 };
/** What can be brought in again, by the workbook that holds it. */
const COMES_BACK: [ImportKindName, string][] = [
  ['materials', 'catalogue'],
  ['bom_lines', 'catalogue'],
  ['orders', 'orders'],
  ['users', 'users'],
  ['work_centers', 'work-centers'],
];

test.skipIf(!hasOffice)(
  'LibreOffice opens every workbook of the program; each sheet has a frozen heading, a filter and one page width; saved there, it brings in no change',
  { timeout: 180_000 },
  async () => {
    const folder = temporaryFolder();
    const { station, made: books } = await everyWorkbook(folder);
    for (const [name, file] of books) {
      for (const page of (await readWithExceljs(file)).worksheets) {
        const at = `${name}/${page.name}`;
        expect([at, page.views[0]?.state, page.pageSetup.printTitlesRow]).toEqual([at, 'frozen', '1:1']);
        expect([at, page.hasMerges]).toEqual([at, false]);
        if (page.rowCount > 1) expect([at, page.getTables().length]).toEqual([at, 1]);
        const formulas = new Set<string>();
        page.eachRow(row =>
          row.eachCell(cell => {
            if (cell.formula) formulas.add(cell.formula.slice(0, 9));
          }),
        );
        expect([at, [...formulas].filter(formula => formula !== 'SUBTOTAL(')]).toEqual([at, []]);
      }
    }
    for (const [at, pdf] of convertedByOffice([...books.values()], 'pdf').entries())
      expect([at, readFileSync(pdf).subarray(0, 5).toString()]).toEqual([at, '%PDF-']);
    const names = [...new Set(COMES_BACK.map(([, name]) => name))];
    const saved = convertedByOffice(
      names.map(name => books.get(name) ?? ''),
      'xlsx:Calc MS Excel 2007 XML',
    );
    for (const [kind, name] of COMES_BACK) {
      const { counts } = await planned(station, kind, saved[names.indexOf(name)] ?? '');
      expect([kind, counts]).toEqual([kind, { ...UNTOUCHED, rows: counts.rows, unchanged: counts.rows }]);
      expect([kind, counts.rows]).not.toEqual([kind, 0]);
    }
  },
);

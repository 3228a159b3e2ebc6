import { copyFileSync } from 'node:fs';
import path from 'node:path';
import ExcelJS from 'exceljs';
import { expect, test } from 'vitest';
import type { InsertOf } from '../../../db/kit/define-table.ts';
import { materials } from '../../../db/schema/catalogue.ts';
import { catalogueSubject } from '../../../main/modules/reporting/subjects.service.ts';
import { catalogueExport } from '../../../preload/contract/reporting.ts';
import { ask, askJob, type TestStation, temporaryFolder, testStation } from '../../support/station.ts';
import { checked, csvFile, dropped, exported as exportedHere, planned, refusedBy } from './import-support.ts';

type Material = InsertOf<typeof materials>;
/** Numbers that spreadsheets like to damage, texts that look like formulas, and a twin. */
function stocked(more: Partial<Material> = {}): { station: TestStation; session: string } {
  const station = testStation();
  station.asSystem('test.items', ctx => {
    const unit = ctx.sql.get<{ id: Material['base_uom_id'] }>(
      "select id from units_of_measure where uom_code = 'EA'",
    );
    const plant = ctx.sql.get<{ id: Material['plant_id'] }>('select id from plants');
    if (!unit || !plant) throw new Error('no unit');
    const item = (material_number: string, more: Partial<Material> = {}) =>
      ctx.insert(materials, {
        plant_id: plant.id,
        material_number,
        record_type: 'PART',
        material_name: `Part ${material_number}`,
        base_uom_id: unit.id,
        ...more,
      });
    item('711.100', { description: '=1+1', lead_time_days: 3, safety_stock_e6: 2_500_000 });
    item('1916', {
      manufacturer_part_number: '-40',
      warehouse_location: 'Hall 1, rack 2',
      bin_location: '3-4',
      ...more,
    });
    item('1201578', { record_type: 'ASSEMBLY', material_kind: 'KIT', is_active: false });
    item('1201578', { material_name: 'Écrou, Ø 10 µm' });
  });
  return { station, session: station.session('ORG_ADMIN') };
}
async function exported(station: TestStation, session: string): Promise<string> {
  const made = await askJob(station, session, 'reporting.exportCatalogue', { filter: { active: 'all' } });
  const file = path.join(temporaryFolder(), made.file_name);
  copyFileSync(station.transfers.download(made.ticket)?.path ?? '', file);
  return file;
}
async function edited(file: string, change: (sheet: ExcelJS.Worksheet) => void): Promise<string> {
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(file);
  const sheet = book.worksheets[0];
  if (!sheet) throw new Error('no sheet');
  change(sheet);
  await book.xlsx.writeFile(file);
  return file;
}

test('an export that nobody touched brings no change', async () => {
  const { station } = stocked({ description: '_x0041_ is not a letter' });
  const file = await exportedHere(
    station,
    catalogueSubject,
    catalogueExport.parse({ filter: { active: 'all' } }),
  );
  const result = await planned(station, 'materials', file);
  expect(result.problems).toEqual([]);
  expect(result.counts).toEqual({ rows: 4, added: 0, changed: 0, removed: 0, unchanged: 4, problems: 0 });
});

test('an export saved as CSV by another program brings no change; a text like a formula only where it is new', async () => {
  const { station } = stocked();
  const file = await exportedHere(
    station,
    catalogueSubject,
    catalogueExport.parse({ filter: { active: 'all' } }),
  );
  const book = new ExcelJS.Workbook();
  await book.xlsx.readFile(file);
  const lines: string[] = [];
  book.worksheets[0]?.eachRow(row => {
    const cells = Array.from({ length: 24 }, (_, at) => {
      const { value } = row.getCell(at + 1);
      return typeof value === 'object' && value && 'result' in value
        ? String(value.result)
        : String(value ?? '');
    });
    lines.push(
      cells.map(cell => (typeof cell === 'string' && /[;,"]/.test(cell) ? `"${cell}"` : cell)).join(';'),
    );
  });
  expect(lines.at(-1)).toMatch(/^Total;;4;/);
  const whole = await planned(station, 'materials', csvFile(lines));
  expect([whole.counts, whole.problems]).toEqual([
    { rows: 4, added: 0, changed: 0, removed: 0, unchanged: 4, problems: 0 },
    [],
  ]);
  const edited = lines.map(line => line.replace(';=1+1;', ';=2+2;'));
  expect((await planned(station, 'materials', csvFile(edited))).problems).toMatchObject([
    { field: 'description', code: 'formula_cell', text: '=2+2' },
  ]);
});

test('a value that is too long or too small is told with its limit', async () => {
  const { station } = stocked();
  const file = csvFile(['Item,Record,Name,Unit,Lead time (days)', `X-1,PART,${'x'.repeat(201)},EA,-1`]);
  expect((await planned(station, 'materials', file)).problems).toMatchObject([
    { field: 'material_name', code: 'too_long', values: { most: 200 } },
    { field: 'lead_time_days', code: 'below', values: { least: 0 } },
  ]);
});

test('an edited export shows what it changes, is applied as a whole, and then changes nothing more', async () => {
  const { station, session } = stocked();
  const file = await edited(await exported(station, session), sheet => {
    sheet.getCell('C2').value = 'Kit of legs';
    sheet.getCell('N4').value = 21;
    const values = ['NEW-1', 'Part', 'New part', null, 'Component', null, null, 'EA'];
    values.forEach((value, at) => {
      sheet.getRow(6).getCell(at + 1).value = value;
    });
  });
  const found = await dropped(station, session, 'materials', file);
  const result = await checked(station, session, found);
  expect(result.counts).toMatchObject({ added: 1, changed: 2, unchanged: 2, problems: 0 });
  expect(result.differences).toContainEqual(
    expect.objectContaining({
      change: 'CHANGED',
      fields: [{ field: 'lead_time_days', old: 0, new: 21 }],
    }),
  );
  const applied = await askJob(station, session, 'imports.apply', {
    import_id: found.import_id,
    fingerprint: result.fingerprint,
  });
  expect(applied.counts).toMatchObject({ added: 1, changed: 2 });
  const { item } = station.readAsSystem(ctx => ({
    item: ctx.sql.get<{ material_name: string }>(
      "select material_name from materials where material_number = 'NEW-1'",
    ),
  }));
  expect(item?.material_name).toBe('New part');
  const again = await planned(station, 'materials', file);
  expect(again.counts).toMatchObject({ added: 0, changed: 0, unchanged: 5, problems: 0 });
  expect(ask(station, session, 'imports.list', {}).imports[0]?.state).toBe('APPLIED');
});

test('a wrong cell is named with its row, column and text, and can be put right on screen', async () => {
  const { station } = stocked();
  const file = csvFile([
    'Item;Record;Name;Unit;Lead time (days);Safety stock',
    'A-1;Pièce;First;EA;seven;1,5',
    'A-2;Part;;EA;1;1,234',
    'A-3;Part;Third;BOX;1;2.5',
    'A-3;Part;Third again;EA;1;2.5',
    'A-4;Part;=cmd();EA;1;0',
  ]);
  const result = await planned(station, 'materials', file);
  expect(result.problems.map(({ row, column, code, text }) => [row, column, code, text])).toEqual([
    [2, 5, 'not_a_number', 'seven'],
    [3, 6, 'number_ambiguous', '1,234'],
    [4, 4, 'not_found', 'BOX'],
    [5, 1, 'row_twice', 'A-3'],
    [6, 3, 'formula_cell', '=cmd()'],
  ]);
  const edits = [
    { row: 2, column: 5, text: '7' },
    { row: 3, column: 6, text: '1.234' },
    { row: 3, column: 3, text: 'Second' },
    { row: 4, column: 4, text: 'EA' },
    { row: 5, column: 1, text: 'A-5' },
    { row: 6, column: 3, text: 'Fourth' },
  ];
  const right = await planned(station, 'materials', file, edits);
  expect(right.problems).toEqual([]);
  expect(right.counts.added).toBe(5);
  expect(right.differences[0]?.fields).toContainEqual({
    field: 'safety_stock_e6',
    old: null,
    new: 1_500_000,
  });
});

test('a column named otherwise is asked for once and remembered for this person and kind', async () => {
  const { station, session } = stocked();
  const lines = ['Teilenummer,Type,Name,Unit', 'X-1,PART,Thing,EA'];
  const found = await dropped(station, session, 'materials', csvFile(lines));
  expect(found.mapping.material_number).toBeUndefined();
  expect(await refusedBy(() => checked(station, session, found))).toBe('import_column_missing');
  const mapping = { ...found.mapping, material_number: 1, record_type: 2 };
  await askJob(station, session, 'imports.check', { import_id: found.import_id, mapping, edits: [] });
  const next = await dropped(station, session, 'materials', csvFile(lines));
  expect(next.mapping).toEqual({ material_number: 1, record_type: 2, material_name: 3, uom_code: 4 });
  const other = station.session('PLANNER');
  expect(
    (await dropped(station, other, 'materials', csvFile(lines))).mapping.material_number,
  ).toBeUndefined();
});

test('nothing is applied but the difference that was shown, and a refused row takes everything back', async () => {
  const { station, session } = stocked();
  const found = await dropped(
    station,
    session,
    'materials',
    csvFile(['Item,Record,Name,Unit,Active', 'B-1,PART,Bolt,EA,TRUE', '711.100,PART,Renamed,EA,TRUE']),
  );
  const { fingerprint } = await checked(station, session, found);
  const apply = () => askJob(station, session, 'imports.apply', { import_id: found.import_id, fingerprint });
  station.asSystem('test.rename', ctx => {
    const row = ctx.sql.get<{ id: string }>("select id from materials where material_number = '711.100'");
    if (row) ctx.update(materials, row.id, { material_name: 'Other name' });
  });
  expect(await refusedBy(apply)).toBe('import_difference_changed');
  const after = station.readAsSystem(ctx =>
    ctx.sql.all("select 1 from materials where material_number = 'B-1'"),
  );
  expect(after).toEqual([]);
});

test('who may not change the catalogue brings nothing in, and nobody touches the import of somebody else', async () => {
  const { station, session } = stocked();
  const file = csvFile(['Item,Record,Name,Unit', 'B-1,PART,Bolt,EA']);
  expect(await refusedBy(() => dropped(station, station.session('VIEWER'), 'materials', file))).toBe(
    'not_allowed',
  );
  const found = await dropped(station, session, 'materials', file);
  expect(await refusedBy(() => checked(station, station.session('PLANNER'), found))).toBe('import_unknown');
});

test('the template is what the import reads: filled in, it brings its row', async () => {
  const { station, session } = stocked();
  const made = await askJob(station, session, 'imports.template', { kind: 'materials' });
  const file = path.join(temporaryFolder(), 'template.xlsx');
  copyFileSync(station.transfers.download(made.ticket)?.path ?? '', file);
  await edited(file, sheet => {
    ['T-1', 'Part', 'From the template', null, null, null, 'EA'].forEach((value, at) => {
      sheet.getRow(2).getCell(at + 1).value = value;
    });
  });
  const result = await planned(station, 'materials', file);
  expect(result.problems).toEqual([]);
  expect(result.counts).toMatchObject({ rows: 1, added: 1 });
});

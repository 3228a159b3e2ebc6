import { readFileSync } from 'node:fs';
import path from 'node:path';
import { expect, test } from 'vitest';
import type { InsertOf } from '../../../db/kit/define-table.ts';
import { materials } from '../../../db/schema/catalogue.ts';
import { type Look, writeSubject } from '../../../main/modules/reporting/excel.service.ts';
import { catalogueSubject } from '../../../main/modules/reporting/subjects.service.ts';
import { catalogueExport } from '../../../preload/contract/reporting.ts';
import { ask, type TestStation, temporaryFolder, testStation } from '../../support/station.ts';
import { planned } from '../imports/import-support.ts';
import { readWithHucre } from './workbook-support.ts';

type Material = InsertOf<typeof materials>;
function stocked(): TestStation {
  const station = testStation();
  station.asSystem('test.items', ctx => {
    const unit = ctx.sql.get<{ id: Material['base_uom_id'] }>(
      "select id from units_of_measure where uom_code = 'EA'",
    );
    const plant = ctx.sql.get<{ id: Material['plant_id'] }>('select id from plants');
    if (!unit || !plant) throw new Error('no unit');
    const item = (material_number: string, lead_time_days: number, description: string | null) =>
      ctx.insert(materials, {
        plant_id: plant.id,
        material_number,
        record_type: 'PART',
        material_name: `Part; ${material_number}`,
        base_uom_id: unit.id,
        lead_time_days,
        description,
        safety_stock_e6: 1_500_000,
        reorder_point_e6: 1_234_000,
      });
    item('711.100', 9, '=1+1');
    item('1916', 30, null);
    item('A-1', 100, '-40 °C');
  });
  return station;
}
const written = (station: TestStation, look: Look) => {
  const folder = temporaryFolder();
  return station.readAsSystem(ctx =>
    writeSubject(
      ctx,
      catalogueSubject,
      catalogueExport.parse({}),
      n => path.join(folder, n),
      () => undefined,
      look,
    ),
  );
};

test('a layout chooses the columns, their order and the order of the rows', async () => {
  const station = stocked();
  const layout = {
    columns: ['lead_time_days', 'material_number', 'gone'],
    sort: { column: 'lead_time_days', is_descending: true },
  };
  const made = await written(station, { format: 'xlsx', layout });
  const rows = (await readWithHucre(made.path)).get('Catalogue')?.rows;
  expect(rows?.slice(0, 4)).toEqual([
    ['Lead time (days)', 'Item'],
    [100, 'A-1'],
    [30, '1916'],
    [9, '711.100'],
  ]);
});

test('a CSV keeps numbers as text, marks what a program would run, and comes back without a change', async () => {
  const station = stocked();
  const made = await written(station, { format: 'csv', layout: null });
  expect(made.file_name).toMatch(/^Catalogue_.*\.csv$/);
  const text = readFileSync(made.path, 'utf8');
  expect(text.startsWith('\ufeffItem,Record,')).toBe(true);
  expect(text).toContain("'=1+1");
  expect(text).toContain('711.100');
  const plan = await planned(station, 'materials', made.path);
  expect(plan.problems).toEqual([]);
  expect(plan.counts).toMatchObject({ added: 0, changed: 0, unchanged: 3 });
});

test('a CSV with semicolons writes no figure that could be read as thousands', async () => {
  const station = stocked();
  const folder = temporaryFolder();
  const made = await station.readAsSystem(ctx =>
    writeSubject(
      { ...ctx, actor: { ...ctx.actor, locale: 'es' } },
      catalogueSubject,
      catalogueExport.parse({}),
      n => path.join(folder, n),
      () => undefined,
      { format: 'csv', layout: null },
    ),
  );
  expect(readFileSync(made.path, 'utf8')).toContain(';1.5;1.2340;');
  const plan = await planned(station, 'materials', made.path);
  expect([plan.problems, plan.counts.unchanged, plan.counts.changed]).toEqual([[], 3, 0]);
});

test('the columns of an export are told in the language of the person', () => {
  const station = testStation();
  const session = station.session('PLANNER');
  station.serve(session, 'identity.setLocale', { locale: 'fr' });
  const { columns } = ask(station, session, 'reporting.columns', { sheet: 'orders' });
  expect(columns.slice(0, 2)).toEqual([
    { key: 'order_number', heading: 'Commande' },
    { key: 'build_number', heading: expect.any(String) },
  ]);
});

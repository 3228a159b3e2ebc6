import { expect, test } from 'vitest';
import {
  bomAggregatedSheet,
  bomAssemblySheets,
  bomLevelsSheet,
} from '../../../main/modules/bom/bom.sheets.ts';
import { aggregatedLines } from '../../../main/modules/bom/tree.service.ts';
import type { TreeRow } from '../../../preload/contract/bom.ts';
import { bulkId, bulkInsert, bulkWriter } from '../../support/bulk.ts';
import { askJob, temporaryFolder, testStation } from '../../support/station.ts';
import { readWithExceljs, readWithHucre, written } from './workbook-support.ts';

const row = (
  row_no: number,
  parent: number | null,
  level: number,
  item_id: string,
  more: Partial<TreeRow> = {},
): TreeRow => ({
  line_id: null,
  row_no,
  parent_row_no: parent,
  level,
  line_index: 0,
  material_id: null,
  item_id,
  name: `Name ${item_id}`,
  item_type: 'PART',
  group: null,
  category: null,
  manufacturer_name: null,
  manufacturer_part_number: null,
  quantity_e6: 2_000_000,
  total_quantity_e6: 2_000_000,
  uom_code: 'EA',
  notes: '',
  is_custom_part: false,
  custom_part_spec: null,
  is_manual: false,
  has_components: false,
  causes: [],
  ...more,
});
const tree: TreeRow[] = [
  row(1, null, 0, '711.100', {
    item_type: 'ASSEMBLY',
    has_components: true,
    causes: [{ rule: 'SINK_BODY', answers: [] } as never],
  }),
  row(2, 1, 1, '706.60', { total_quantity_e6: 4_000_000 }),
  row(3, 1, 1, '1916', { item_type: 'ASSEMBLY', has_components: true }),
  row(4, 3, 2, '=2+2', { quantity_e6: 2_500_000, uom_code: 'FT', total_quantity_e6: 10_000_000 }),
  row(5, null, 0, '706.60', { quantity_e6: 1_000_000, total_quantity_e6: 1_000_000 }),
];
const units = new Map([
  ['EA', 0],
  ['FT', 2],
]);

const ROOM = { horizontal: 'right', indent: 1 };

test('the tree keeps its levels as outline and indentation, with decimals of the unit', async () => {
  const file = `${temporaryFolder()}/bom.xlsx`;
  await written(file, [
    bomLevelsSheet(tree, units),
    bomAggregatedSheet(aggregatedLines(tree), units),
    ...bomAssemblySheets(tree, units),
  ]);
  const book = await readWithExceljs(file);
  expect(book.worksheets.map(s => s.name)).toEqual(['BOM', 'Aggregated', '711.100', '1916', 'Info']);
  const page = book.getWorksheet('BOM');
  expect([2, 3, 4, 5, 6].map(r => page?.getRow(r).outlineLevel ?? 0)).toEqual([0, 1, 1, 2, 0]);
  expect([2, 3, 5].map(r => page?.getCell(`B${r}`).alignment?.indent ?? 0)).toEqual([0, 1, 2]);
  expect(page?.getCell('B5')).toMatchObject({ value: '=2+2', numFmt: '@' });
  expect(page?.getCell('E5')).toMatchObject({ value: 2.5, numFmt: '#,##0.00' });
  expect(page?.getCell('E2')).toMatchObject({ value: 2, numFmt: '#,##0' });
  // A figure keeps its distance from the unit that follows it, whatever its decimals.
  expect(['E2', 'E5'].map(at => page?.getCell(at).alignment)).toEqual([ROOM, ROOM]);
  const seen = await readWithHucre(file);
  expect(
    seen
      .get('Aggregated')
      ?.rows.slice(1)
      .map(r => [r[0], r[3], r[5]]),
  ).toEqual([
    ['706.60', 5, 2],
    ['=2+2', 10, 1],
    ['Total', 15, 3],
  ]);
  expect(
    seen
      .get('1916')
      ?.rows.slice(1)
      .map(r => r[0]),
  ).toEqual(['=2+2']);
});

test('the BOM of a build goes out with its header, and the export is recorded', async () => {
  const station = testStation();
  const found = station.readAsSystem(ctx =>
    ctx.sql.get<{ plant_id: string; user_id: string; uom_id: string }>(
      "select p.id as plant_id, u.id as user_id, m.id as uom_id from plants p, users u, units_of_measure m where m.uom_code = 'EA' limit 1",
    ),
  );
  if (!found) throw new Error('the station has no plant, person or unit');
  const { uom_id, ...who } = found;
  const owner = { organization_id: station.organization_id, at_ms: station.clock.now_ms(), ...who };
  const [order_id, bom_id] = [bulkId(1, 1), bulkId(2, 1)];
  const db = bulkWriter(station.folders.database);
  bulkInsert(db, 'orders', owner, [
    {
      id: order_id,
      plant_id: owner.plant_id,
      order_kind: 'CUSTOMER_BUILD',
      order_number: 'PO 7/1',
      build_number: '1916',
      customer_name: 'North Clinic',
      document_language: 'EN',
      order_status: 'ORDER_CREATED',
      configuration: '{}',
      configuration_revision: 1,
    },
  ]);
  bulkInsert(db, 'bom_headers', owner, [
    {
      id: bom_id,
      plant_id: owner.plant_id,
      scope: 'ORDER',
      bom_number: 'BOM-1916',
      bom_name: 'x',
      order_id,
      configuration_revision: 1,
      bom_version: 2,
      bom_type: 'PRODUCTION',
      status: 'DRAFT',
      base_quantity_e6: 1_000_000,
      uom_id,
      is_active: 1,
    },
  ]);
  bulkInsert(db, 'bom_lines', owner, [
    {
      id: bulkId(3, 1),
      bom_header_id: bom_id,
      line_number: 1,
      level: 0,
      item_number: '6.65E+11',
      quantity_e6: 500_000,
      total_quantity_e6: 500_000,
      uom_id,
      scrap_percent_e4: 0,
      is_phantom: 0,
      backflush: 0,
      is_custom_part: 1,
      is_manual: 0,
      causes: '[]',
    },
  ]);
  db.close();
  const made = await askJob(station, station.session('PLANNER'), 'reporting.exportBom', {
    bom_id: bom_id as never,
  });
  expect(made).toMatchObject({ file_name: 'BOM_PO-7-1_1916_V2_2026-11-20_0900.xlsx', rows: 2 });
  const book = await readWithHucre(station.transfers.download(made.ticket)?.path ?? '');
  expect([...book.keys()]).toEqual(['BOM', 'Aggregated', 'Info']);
  expect(book.get('BOM')?.rows[1]?.slice(0, 7)).toEqual([
    0,
    '6.65E+11',
    '6.65E+11',
    'Custom part',
    0.5,
    'EA',
    0.5,
  ]);
  const info = new Map(book.get('Info')?.rows.map(r => [r[0], r[1]]));
  expect(info.get('Build')).toBe('1916');
  expect(info.get('BOM')).toBe('BOM-1916, version 2, Draft');
  const after = station.readAsSystem(ctx =>
    ctx.sql.get<{ exported: number | null; exports: number }>(
      "select exported_at_ms as exported, (select count(*) from audit_logs where action = 'EXPORT' and entity_id = h.id) as exports from bom_headers h where id = ?",
      [bom_id],
    ),
  );
  expect(after).toEqual({ exported: station.clock.now_ms(), exports: 1 });
});

test('the catalogue: items of the list with their components', async () => {
  const station = testStation();
  const made = await askJob(station, station.session('PLANNER'), 'reporting.exportCatalogue', {
    filter: { text: 'nothing like this' },
  });
  const book = await readWithHucre(station.transfers.download(made.ticket)?.path ?? '');
  expect([...book.keys()]).toEqual(['Catalogue', 'Components', 'Info']);
  expect(book.get('Catalogue')?.rows).toHaveLength(1);
  expect(book.get('Info')?.rows.map(r => r[1])).toEqual(
    expect.arrayContaining(['Text: nothing like this', 'Active items only']),
  );
});

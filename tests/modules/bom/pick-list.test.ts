import { expect, test } from 'vitest';
import type { Id } from '../../../db/kit/columns.ts';
import { inWalkingOrder, pickLines } from '../../../main/modules/bom/pick-list.rules.ts';
import { installPlaces } from '../../../main/modules/catalogue/places.service.ts';
import type { PickLine } from '../../../preload/contract/pick-list.ts';
import { ask, askJob, refusalOf } from '../../support/station.ts';
import { draftOf, orderStation, submitDraft, twoBuilds } from '../orders/order-support.ts';
import { fileOf, readWithHucre } from '../reporting/workbook-support.ts';

const line = (item_id: string, warehouse_location: string | null, bin_location: string | null): PickLine => ({
  item_id,
  name: item_id,
  uom_code: 'EA',
  is_custom_part: false,
  warehouse_location,
  bin_location,
  quantity_e6: 1_000_000,
  shares: [],
});
const leaf = (item_id: string, total_quantity_e6: number, uom_code = 'EA', is_custom_part = false) => ({
  material_id: null,
  item_id,
  name: item_id,
  item_type: is_custom_part ? ('CUSTOM' as const) : ('PART' as const),
  category: null,
  manufacturer_name: null,
  manufacturer_part_number: null,
  uom_code,
  total_quantity_e6,
  occurrences: 1,
  is_custom_part,
});

test('one walk through the store: rack 2 before rack 10, by number within a bin, what has no place at the end', () => {
  const lines = [
    line('711.100', null, null),
    line('B', 'Rack 10', 'A-1'),
    line('1916', 'Rack 2', 'A-10'),
    line('706.60', 'Rack 2', 'A-2'),
    line('706.7', 'Rack 2', 'A-2'),
    line('C', null, 'Z-1'),
    line('D', 'Rack 2', null),
  ];
  const walked = inWalkingOrder(lines).map(({ item_id }) => item_id);
  expect(walked).toEqual(['706.7', '706.60', '1916', 'D', 'B', 'C', '711.100']);
  expect(inWalkingOrder(lines.toReversed()).map(({ item_id }) => item_id)).toEqual(walked);
});

test('an item is fetched once for all builds and says how much each needs; units are not mixed', () => {
  const places = () => ({ warehouse_location: 'Rack 2', bin_location: null });
  const lines = pickLines(
    [
      { order_number: 'PO-1', build_number: 'B-1', leaves: [leaf('A', 2_000_000), leaf('T', 500_000, 'FT')] },
      { order_number: 'PO-2', build_number: 'B-1', leaves: [leaf('A', 1_500_000), leaf('T', 1_000_000)] },
      { order_number: 'PO-2', build_number: 'B-2', leaves: [leaf('A', 1_000_000, 'EA', true)] },
    ],
    places,
  );
  expect(
    lines.map(l => [l.item_id, l.uom_code, l.quantity_e6, l.shares.length, l.warehouse_location]),
  ).toEqual([
    ['A', 'EA', 3_500_000, 2, 'Rack 2'],
    ['T', 'FT', 500_000, 1, 'Rack 2'],
    ['T', 'EA', 1_000_000, 1, 'Rack 2'],
    // Made for one build: it lies nowhere, even if a catalogue item has its number.
    ['A', 'EA', 1_000_000, 1, null],
  ]);
});

test('builds are picked by their approved BOMs, together, on paper and in a workbook with typed cells', async () => {
  const station = orderStation();
  const planner = station.session('PLANNER');
  const [one, two] = submitDraft(station, planner, draftOf(twoBuilds)).builds;
  if (!one || !two) throw new Error('no builds');
  const approve = ({ bom_id }: { bom_id: Id<'bom_headers'> }) =>
    ask(station, station.session('PROCUREMENT'), 'bom.approve', {
      bom_id,
      expected_version: ask(station, planner, 'bom.get', { bom_id }).header.row_version,
    });
  const leaves = (bom_id: Id<'bom_headers'>) => ask(station, planner, 'bom.aggregated', { bom_id }).lines;
  const rail = 'MW-RAIL-BIN-36';
  const ofSecond = new Set(leaves(two.bom_id).map(l => l.item_id));
  const shared =
    leaves(one.bom_id).find(l => l.item_type === 'PART' && ofSecond.has(l.item_id))?.item_id ?? '';
  station.asSystem('test.places', ctx =>
    installPlaces(ctx, { 'Rack 10': { 'A-1': rail }, 'Rack 2': { 'F-07': shared } }),
  );
  const wanted = { document: 'pick_list' as const, params: { order_ids: [two.order_id, one.order_id] } };
  approve(one);
  expect(refusalOf(station, planner, 'printing.preview', wanted)).toBe('bom_not_approved');
  const offered = (order_id: Id<'orders'>) =>
    ask(station, planner, 'printing.documents', { params: { order_id } }).documents.map(d => d.document);
  expect([offered(one.order_id), offered(two.order_id)].map(names => names.includes('pick_list'))).toEqual([
    true,
    false,
  ]);
  approve(two);

  const { content, file_name } = ask(station, planner, 'printing.preview', wanted);
  if (content.document !== 'pick_list') throw new Error('another document');
  expect(file_name).toMatch(/^Pick_list_PO-1001-BUILD-001_x2_/);
  expect(content.data.frame).toMatchObject({ order_number: 'PO-1001', build_number: null });
  const { builds, lines } = content.data;
  expect(builds.map(b => b.build_number)).toEqual(['BUILD-001', 'BUILD-002']);
  expect(lines.slice(0, 2).map(l => [l.item_id, l.warehouse_location, l.bin_location])).toEqual([
    [shared, 'Rack 2', 'F-07'],
    [rail, 'Rack 10', 'A-1'],
  ]);
  expect(lines.slice(2).every(l => l.warehouse_location === null)).toBe(true);
  // As much of everything as the totals of both BOMs together.
  const totals = new Map<string, number>();
  for (const { bom_id } of [one, two])
    for (const l of leaves(bom_id)) totals.set(l.item_id, (totals.get(l.item_id) ?? 0) + l.total_quantity_e6);
  expect(new Map(lines.map(l => [l.item_id, l.quantity_e6]))).toEqual(totals);

  const order_ids = [one.order_id, two.order_id];
  const made = await askJob(station, planner, 'reporting.exportPickList', { order_ids });
  expect(made.rows).toBe(lines.length);
  const book = await readWithHucre(fileOf(station, made.ticket));
  const rows = book.get('Pick list')?.rows ?? [];
  const first = lines.find(l => l.item_id === shared);
  expect(rows[0]?.slice(0, 6)).toEqual(['Storage place', 'Bin', 'Item', 'Name', 'Quantity', 'Unit']);
  expect(rows[1]?.slice(0, 6)).toEqual([
    'Rack 2',
    'F-07',
    shared,
    first?.name,
    (first?.quantity_e6 ?? 0) / 1e6,
    'EA',
  ]);
  expect(rows[1]?.[6]).toMatch(/^PO-1001\/BUILD-001: \d+, PO-1001\/BUILD-002: \d+$/);
});

import { expect, test } from 'vitest';
import { ask, refusalOf } from '../../support/station.ts';
import { e6, pumpWorkshop, totals, workshop } from './bom-support.ts';

const refusalWith = (run: () => unknown): string => {
  try {
    run();
    return 'accepted';
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
};

test('OR-BOM-1: scrap is a mark-up on the quantity', () => {
  const shop = workshop();
  for (const number of ['TOP', 'A', 'C']) shop.item(number);
  shop.item('B', 'KG');
  const lines = [
    { item: 'A', quantity: '2', scrap: '5' },
    { item: 'B', quantity: '0.25', unit: 'KG', scrap: '2' },
    { item: 'C', quantity: '1' },
  ];
  shop.activate(shop.save('TOP', lines));
  expect(totals(shop.explode('TOP', '50').rows)).toEqual({ A: 105, B: 12.75, C: 50 });
});

test('OR-BOM-2: per base quantity, converted to the unit of the component', () => {
  const shop = workshop();
  for (const number of ['MIX', 'RESIN', 'HARDENER', 'PIGMENT']) shop.item(number, 'KG');
  const lines = [
    { item: 'RESIN', quantity: '60', unit: 'KG', scrap: '3' },
    { item: 'HARDENER', quantity: '38', unit: 'KG' },
    { item: 'PIGMENT', quantity: '2000', unit: 'G', scrap: '10' },
  ];
  shop.activate(shop.save('MIX', lines, { base: '100', unit: 'KG' }));
  expect(totals(shop.explode('MIX', '250').rows)).toEqual({ RESIN: 154.5, HARDENER: 95, PIGMENT: 5.5 });
});

test('OR-BOM-3: single level stops at components that are no phantoms', () => {
  const { rows } = pumpWorkshop().explode('PUMP', '10');
  expect(totals(rows)).toEqual({ PLATE: 63, BOLT: 204, WIRE: 3.3, MOTOR: 10, PAINTKIT: 10 });
  const plate = rows.find(row => row.material_number === 'PLATE');
  expect(plate?.occurrences.map(o => [o.parent_number, o.quantity_e6])).toEqual([
    ['FRAME', e6('42')],
    ['BRACKET', e6('21')],
  ]);
  const bolt = rows.find(row => row.material_number === 'BOLT');
  expect(bolt?.occurrences.map(o => o.quantity_e6).sort()).toEqual([e6('122.4'), e6('81.6')].sort());
});

test('OR-BOM-4: multi level gives the leaves and the sub-assemblies', () => {
  const { rows, sub_assemblies } = pumpWorkshop().explode('PUMP', '10', 'MULTI_LEVEL');
  expect(totals(rows)).toEqual({
    PLATE: 63,
    BOLT: 204,
    WIRE: 3.3,
    ROTOR: 10.1,
    STATOR: 10,
    PAINT: 5.2,
    THINNER: 2,
  });
  expect(totals(sub_assemblies)).toEqual({ MOTOR: 10, PAINTKIT: 10 });
});

test('the indented explosion names the path of every occurrence', () => {
  const { rows } = pumpWorkshop().explode('PUMP', '10', 'INDENTED');
  expect(rows.find(row => row.material_number === 'ROTOR')).toMatchObject({
    level: 2,
    path: ['PUMP', 'MOTOR', 'ROTOR'],
    quantity_e6: e6('10.1'),
  });
  expect(rows.filter(row => row.material_number === 'PLATE').map(row => row.path.join(' > '))).toEqual([
    'PUMP > FRAME > PLATE',
    'PUMP > FRAME > BRACKET > PLATE',
  ]);
});

test('OR-BOM-5 and OR-BOM-6: the date chooses the version, and ranges never overlap', () => {
  const shop = workshop();
  for (const number of ['TOP', 'A']) shop.item(number);
  const version = (from: string, to: string | null) =>
    shop.save('TOP', [{ item: 'A', quantity: '1' }], { from, to });
  const v1 = version('2025-01-01', '2025-06-30');
  const v2 = version('2025-07-01', null);
  version('2025-01-01', null);
  shop.activate(v1);
  shop.activate(v2);
  const on = (day: string) => shop.explode('TOP', '1', 'SINGLE_LEVEL', day).bom_id;
  expect([on('2025-06-30'), on('2025-07-01')]).toEqual([v1, v2]);
  expect(refusalWith(() => on('2024-12-31'))).toMatch(/^no_active_bom .*"number":"TOP"/);

  const v4 = version('2025-12-01', '2025-12-31');
  expect(refusalWith(() => shop.activate(v4))).toMatch(
    /^overlapping_effectivity .*"version":2.*"end_old_on":"2025-11-30"/,
  );
  shop.activate(v4, true);
  expect(on('2025-12-15')).toBe(v4);
  expect(on('2025-11-30')).toBe(v2);
  expect(refusalWith(() => on('2026-01-01'))).toMatch(/^no_active_bom/);
});

test('OR-BOM-7: a cycle is refused and named', () => {
  const shop = pumpWorkshop();
  expect(refusalWith(() => shop.save('ROTOR', [{ item: 'PUMP', quantity: '1' }]))).toBe(
    'bom_cycle {"path":"PUMP > MOTOR > ROTOR > PUMP"}',
  );
  expect(refusalWith(() => shop.save('PUMP', [{ item: 'PUMP', quantity: '1' }]))).toBe(
    'bom_cycle {"path":"PUMP > PUMP"}',
  );
});

test('OR-UOM-1: conversions are exact', () => {
  const { station, session } = workshop();
  const convert = (quantity: string, from_uom: string, to_uom: string) =>
    ask(station, session, 'catalogue.convert', { quantity_e6: e6(quantity), from_uom, to_uom }).quantity;
  expect([convert('2', 'LB', 'KG'), convert('2.5', 'H', 'MIN'), convert('500', 'G', 'KG')]).toEqual([
    '0.90718474',
    '150',
    '0.5',
  ]);
  expect(refusalWith(() => convert('3', 'KG', 'L'))).toMatch(/^dimension_mismatch/);
});

test('a version in force is changed by a new version', () => {
  const shop = workshop();
  for (const number of ['TOP', 'A', 'B']) shop.item(number);
  const v1 = shop.save('TOP', [{ item: 'A', quantity: '1' }]);
  shop.activate(v1);
  const edit = (bom_id: typeof v1, quantity: string) => ({
    ...shop.bomInput('TOP', [
      { item: 'A', quantity },
      { item: 'B', quantity: '1' },
    ]),
    bom_id,
  });
  expect(refusalOf(shop.station, shop.session, 'catalogue.saveMasterBom', edit(v1, '2'))).toBe(
    'bom_is_active',
  );
  const v2 = ask(shop.station, shop.session, 'catalogue.newMasterBomVersion', { bom_id: v1 });
  expect(v2.bom_version).toBe(2);
  ask(shop.station, shop.session, 'catalogue.saveMasterBom', edit(v2.bom_id, '2'));
  const { lines } = ask(shop.station, shop.session, 'catalogue.compareMasterBoms', {
    from_bom_id: v1,
    to_bom_id: v2.bom_id,
  });
  expect(lines.map(line => [line.change, line.material_number])).toEqual([
    ['CHANGED', 'A'],
    ['ADDED', 'B'],
  ]);
  expect(
    ask(shop.station, shop.session, 'catalogue.listMasterBoms', { material_id: shop.idOf('TOP') }).boms.map(
      bom => [bom.bom_version, bom.state, bom.lines],
    ),
  ).toEqual([
    [2, 'DRAFT', 2],
    [1, 'ACTIVE', 1],
  ]);
  expect(refusalWith(() => shop.activate(v2.bom_id))).toMatch(/^overlapping_effectivity/);
});

test('an alternate is kept with its line and not required', () => {
  const shop = workshop();
  for (const number of ['TOP', 'A', 'B']) shop.item(number);
  const input = shop.bomInput('TOP', [
    { item: 'A', quantity: '1' },
    { item: 'B', quantity: '3' },
  ]);
  const [first, second] = input.lines;
  if (!first || !second) throw new Error('two lines');
  const { bom_id } = ask(shop.station, shop.session, 'catalogue.saveMasterBom', {
    ...input,
    lines: [first, { ...second, alternate_of: 10 }],
  });
  shop.activate(bom_id);
  expect(
    ask(shop.station, shop.session, 'catalogue.getMasterBom', { bom_id }).lines.map(
      line => line.alternate_of,
    ),
  ).toEqual([null, 10]);
  expect(totals(shop.explode('TOP', '2').rows)).toEqual({ A: 2 });
});

test('refused: another dimension, an inactive component, reversed dates, an empty bill, a deep one', () => {
  const shop = workshop();
  for (const number of ['TOP', 'A', 'OLD', 'L0']) shop.item(number);
  const save = (input: object) => refusalOf(shop.station, shop.session, 'catalogue.saveMasterBom', input);
  expect(save(shop.bomInput('TOP', [{ item: 'A', quantity: '1', unit: 'KG' }]))).toBe('dimension_mismatch');
  ask(shop.station, shop.session, 'catalogue.setMaterialActive', {
    material_id: shop.idOf('OLD'),
    is_active: false,
  });
  expect(save(shop.bomInput('TOP', [{ item: 'OLD', quantity: '1' }]))).toBe('component_inactive');
  expect(
    save(shop.bomInput('TOP', [{ item: 'A', quantity: '1' }], { from: '2026-02-01', to: '2026-01-01' })),
  ).toBe('bom_dates_reversed');
  expect(refusalWith(() => shop.activate(shop.save('TOP', [])))).toMatch(/^bom_empty/);
  for (let level = 0; level < 11; level++) {
    shop.item(`L${level + 1}`);
    shop.activate(shop.save(`L${level}`, [{ item: `L${level + 1}`, quantity: '1' }]));
  }
  expect(refusalWith(() => shop.explode('L0', '1', 'MULTI_LEVEL'))).toMatch(/^bom_too_deep/);
  expect(
    refusalOf(
      shop.station,
      shop.station.session('VIEWER'),
      'catalogue.saveMasterBom',
      shop.bomInput('TOP', []),
    ),
  ).toBe('not_allowed');
});

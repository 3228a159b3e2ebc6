import { expect, test } from 'vitest';
import { applyImport, planImport } from '../../../main/modules/catalogue/import.service.ts';
import { readCatalogueFolder } from '../../../main/modules/catalogue/import-files.ts';
import { ask, askJob, refusalOf, type TestStation, testStation } from '../../support/station.ts';
import { workshop } from './bom-support.ts';
import { countRows, demoFolder, hasCatalog } from './import-support.ts';
import { catalogFolder } from './product-model-support.ts';

function withCatalogue(folder = demoFolder): TestStation {
  const station = testStation();
  station.asSystem('test.import', ctx => applyImport(ctx, planImport(ctx, readCatalogueFolder(folder))));
  return station;
}
const finder = (station: TestStation) => {
  const session = station.session('PLANNER');
  return (text: string) =>
    ask(station, session, 'catalogue.searchMaterials', { text, limit: 50 }).items.map(
      item => item.material_number,
    );
};

test.runIf(hasCatalog)('search finds numbers, names, older numbers and starts, in any case', () => {
  const station = withCatalogue(catalogFolder);
  const find = finder(station);
  expect(find('t2-ctrl-edr1')[0]).toBe('T2-CTRL-EDR1');
  expect(find('701.1')[0]).toBe('T2-STD-MANUAL-EN-KIT');
  expect(find('manual SPANISH')).toContain('T2-STD-MANUAL-SP-KIT');
  expect(find('T2')).toHaveLength(50);
  expect(find('linakframe')).toEqual(expect.arrayContaining(['T2-ADW-LINAKFRAME-8', 'T2-ADW-LINAKFRAME-10']));
  expect(find('1/4-20 "nylon')).toEqual([]);
  expect(find('8-32 PAN HEAD SCREWS 1/2"')).toContain('8-32 PAN HEAD SCREWS 1/2"');
  expect(find('" OR * NEAR(')).toEqual([]);
  expect(find('2783').filter(number => number === '2783')).toHaveLength(1);
  const session = station.session('PLANNER');
  const list = ask(station, session, 'catalogue.listMaterials', { limit: 1000 });
  expect(list.total).toBe(284 + 318 - 129);
  expect(list.items).toHaveLength(473);
  expect(ask(station, session, 'catalogue.listMaterials', { kind: 'KIT' }).total).toBe(173);
});

test('accents and capitals make no difference', () => {
  const shop = workshop();
  shop.item('CÂBLE-9');
  const find = finder(shop.station);
  expect(find('cable-9')).toEqual(['CÂBLE-9']);
  expect(find('ITEM câble')).toEqual(['CÂBLE-9']);
});

test('an item shows components at all levels, where it is used, its older numbers and its twin', () => {
  const station = withCatalogue();
  const session = station.session('PLANNER');
  const { material_id } = ask(station, session, 'catalogue.findMaterial', { number: 'T2-BODY-48-60-HA' });
  const item = ask(station, session, 'catalogue.getMaterial', { material_id });
  expect(item.components.length).toBeGreaterThan(0);
  expect(item.aliases.length).toBeGreaterThan(0);
  expect(item.categories[0]?.category_code).toBe('721.709');
  const part = item.components.at(-1);
  if (!part?.material_id) throw new Error('a component');
  const used = ask(station, session, 'catalogue.whereUsed', { material_id: part.material_id });
  expect(used.rows.map(row => row.material_number)).toContain('T2-BODY-48-60-HA');
  expect(used.open_orders).toBe(0);
  const tree = ask(station, session, 'catalogue.categoryTree', {}).categories;
  expect(tree.filter(node => node.parent_category_id === null)).toHaveLength(6);
  expect(tree.find(node => node.category_code === '721')?.items).toBeGreaterThanOrEqual(21);
});

test('an item in an active bill is not deactivated, one that is free is', () => {
  const shop = workshop();
  for (const number of ['TOP', 'A', 'FREE']) shop.item(number);
  shop.activate(shop.save('TOP', [{ item: 'A', quantity: '1' }]));
  const set = (number: string, is_active: boolean) =>
    refusalOf(shop.station, shop.session, 'catalogue.setMaterialActive', {
      material_id: shop.idOf(number),
      is_active,
    });
  expect(set('A', false)).toBe('material_in_use');
  expect(
    ask(shop.station, shop.session, 'catalogue.materialReferences', { material_id: shop.idOf('A') }),
  ).toEqual({ master_boms: 1, open_orders: 0, approved_boms: 0 });
  expect(set('FREE', false)).toBe('accepted');
  expect(ask(shop.station, shop.session, 'catalogue.searchMaterials', { text: 'FREE' }).items).toEqual([]);
  expect(set('FREE', true)).toBe('accepted');
});

test('a number exists once per kind, and a change made meanwhile is not overwritten', () => {
  const shop = workshop();
  shop.item('A');
  expect(() => shop.item('A')).toThrow('already_exists');
  expect(() => shop.item(' A')).toThrow('invalid_input');
  const item = ask(shop.station, shop.session, 'catalogue.getMaterial', { material_id: shop.idOf('A') });
  const save = (row_version: number, unit = item.base_uom_id) =>
    refusalOf(shop.station, shop.session, 'catalogue.saveMaterial', {
      ...item,
      row_version,
      material_name: 'New name',
      base_uom_id: unit,
    });
  expect([save(item.row_version), save(item.row_version)]).toEqual(['accepted', 'row_changed']);
  shop.item('TOP');
  shop.save('TOP', [{ item: 'A', quantity: '1' }]);
  expect(save(2, shop.unit('KG'))).toBe('unit_in_use');
});

test('an item is found by the bin it lies in, and an empty bin is no place', () => {
  const shop = workshop();
  shop.item('A');
  const item = ask(shop.station, shop.session, 'catalogue.getMaterial', { material_id: shop.idOf('A') });
  expect([item.warehouse_location, item.bin_location]).toEqual([null, null]);
  const save = (bin_location: string | null) =>
    refusalOf(shop.station, shop.session, 'catalogue.saveMaterial', {
      ...item,
      warehouse_location: 'Hall B, rack 3',
      bin_location,
    });
  expect([save(' '), save('x'.repeat(51)), save('B3-07')]).toEqual([
    'invalid_input',
    'invalid_input',
    'accepted',
  ]);
  const found = (text: string) =>
    ask(shop.station, shop.session, 'catalogue.searchMaterials', { text }).items.map(i => i.material_number);
  expect([found('b3-07'), found('B3-0')]).toEqual([['A'], []]);
});

test('a category never lies below itself', () => {
  const shop = workshop();
  const save = (category_id: string | null, code: string, parent: string | null) =>
    shop.station.serve(shop.session, 'catalogue.saveCategory', {
      category_id,
      row_version: null,
      category_code: code,
      category_name: code,
      description: null,
      parent_category_id: parent,
      is_active: true,
    });
  const idOf = (reply: ReturnType<typeof save>): string =>
    reply.ok ? String((reply.value as { category_id: string }).category_id) : reply.error.code;
  const a = idOf(save(null, 'A', null));
  const b = idOf(save(null, 'B', a));
  expect(idOf(save(a, 'A', b))).toBe('category_cycle');
  expect(idOf(save(null, 'A', null))).toBe('already_exists');
});

test('the import runs as a job: a dry run writes nothing, the second run changes nothing', async () => {
  const station = testStation();
  const session = station.session('ORG_ADMIN');
  const files = readCatalogueFolder(demoFolder);
  const rows = () =>
    countRows(
      station,
      'select (select count(*) from materials) + (select count(*) from bom_lines) + (select count(*) from catalogue_imports) as n',
    );
  const dry = await askJob(station, session, 'catalogue.importCatalogue', { files, dry_run: true });
  expect(dry).toMatchObject({ dry_run: true, errors: 0 });
  expect(dry.changes.materials_added).toBe(585);
  expect(rows()).toBe(0);
  const first = await askJob(station, session, 'catalogue.importCatalogue', { files, dry_run: false });
  expect(first.changes_total).toBe(dry.changes_total);
  expect(rows()).toBeGreaterThan(585);
  expect(
    (await askJob(station, session, 'catalogue.importCatalogue', { files, dry_run: false })).changes_total,
  ).toBe(0);
  expect(ask(station, session, 'catalogue.listImports', {}).imports).toHaveLength(1);
  expect(
    refusalOf(station, station.session('PLANNER'), 'catalogue.importCatalogue', { files, dry_run: true }),
  ).toBe('not_allowed');
  await expect(
    askJob(station, session, 'catalogue.importCatalogue', {
      files: [{ name: 'parts.json', text: '{' }],
      dry_run: true,
    }),
  ).rejects.toThrow('import_file_not_json');
});

test('quantities stay unconfirmed until an administrator confirms them', () => {
  const station = withCatalogue();
  const admin = station.session('ORG_ADMIN');
  const { material_id } = ask(station, admin, 'catalogue.findMaterial', { number: 'T2-BODY-48-60-HA' });
  expect(ask(station, admin, 'catalogue.getMaterial', { material_id }).quantities_verified).toBe(false);
  expect(
    refusalOf(station, station.session('PLANNER'), 'catalogue.confirmQuantities', {
      material_id,
      confirmed: true,
    }),
  ).toBe('not_allowed');
  ask(station, admin, 'catalogue.confirmQuantities', { material_id, confirmed: true });
  expect(ask(station, admin, 'catalogue.getMaterial', { material_id }).quantities_verified).toBe(true);
});

test('the test bench judges every rule of a model and says what it read', () => {
  const station = withCatalogue();
  const session = station.session('PLANNER');
  const { families } = ask(station, session, 'catalogue.listFamilies', {});
  expect(families.map(f => [f.family, f.is_released, f.message === null])).toEqual([
    ['MDRD', true, true],
    ['ENDOSCOPE', false, false],
    ['INSTROSINK', false, false],
  ]);
  const [mdrd, endoscope] = families;
  if (!mdrd || !endoscope) throw new Error('two families');
  const { rows } = ask(station, session, 'catalogue.runTestBench', {
    product_model_id: mdrd.product_model_id,
    configuration: { sink_model: 'T2-B1', sink_length_in: 48 },
  });
  expect(rows.length).toBeGreaterThan(50);
  expect(rows.some(row => row.answers.some(answer => answer.path === 'sink_length_in'))).toBe(true);
  expect(
    ask(station, session, 'catalogue.runTestBench', {
      product_model_id: endoscope.product_model_id,
      configuration: {},
    }).evaluation.submittable,
  ).toBe(false);
});

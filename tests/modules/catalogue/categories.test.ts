import { expect, test } from 'vitest';
import { applyImport, planImport } from '../../../main/modules/catalogue/import.service.ts';
import { readCatalogueFolder } from '../../../main/modules/catalogue/import-files.ts';
import { categoryRows, rowAfter } from '../../../renderer/modules/catalogue/parts/category-rows.ts';
import { ask, refusalOf, testStation } from '../../support/station.ts';
import { demoFolder } from './import-support.ts';

function shop() {
  const station = testStation();
  const session = station.session('ORG_ADMIN');
  const tree = () => ask(station, session, 'catalogue.categoryTree', {}).categories;
  const at = (code: string) => {
    const found = tree().find(({ category_code }) => category_code === code);
    if (!found) throw new Error(`no category ${code}`);
    return found;
  };
  const values = (code: string, changes: object = {}) => {
    const { items: _, ...category } = at(code);
    return { ...category, ...changes };
  };
  const create = (code: string, parent: string | null) =>
    ask(station, session, 'catalogue.saveCategory', {
      category_id: null,
      row_version: null,
      category_code: code,
      category_name: `Category ${code}`,
      description: null,
      parent_category_id: parent === null ? null : at(parent).category_id,
      is_active: true,
    });
  const save = (code: string, changes: object) =>
    station.serve(session, 'catalogue.saveCategory', values(code, changes));
  return { station, session, tree, at, values, create, save };
}

test('a category is created, renamed and moved', () => {
  const { create, save, at } = shop();
  create('A', null);
  create('B', null);
  create('A1', 'A');
  expect(save('A1', { category_name: 'Brackets', parent_category_id: at('B').category_id }).ok).toBe(true);
  expect(at('A1')).toMatchObject({ category_name: 'Brackets', parent_category_id: at('B').category_id });
});

test('a category never lies below itself, and the refusal names the path', () => {
  const { create, save, at } = shop();
  create('A', null);
  create('A1', 'A');
  create('A11', 'A1');
  const below = save('A', { parent_category_id: at('A11').category_id });
  expect(below).toMatchObject({
    ok: false,
    error: { code: 'category_cycle', details: { path: 'A > A1 > A11 > A' } },
  });
  const own = save('A', { parent_category_id: at('A').category_id });
  expect(own).toMatchObject({ ok: false, error: { code: 'category_cycle' } });
  expect(at('A').parent_category_id).toBeNull();
});

test('a code exists once, and a change made meanwhile is not overwritten', () => {
  const { station, session, create, values, save } = shop();
  create('A', null);
  const old = values('A');
  expect(() => create('A', null)).toThrow('already_exists');
  save('A', { category_name: 'Newer' });
  expect(refusalOf(station, session, 'catalogue.saveCategory', { ...old, category_name: 'Older' })).toBe(
    'row_changed',
  );
});

test('a category in use stays active and says what it holds', () => {
  const { station, session, at, save, create, tree } = shop();
  station.asSystem('test.import', ctx => applyImport(ctx, planImport(ctx, readCatalogueFolder(demoFolder))));
  const { category_id } = at('721');
  const below = tree().filter(({ parent_category_id }) => parent_category_id === category_id).length;
  expect(ask(station, session, 'catalogue.categoryReferences', { category_id })).toEqual({
    items: 0,
    categories: below,
  });
  const sub = ask(station, session, 'catalogue.categoryReferences', {
    category_id: at('721.709').category_id,
  });
  expect(sub.items).toBeGreaterThan(0);
  expect(save('721', { is_active: false })).toMatchObject({
    ok: false,
    error: { code: 'category_in_use', details: { category: '721', count: below } },
  });
  expect(save('721.709', { is_active: false })).toMatchObject({
    ok: false,
    error: { code: 'category_in_use', details: { count: sub.items } },
  });
  create('EMPTY', null);
  expect(save('EMPTY', { is_active: false }).ok).toBe(true);
  expect(save('EMPTY', { is_active: true }).ok).toBe(true);
  expect(at('EMPTY').is_active).toBe(true);
});

test('the tree shows open branches, and arrows lead through it', () => {
  const { create, tree, at, save } = shop();
  create('A', null);
  create('A1', 'A');
  create('B', null);
  save('B', { is_active: false });
  const codes = (open: ReadonlySet<string>, inactive = false) =>
    categoryRows(tree(), open, inactive).map(
      ({ category, level }) => `${category?.category_code ?? 'all'}${level}`,
    );
  expect(codes(new Set())).toEqual(['all1', 'A1']);
  const open = new Set([at('A').category_id]);
  expect(codes(open)).toEqual(['all1', 'A1', 'A12']);
  expect(codes(open, true)).toEqual(['all1', 'A1', 'A12', 'B1']);
  const rows = categoryRows(tree(), open, true);
  expect(rowAfter(rows, 1, 'ArrowDown')).toBe(2);
  expect(rowAfter(rows, 2, 'ArrowLeft')).toBe(1);
  expect(rowAfter(rows, 1, 'ArrowRight')).toBe(2);
  expect(rowAfter(rows, 3, 'ArrowDown')).toBe(3);
  expect(rowAfter(rows, 3, 'Home')).toBe(0);
  expect(rowAfter(rows, 0, 'ArrowUp')).toBe(0);
});

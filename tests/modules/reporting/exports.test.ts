import { readdirSync } from 'node:fs';
import { expect, test } from 'vitest';
import type { Id } from '../../../db/kit/columns.ts';
import { material_aliases } from '../../../db/schema/catalogue.ts';
import { materialsSheet } from '../../../main/modules/catalogue/catalogue.sheets.ts';
import { installPlaces } from '../../../main/modules/catalogue/places.service.ts';
import { sheetTexts } from '../../../main/modules/reporting/sheet-texts.rules.ts';
import { usersSubject } from '../../../main/modules/reporting/subjects.service.ts';
import type { Sheet } from '../../../main/platform/sheet.ts';
import { catalogueExport, usersExport } from '../../../preload/contract/reporting.ts';
import type { PushEvent } from '../../../preload/contract/rpc.ts';
import { bulkInsert, bulkOrders, bulkWriter } from '../../support/bulk.ts';
import { ask, askJob, refusalOf, type TestStation, testStation } from '../../support/station.ts';
import { workshop } from '../catalogue/bom-support.ts';
import { fileOf, readWithExceljs, readWithHucre } from './workbook-support.ts';

function withOrders(count: number): TestStation {
  const station = testStation();
  const found = station.readAsSystem(ctx =>
    ctx.sql.get<{ plant_id: string; user_id: string }>(
      'select p.id as plant_id, u.id as user_id from plants p, users u limit 1',
    ),
  );
  const owner = {
    organization_id: station.organization_id,
    plant_id: '',
    user_id: '',
    at_ms: station.clock.now_ms(),
    ...found,
  };
  const db = bulkWriter(station.folders.database);
  bulkInsert(db, 'orders', owner, bulkOrders(owner, count));
  db.close();
  return station;
}

test('the whole filtered set of orders, numbers as text, dates as dates, with a sheet that says what it is', async () => {
  const station = withOrders(60);
  const session = station.session('PLANNER');
  const made = await askJob(station, session, 'reporting.exportOrders', {
    filter: { status: ['PARTS_SENT', 'SHIPPED'] },
    sort: { by: 'order_number', direction: 'asc' },
  });
  expect(made).toMatchObject({ file_name: 'Orders_2026-11-20_0900.xlsx', rows: 20 });
  const book = await readWithHucre(fileOf(station, made.ticket));
  const [heading, ...rows] = book.get('Orders')?.rows ?? [];
  expect(heading?.slice(0, 8)).toEqual([
    'Order',
    'Build',
    'Customer',
    'Project',
    'Sales person',
    'Wanted on',
    'Late',
    'Status',
  ]);
  const numbers = rows.slice(0, 20).map(r => r[0]);
  expect(numbers.every(n => typeof n === 'string')).toBe(true);
  expect([...numbers].sort()).toEqual(numbers);
  expect(new Set(rows.slice(0, 20).map(r => r[7]))).toEqual(new Set(['Parts sent', 'Shipped']));
  expect(rows[1]?.[5]).toBeInstanceOf(Date);
  expect(rows[20]?.[1]).toBe(20);
  const info = new Map(book.get('Info')?.rows.map(r => [r[0], r[1]]));
  expect(info.get('Filter')).toBe('Status: Parts sent, Shipped');
  expect(info.get('Sorted by')).toBe('Order, ascending');
  expect(info.get('Written by')).toBe('User PLANNER (planner)');
  expect(info.get('Local time (America/Toronto)')).toBe('2026-11-20 09:00');
  expect(info.get('UTC time')).toBe('2026-11-20T14:00:00Z');
  expect(info.get('Data complete to')).toBe('2026-11-20 09:00: this station');
  expect(info.get('Rows')).toBe('20');
  expect(info.get('Program')).toMatch(/^Millwright \d/);
});

test('a grouped list is exported group by group, with a sheet that counts them', async () => {
  const station = withOrders(60);
  const made = await askJob(station, station.session('PLANNER'), 'reporting.exportOrders', {
    filter: { status: ['PARTS_SENT', 'SHIPPED'] },
    sort: { by: 'order_number', direction: 'desc' },
    group: 'order_status',
  });
  const book = await readWithHucre(fileOf(station, made.ticket));
  const [heading, ...rows] = book.get('Orders')?.rows ?? [];
  expect(heading?.slice(0, 3)).toEqual(['Status', 'Order', 'Build']);
  const builds = rows.slice(0, 20);
  const counts = Map.groupBy(builds, row => row[0]);
  expect([...counts.keys()]).toEqual(['Parts sent', 'Shipped']);
  expect(builds.map(row => row[0])).toEqual(
    [...counts].flatMap(([status, { length }]) => Array(length).fill(status)),
  );
  const groups = book.get('Groups')?.rows ?? [];
  expect(groups.slice(0, 3).map(row => row.slice(0, 2))).toEqual([
    ['Status', 'Builds'],
    ...[...counts].map(([status, { length }]) => [status, length]),
  ]);
  const info = new Map(book.get('Info')?.rows.map(r => [r[0], r[1]]));
  expect(info.get('Grouped by')).toBe('Status');
  expect(info.get('Rows')).toBe('20');
});

test('only the selected builds; in the language of the person', async () => {
  const station = withOrders(30);
  const session = station.session('PLANNER');
  station.serve(session, 'identity.setLocale', { locale: 'fr' });
  const ids = station
    .readAsSystem(ctx => ctx.sql.all<{ id: string }>('select id from orders order by id limit 3'))
    .map(o => o.id);
  const made = await askJob(station, session, 'reporting.exportOrders', { ids: ids as never });
  expect(made).toMatchObject({ file_name: 'Commandes_2026-11-20_0900.xlsx', rows: 3 });
  const book = await readWithExceljs(fileOf(station, made.ticket));
  expect(book.getWorksheet('Commandes')?.getCell('A2').numFmt).toBe('@');
  expect(book.getWorksheet('Commandes')?.getRow(1).values).toContain('État');
  expect(book.getWorksheet('Infos')?.getColumn(2).values).toContain('3 lignes sélectionnées');
});

test('the whole filtered set without the deselected builds, counted in the workbook and the audit trail', async () => {
  const station = withOrders(60);
  const session = station.session('PLANNER');
  const filter = { status: ['PARTS_SENT' as const, 'SHIPPED' as const] };
  const except = station
    .readAsSystem(ctx =>
      ctx.sql.all<{ id: Id<'orders'> }>("select id from orders where order_status = 'SHIPPED' limit 2"),
    )
    .map(o => o.id);
  const made = await askJob(station, session, 'reporting.exportOrders', { filter, except });
  expect(made.rows).toBe(18);
  const info = (await readWithHucre(fileOf(station, made.ticket))).get('Info')?.rows.map(r => r[1]);
  expect(info).toContain('All but 2 deselected rows');
  const row = station.readAsSystem(ctx =>
    ctx.sql.get<{ metadata: string }>("select metadata from audit_logs where action = 'EXPORT'"),
  );
  expect(JSON.parse(row?.metadata ?? '{}').selection).toMatchObject({ deselected: 2 });
});

test('the file of a list holds what the list shows: items by bin and older number, people by search and role', () => {
  const shop = workshop(testStation({ roles: ['ENGINEER', 'OPERATOR'] }));
  const { station } = shop;
  for (const number of ['711.100', '1916']) shop.item(number);
  station.asSystem('test.places', ctx => {
    installPlaces(ctx, { 'Rack 2': { 'B3-07': '711.100' } });
    ctx.insert(material_aliases, { material_id: shop.idOf('1916'), alias_number: '700.1916' });
  });
  const cells = (sheet: Sheet, at: number) => [...sheet.lines()].map(line => line.cells[at]);
  const items = (text: string) =>
    station.readAsSystem(ctx => cells(materialsSheet(ctx, { ...catalogueExport.parse({}).filter, text }), 0));
  const listed = (text: string) =>
    ask(station, shop.session, 'catalogue.listMaterials', { text }).items.map(i => i.material_number);
  for (const text of ['b3-07', '700.1916', '19', 'nothing']) expect(items(text)).toEqual(listed(text));
  expect([items('b3-07'), items('700.1916'), items('')]).toEqual([
    ['711.100'],
    ['1916'],
    ['1916', '711.100'],
  ]);

  const people = (filter: object) =>
    station.readAsSystem(ctx => {
      const { sheets, facts } = usersSubject(ctx, usersExport.parse({ filter }), sheetTexts('en'));
      return [sheets.flatMap(sheet => cells(sheet, 0)), facts.slice(1).map(fact => fact.value)];
    });
  expect(people({})).toEqual([['engineer', 'operator'], ['none: everything']]);
  expect(people({ search: 'OPER', is_active: true })).toEqual([
    ['operator'],
    ['Text: OPER', 'People who may sign in only'],
  ]);
  expect(people({ is_active: false })[0]).toEqual([]);
});

test('an export is in the audit trail', async () => {
  const station = withOrders(5);
  const session = station.session('PLANNER');
  await askJob(station, session, 'reporting.exportOrders', {});
  const row = station.readAsSystem(ctx =>
    ctx.sql.get<{ user_name: string; metadata: string }>(
      "select user_name, metadata from audit_logs where action = 'EXPORT'",
    ),
  );
  expect(JSON.parse(row?.metadata ?? '{}')).toMatchObject({
    file_name: 'Orders_2026-11-20_0900.xlsx',
    rows: 5,
  });
});

test('who may not export is refused', () => {
  const station = testStation();
  expect(refusalOf(station, station.session('VIEWER'), 'reporting.exportOrders', {})).toBe('not_allowed');
  expect(refusalOf(station, station.session('VIEWER'), 'reporting.exportCatalogue', {})).toBe('not_allowed');
});

test('a cancelled export leaves no file', async () => {
  const station = withOrders(30_000);
  const ended = Promise.withResolvers<PushEvent>();
  const files = () => readdirSync(station.folders.work, { recursive: true });
  const session = station.session('PLANNER');
  let filesWhileRunning = 0;
  station.onPush(event => {
    if (event.kind !== 'job') return;
    if (event.state !== 'running') ended.resolve(event);
    else if (filesWhileRunning === 0) {
      filesWhileRunning = files().length;
      station.cancelJob(session, event.job_id);
    }
  });
  expect(station.serve(session, 'reporting.exportOrders', {}).ok).toBe(true);
  expect(await ended.promise).toMatchObject({ state: 'failed', error: { code: 'job_cancelled' } });
  expect(filesWhileRunning).toBeGreaterThan(0);
  expect(files()).toEqual([]);
}, 60_000);

test('an unknown BOM is refused by its code', async () => {
  const station = testStation();
  const reply = await station.runJob(station.session('PLANNER'), 'reporting.exportBom', {
    bom_id: '019b0000-0001-7000-8000-000000000001',
  });
  expect(reply).toMatchObject({ ok: false, error: { code: 'row_not_found' } });
});

test('the program itself exports what a person would', async () => {
  const station = withOrders(4);
  const reply = await station.callAsSystem('reporting.exportOrders', {});
  expect(reply).toMatchObject({ ok: true, value: { rows: 4, file_name: 'Orders_2026-11-20_0900.xlsx' } });
});

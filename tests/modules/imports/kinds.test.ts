import { expect, test } from 'vitest';
import { kindNamed } from '../../../main/modules/imports/kinds.ts';
import {
  catalogueSubject,
  ordersSubject,
  usersSubject,
  workCentersSubject,
} from '../../../main/modules/reporting/subjects.service.ts';
import type { ImportKindName } from '../../../preload/contract/imports.ts';
import { catalogueExport, orderExport, usersExport } from '../../../preload/contract/reporting.ts';
import { ask, signIn, type TestStation, testStation } from '../../support/station.ts';
import { workshop } from '../catalogue/bom-support.ts';
import { submittedBuild } from '../orders/order-support.ts';
import { csvFile, exported, planned } from './import-support.ts';

async function applied(station: TestStation, name: ImportKindName, file: string) {
  const { steps, problems } = await planned(station, name, file);
  expect(problems).toEqual([]);
  return station.asSystem('test.import', ctx =>
    steps.flatMap(step => kindNamed(name).apply(ctx, step.op) ?? []),
  );
}
const NOTHING = { added: 0, changed: 0, removed: 0, problems: 0 };
const problemsOf = ({ problems }: Awaited<ReturnType<typeof planned>>) =>
  problems.map(({ row, field, code }) => [row, field, code]);

test('people: an export untouched changes nothing; new people get a password once, roles of others stay', async () => {
  const station = testStation({ roles: ['ORG_ADMIN', 'OPERATOR'] });
  const file = await exported(station, usersSubject, usersExport.parse({}));
  expect((await planned(station, 'users', file)).counts).toMatchObject({ ...NOTHING, unchanged: 2 });

  const more = csvFile([
    'Nom d’utilisateur,Nom,Initiales,Usine,Service,Rôles,Langue',
    'm.tremblay,Marie Tremblay,MT,OAK,ASM,OPERATOR,Français',
    'operator,Renamed Operator,OP,OAK,ASM,OPERATOR,en',
  ]);
  const plan = await planned(station, 'users', more);
  expect(plan.counts).toMatchObject({ added: 1, changed: 1, problems: 0 });
  const notices = await applied(station, 'users', more);
  expect(notices).toEqual([{ label: 'm.tremblay', value: expect.stringMatching(/^(\w{4}-){3}\w{4}$/) }]);
  expect(signIn(station, 'm.tremblay', notices[0]?.value)).toBeTruthy();

  const wrong = csvFile([
    'User name,Name,Initials,Plant,Department,Roles',
    'operator,X Y,XY,OAK,NOPE,ORG_ADMIN',
  ]);
  expect(problemsOf(await planned(station, 'users', wrong))).toEqual([
    [2, 'dept_code', 'not_found'],
    [2, 'roles', 'roles_elsewhere'],
  ]);
});

test('work centres: departments by code, the position in the flow, and a second row of the same code', async () => {
  const station = testStation();
  const file = csvFile([
    'Code,Name,Type,Position in the flow,Departments',
    'wc010,Welding,Assembly,10,ASM',
    'WC020,Packing,Emballage,20,',
  ]);
  await applied(station, 'work_centers', file);
  const written = await exported(station, workCentersSubject, {});
  expect((await planned(station, 'work_centers', written)).counts).toMatchObject({
    ...NOTHING,
    unchanged: 2,
  });
  expect((await planned(station, 'work_centers', file)).counts).toMatchObject({ ...NOTHING, unchanged: 2 });
  const again = csvFile([
    'Code,Name,Position in the flow',
    'WC010,Welding 2,11',
    'wc010,Other,1',
    'WC030,New,0',
  ]);
  expect(problemsOf(await planned(station, 'work_centers', again))).toEqual([
    [3, 'work_center_code', 'row_twice'],
    [4, 'flow_position', 'below'],
  ]);
});

test('BOM lines: an export untouched changes nothing; an edit makes the next version, in force at once', async () => {
  const shop = workshop();
  const { station } = shop;
  for (const number of ['KIT', 'BOLT', 'NUT', 'PLATE']) shop.item(number);
  const first = csvFile([
    'Assembly,Line,Item,Quantity,Unit,Scrap,Notes',
    'KIT,10,BOLT,4,EA,5%,M8',
    'KIT,20,NUT,4,EA,,',
  ]);
  expect((await planned(station, 'bom_lines', first)).counts).toMatchObject({ added: 2, problems: 0 });
  await applied(station, 'bom_lines', first);
  const file = await exported(
    station,
    catalogueSubject,
    catalogueExport.parse({ filter: { active: 'all' } }),
  );
  expect((await planned(station, 'bom_lines', file)).counts).toMatchObject({ ...NOTHING, unchanged: 2 });
  expect((await planned(station, 'bom_lines', first)).counts).toMatchObject({ ...NOTHING, unchanged: 2 });

  const edited = csvFile(['Assembly,Line,Item,Quantity', 'KIT,10,NUT,6', 'KIT,20,PLATE,1']);
  const plan = await planned(station, 'bom_lines', edited);
  expect(plan.differences.map(({ change, label }) => [change, label])).toEqual([
    ['CHANGED', 'KIT › NUT'],
    ['ADDED', 'KIT › PLATE'],
    ['REMOVED', 'KIT › BOLT'],
  ]);
  await applied(station, 'bom_lines', edited);
  const { boms } = ask(station, shop.session, 'catalogue.listMasterBoms', { material_id: shop.idOf('KIT') });
  expect(boms.map(({ bom_version, state, lines }) => [bom_version, state, lines])).toEqual([
    [2, 'ACTIVE', 2],
    [1, 'INACTIVE', 2],
  ]);
});

test('BOM lines: versions side by side, each from its day on, come back without a change and are edited each for itself', async () => {
  const shop = workshop();
  const { station } = shop;
  for (const number of ['KIT', 'BOLT', 'NUT']) shop.item(number);
  const old = { item: 'BOLT', quantity: '4' };
  shop.activate(shop.save('KIT', [old], { to: '2026-12-31' }));
  shop.activate(shop.save('KIT', [old, { item: 'NUT', quantity: '2' }], { from: '2027-01-01' }));
  const filter = catalogueExport.parse({ filter: { active: 'all' } });
  const file = await exported(station, catalogueSubject, filter);
  expect((await planned(station, 'bom_lines', file)).counts).toMatchObject({ ...NOTHING, unchanged: 3 });

  const edited = csvFile([
    'Assembly,BOM version,Line,Item,Quantity',
    'KIT,1,10,BOLT,4',
    'KIT,2,10,BOLT,5',
    'KIT,2,20,NUT,2',
  ]);
  const plan = await planned(station, 'bom_lines', edited);
  expect(plan.counts).toMatchObject({ ...NOTHING, changed: 1, unchanged: 2 });
  await applied(station, 'bom_lines', edited);
  const { boms } = ask(station, shop.session, 'catalogue.listMasterBoms', { material_id: shop.idOf('KIT') });
  expect(boms.map(b => [b.bom_version, b.state, b.effective_start_on, b.effective_end_on])).toEqual([
    [3, expect.stringMatching(/^(ACTIVE|FUTURE)$/), '2027-01-01', null],
    [2, 'INACTIVE', '2027-01-01', null],
    [1, 'ACTIVE', null, '2026-12-31'],
  ]);
  // The file still speaks of version 2, which is not in force any more.
  expect(problemsOf(await planned(station, 'bom_lines', edited))).toEqual([[3, 'bom_version', 'not_found']]);
});

test('BOM lines: unknown items, quantities of nothing and an assembly that contains itself are found before', async () => {
  const shop = workshop();
  for (const number of ['A', 'B', 'C']) shop.item(number);
  const file = csvFile(['Assembly,Item,Quantity', 'A,B,1', 'B,C,1', 'C,A,1']);
  const cycle = await planned(shop.station, 'bom_lines', file);
  expect(cycle.problems[0]).toMatchObject({
    code: 'bom_cycle',
    values: { path: expect.stringContaining('A > B') },
  });
  const wrong = csvFile(['Assembly,Item,Quantity', 'A,B,0', 'A,GONE,1', 'NONE,B,1']);
  expect(problemsOf(await planned(shop.station, 'bom_lines', wrong))).toEqual([
    [2, 'quantity_e6', 'not_positive'],
    [3, 'item_number', 'not_found'],
    [4, 'assembly_number', 'not_found'],
  ]);
});

test('orders: headers change, a new build copies the answers of another, unfit rows are named', async () => {
  const { station } = submittedBuild();
  const file = await exported(station, ordersSubject, orderExport.parse({}));
  expect((await planned(station, 'orders', file)).counts).toMatchObject({ ...NOTHING, unchanged: 1 });
  const more = csvFile([
    'Order,Build,Customer,Sales person,Wanted on,Copy of',
    'PO-1001,BUILD-001,Lakeshore Hospital West,Peter Aldous,2027-03-01,',
    'PO-2002,BUILD-101,Hillside Clinic,Peter Aldous,2027-05-01,PO-1001/BUILD-001',
  ]);
  expect((await planned(station, 'orders', more)).counts).toMatchObject({
    added: 1,
    changed: 1,
    problems: 0,
  });
  await applied(station, 'orders', more);
  const held = station.readAsSystem(ctx =>
    ctx.sql.all('select order_number, customer_name from orders order by order_number'),
  );
  expect(held).toEqual([
    { order_number: 'PO-1001', customer_name: 'Lakeshore Hospital West' },
    { order_number: 'PO-2002', customer_name: 'Hillside Clinic' },
  ]);
  const wrong = csvFile([
    'Order,Build,Customer,Sales person,Wanted on,Copy of,Configuration',
    'PO-3003,B-1,Some Clinic,Peter Aldous,2027-05-01,,',
    'PO-3004,B-1,Some Clinic,Peter Aldous,2020-05-01,PO-1001/BUILD-001,',
    'PO-3005,B-1,Some Clinic,Peter Aldous,2027-05-01,,"{""sink_model"":"',
    'PO-1001,BUILD-001,Lakeshore Hospital West,Peter Aldous,2027-03-01,PO-2002/BUILD-101,',
  ]);
  expect(problemsOf(await planned(station, 'orders', wrong))).toEqual([
    [2, 'configuration', 'answers_missing'],
    [4, 'configuration', 'not_answers'],
    [5, 'configuration', 'answers_of_existing'],
    [3, 'want_on', 'order_refused'],
  ]);
});

import { expect, test } from 'vitest';
import { orders } from '../../../db/schema/orders.ts';
import { ask, refusalOf } from '../../support/station.ts';
import { draftOf, oneBasin, orderStation, submitDraft, submittedBuild, twoBuilds } from './order-support.ts';

test('a changed configuration is the next revision with the next BOM version, and the difference says why', () => {
  const { station, planner, order_id, bom_id, order } = submittedBuild();
  const before = order();
  const made = ask(station, planner, 'orders.revise', {
    order_id,
    expected_version: before.order.row_version,
    configuration: { ...before.configuration, legs_model: 'DL14', feet_type: 'SS_ADJUSTABLE_SEISMIC_FEET' },
    reason: 'Customer changed his mind',
  });
  expect(made).toMatchObject({ revision_no: 2, bom_version: 2 });
  expect(made.answers.map(({ path, from, to }) => [path, from, to])).toEqual([
    ['legs_model', 'DL27', 'DL14'],
    ['feet_type', 'LOCK_LEVELING_CASTERS', 'SS_ADJUSTABLE_SEISMIC_FEET'],
  ]);
  const top = made.differences
    .filter(difference => difference.level === 0)
    .map(({ change, item_id, causes }) => ({
      change,
      item_id,
      answers: causes.flatMap(cause => cause.changes.map(({ path }) => path)),
    }));
  expect(top).toEqual([
    { change: 'added', item_id: 'T2-DL14-KIT', answers: ['legs_model'] },
    { change: 'added', item_id: 'T2-SEISMIC-FEET', answers: ['feet_type'] },
    { change: 'removed', item_id: 'T2-DL27-KIT', answers: ['legs_model'] },
    { change: 'removed', item_id: 'T2-LEVELING-CASTOR-475', answers: ['feet_type'] },
  ]);

  const { versions } = ask(station, planner, 'bom.versions', { order_id });
  expect(
    versions.map(({ bom_version, status, configuration_revision }) => [
      bom_version,
      status,
      configuration_revision,
    ]),
  ).toEqual([
    [2, 'DRAFT', 2],
    [1, 'SUPERSEDED', 1],
  ]);
  expect(versions[0]?.changes).toEqual(made.counts);
  const { revisions } = ask(station, planner, 'orders.listRevisions', { order_id });
  expect(revisions.map(({ revision_no, reason }) => [revision_no, reason])).toEqual([
    [2, 'Customer changed his mind'],
    [1, null],
  ]);
  expect(revisions[1]?.configuration).toEqual(before.configuration);
  expect(order().history[0]).toMatchObject({
    action: 'CONFIGURATION_UPDATED',
    comment: 'Customer changed his mind',
  });
  const compared = ask(station, planner, 'bom.compare', { a: bom_id, b: made.bom_id });
  expect(compared.differences).toEqual(made.differences);
  expect(ask(station, planner, 'orders.diffRevisions', { order_id, from: 1, to: 2 }).answers).toEqual(
    made.answers,
  );
  expect(refusalOf(station, planner, 'orders.diffRevisions', { order_id, from: 1, to: 3 })).toBe(
    'revision_unknown',
  );
});

test('a stored revision cannot be altered or removed', () => {
  const { station, order_id } = submittedBuild();
  const write = (sql: string) => () => station.asSystem('test.write', ctx => ctx.sql.get(sql, [order_id]));
  expect(write("update order_revisions set configuration = '{}' where order_id = ? returning id")).toThrow(
    'append only',
  );
  expect(write('delete from order_revisions where order_id = ? returning id')).toThrow('append only');
});

test('revising is refused when stale, unchanged, broken or after approval, and follows a reopened BOM', () => {
  const { station, planner, procurement, order_id, bom_id, bom, order } = submittedBuild();
  const { configuration } = order();
  const revise = (changes: object, expected_version = order().order.row_version) =>
    refusalOf(station, planner, 'orders.revise', {
      order_id,
      expected_version,
      configuration: { ...configuration, ...changes },
    });
  expect(revise({})).toBe('configuration_unchanged');
  expect(revise({ sink_length_in: 47 })).toBe('configuration_refused');
  expect(revise({ sink_length_in: 61 }, 99)).toBe('row_changed');
  expect(order().bom_versions).toHaveLength(1);
  ask(station, procurement, 'bom.approve', { bom_id, expected_version: bom().header.row_version });
  expect(order().can_edit).toBe(false);
  expect(revise({ sink_length_in: 61 })).toBe('order_not_editable');
  ask(station, procurement, 'bom.reopen', { order_id });
  expect(revise({ sink_length_in: 61 })).toBe('accepted');
  expect(order().bom_versions.map(({ status }) => status)).toEqual(['DRAFT', 'SUPERSEDED', 'APPROVED']);
});

test('the header changes for one build or for all; another language is a revision with its own manual', () => {
  const station = orderStation();
  const planner = station.session('PLANNER');
  const [first] = submitDraft(station, planner, draftOf(twoBuilds)).builds;
  if (!first) throw new Error('no build');
  const builds = () => ask(station, planner, 'orders.getPo', { order_number: 'PO-1001' }).builds;
  const version = () => builds()[0]?.row_version ?? 0;
  ask(station, planner, 'orders.updateHeader', {
    order_id: first.order_id,
    expected_version: version(),
    patch: { customer_name: 'North Clinic' },
  });
  expect(builds().map(build => build.customer_name)).toEqual(['North Clinic', 'Lakeshore Hospital']);
  // A day in the past is allowed now: the rule holds at entry only.
  ask(station, planner, 'orders.updateHeader', {
    order_id: first.order_id,
    expected_version: version(),
    patch: { want_on: '2026-01-05', document_language: 'FR' },
    whole_po: true,
  });
  expect(
    builds().map(({ want_on, document_language, configuration_revision, is_late }) => [
      want_on,
      document_language,
      configuration_revision,
      is_late,
    ]),
  ).toEqual(Array(2).fill(['2026-01-05', 'FR', 2, true]));
  const page = ask(station, planner, 'orders.get', { order_id: first.order_id });
  const tree = ask(station, planner, 'bom.get', { bom_id: page.bom_versions[0]?.bom_id ?? first.bom_id });
  expect(tree.rows[0]?.item_id).toBe('T2-STD-MANUAL-FR-KIT');
  expect(
    refusalOf(station, planner, 'orders.updateHeader', {
      order_id: first.order_id,
      expected_version: 1,
      patch: { notes: 'x' },
    }),
  ).toBe('row_changed');
  expect(
    refusalOf(station, station.session('PROCUREMENT'), 'orders.updateHeader', {
      order_id: first.order_id,
      expected_version: version(),
      patch: { notes: 'x' },
    }),
  ).toBe('not_allowed');
});

test('only an administrator deletes, only before approval, and the trail stays', () => {
  const { station, planner, procurement, admin, order_id, bom_id, order } = submittedBuild();
  const remove = (session: string, expected_version = order().order.row_version) =>
    refusalOf(station, session, 'orders.deleteOrder', {
      order_id,
      expected_version,
      reason: 'Entered twice',
    });
  expect([remove(planner), remove(procurement)]).toEqual(['not_allowed', 'not_allowed']);
  expect(remove(admin, 7)).toBe('row_changed');
  const count = (table: string) =>
    station.readAsSystem(ctx => Number(ctx.sql.get<{ n: number }>(`select count(*) as n from ${table}`)?.n));
  expect(remove(admin)).toBe('accepted');
  expect([
    count('orders'),
    count("bom_headers where scope = 'ORDER'"),
    count('order_config_items'),
    count('order_revisions'),
  ]).toEqual([0, 0, 0, 1]);
  expect(
    count(`audit_logs where entity_type = 'orders' and action = 'DELETE' and reason = 'Entered twice'`),
  ).toBe(1);
  expect(refusalOf(station, planner, 'bom.get', { bom_id })).toBe('row_not_found');

  const other = submittedBuild();
  ask(other.station, other.procurement, 'bom.approve', {
    bom_id: other.bom_id,
    expected_version: other.bom().header.row_version,
  });
  expect(
    refusalOf(other.station, other.admin, 'orders.deleteOrder', {
      order_id: other.order_id,
      expected_version: other.order().order.row_version,
      reason: 'Entered twice',
    }),
  ).toBe('order_not_deletable');
});

test('where-used finds the open builds of an item at any level', () => {
  const { station, planner, order_id, bom_id, bom } = submittedBuild(oneBasin);
  const leaf = bom().rows.find(row => row.level === 2);
  if (!leaf?.material_id) throw new Error('the demo build has no third level');
  const expected = bom().rows.filter(row => row.material_id === leaf.material_id);
  const { uses, has_more } = ask(station, planner, 'orders.whereUsed', { material_id: leaf.material_id });
  expect(has_more).toBe(false);
  expect(uses).toEqual([
    expect.objectContaining({
      order_id,
      bom_id,
      bom_status: 'DRAFT',
      occurrences: expected.length,
      total_quantity_e6: expected.reduce((sum, row) => sum + row.total_quantity_e6, 0),
    }),
  ]);
});

test('where-used counts the approved version while a reopened draft is worked on, and no shipped build', () => {
  const { station, planner, procurement, order_id, bom_id, bom } = submittedBuild(oneBasin);
  const kit = bom().rows.find(row => row.item_id === 'T2-DL27-KIT');
  if (!kit?.material_id) throw new Error('no leg kit');
  const material_id = kit.material_id;
  const uses = () =>
    ask(station, planner, 'orders.whereUsed', { material_id }).uses.map(use => [
      use.bom_version,
      use.bom_status,
      use.total_quantity_e6,
    ]);
  ask(station, procurement, 'bom.approve', { bom_id, expected_version: bom().header.row_version });
  const draft = ask(station, procurement, 'bom.reopen', { order_id });
  const line_id = bom(draft.bom_id).rows[kit.row_no - 1]?.line_id;
  if (!line_id) throw new Error('the copy lost a line');
  const edited = ask(station, procurement, 'bom.editLine', {
    bom_id: draft.bom_id,
    line_id,
    expected_version: draft.row_version,
    quantity_e6: 4_000_000,
  });
  expect(uses()).toEqual([[1, 'APPROVED', 1_000_000]]);
  ask(station, procurement, 'bom.approve', { bom_id: draft.bom_id, expected_version: edited.row_version });
  expect(uses()).toEqual([[2, 'APPROVED', 4_000_000]]);
  station.asSystem('test.status', ctx => ctx.update(orders, order_id, { order_status: 'SHIPPED' }));
  expect(uses()).toEqual([]);
});

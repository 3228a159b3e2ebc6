import fc from 'fast-check';
import { expect, test } from 'vitest';
import { changedItems, type DoneFacts, impactOf } from '../../../main/modules/fulfilment/impact.rules.ts';
import { ask } from '../../support/station.ts';
import { oneBasin } from '../orders/order-support.ts';
import { lifeOf } from './life-support.ts';

const UNIT = 1_000_000;
const nothing: DoneFacts = {
  parts_out: [],
  serials: [],
  batches: [],
  labels: [],
  inspections: [],
  tasks: [],
};
const row = (item_id: string, pieces: number) => ({ item_id, total_quantity_e6: pieces * UNIT });

test('items are compared over the whole build, wherever they lie in it', () => {
  expect(
    changedItems(
      [row('LEGS', 1), row('BOLT', 4), row('BOLT', 4), row('TAP', 1)],
      [row('BOLT', 2), row('BOLT', 6), row('TAP', 2), row('FEET', 4)],
    ),
  ).toEqual([
    { item_id: 'FEET', before_e6: 0, after_e6: 4 * UNIT },
    { item_id: 'LEGS', before_e6: UNIT, after_e6: 0 },
    { item_id: 'TAP', before_e6: UNIT, after_e6: 2 * UNIT },
  ]);
});

test('each kind of work done is judged by what it depends on', () => {
  const items = [
    { item_id: 'LEGS', before_e6: UNIT, after_e6: 0 },
    { item_id: 'SCREEN', before_e6: 3 * UNIT, after_e6: UNIT },
    { item_id: 'FEET', before_e6: 0, after_e6: UNIT },
  ];
  const done: DoneFacts = {
    parts_out: [
      { id: 'p1', material_number: 'LEGS', outsourcing_status: 'SENT' },
      { id: 'p2', material_number: 'CASTER', outsourcing_status: 'RECEIVED' },
    ],
    serials: ['A', 'B', 'C'].map(serial => ({
      id: serial,
      material_number: 'SCREEN',
      serial_number: serial,
    })),
    batches: [{ id: 'b1', material_number: 'LEGS', batch_number: 'L7' }],
    labels: [
      { id: 'l1', label_code: 'PART LEGS', values: ['LEGS'], is_of_build: false },
      { id: 'l2', label_code: 'BUILD_FRONT', values: ['B-1'], is_of_build: true },
    ],
    inspections: [
      { id: 'i1', plan_type: 'PRE_QC' },
      { id: 'i2', plan_type: 'TEST' },
    ],
    tasks: [
      { id: 't1', task_code: 'B1', material_numbers: ['CASTER', 'LEGS'] },
      { id: 't2', task_code: 'B2', material_numbers: ['CASTER'] },
    ],
  };
  const told = (isConfigurationChanged: boolean) =>
    impactOf(items, isConfigurationChanged, done).map(({ kind, id, why }) => `${kind} ${id} ${why}`);
  const byItems = [
    'part_sent p1 removed',
    'serial B fewer',
    'serial C fewer',
    'batch b1 removed',
    'label l1 removed',
  ];
  expect(told(false)).toEqual([...byItems, 'check i2 items', 'task t1 removed']);
  expect(told(true)).toEqual([
    ...byItems,
    'label l2 configuration',
    'check i1 configuration',
    'check i2 configuration',
    'task t1 removed',
  ]);
  expect(impactOf([], false, done)).toEqual([]);
});

test('whatever was captured: of a part needed less, exactly the serial numbers beyond the need are wrong', () => {
  fc.assert(
    fc.property(fc.nat(6), fc.nat(6), fc.nat(6), (before, after, captured) => {
      const items = changedItems([row('X', before)], [row('X', after)]);
      const serials = Array.from({ length: captured }, (_, n) => ({
        id: `${n}`,
        material_number: 'X',
        serial_number: `${n}`,
      }));
      const wrong = impactOf(items, false, { ...nothing, serials });
      expect(wrong).toHaveLength(after < before ? Math.max(0, captured - after) : 0);
    }),
  );
});

test('a BOM changed on the floor says beforehand what it makes wrong, and its approval opens the issue with rework', () => {
  const life = lifeOf();
  const { station, order_id, as } = life;
  life.toProduction();
  life.workAllTasks();
  life.signed('IN_PROCESS');
  life.captureSerials();
  const admin = as('ORG_ADMIN');
  const newest = () => {
    const [found] = ask(station, admin, 'bom.versions', { order_id }).versions;
    if (!found) throw new Error('no BOM');
    return found;
  };
  ask(station, admin, 'bom.reopen', { order_id, reason: 'Customer changed the legs' });
  const draft = newest();
  const impact = () => ask(station, as('PROCUREMENT'), 'fulfilment.bomImpact', { bom_id: newest().bom_id });
  expect(impact()).toEqual({ replaces_version: 1, impacts: [] });
  const tree = ask(station, admin, 'bom.get', { bom_id: draft.bom_id }).rows;
  const legs = tree.find(line => line.level === 0 && line.item_id === 'T2-DL27-KIT');
  ask(station, admin, 'bom.removeLine', {
    bom_id: draft.bom_id,
    line_id: legs?.line_id ?? ('' as never),
    expected_version: draft.row_version,
  });
  const told = impact().impacts;
  expect(told).toContainEqual(
    expect.objectContaining({ kind: 'part_sent', item_id: 'T2-DL27-KIT', why: 'removed', what: 'RECEIVED' }),
  );
  expect(told).toContainEqual(expect.objectContaining({ kind: 'check', what: 'IN_PROCESS', why: 'items' }));
  expect(told.map(({ kind }) => kind)).toContain('task');
  expect(told.map(({ what }) => what)).not.toContain('PRE_QC');
  expect(life.situation().issues).toEqual([]);

  ask(station, admin, 'bom.approve', { bom_id: newest().bom_id, expected_version: newest().row_version });
  const [issue] = life.situation().issues;
  expect(issue).toMatchObject({ ncr_type: 'PROCESS', severity: 'MAJOR', needs_rework: true, status: 'OPEN' });
  expect(issue?.defect_description).toContain('BOM version 2 replaces version 1');
  expect(issue?.defect_description).toContain(
    'Part sent out: RECEIVED, T2-DL27-KIT (no longer in the build)',
  );
  const rework = ask(station, as('OPERATOR'), 'production.work', { order_id }).tasks.filter(
    task => task.is_rework,
  );
  expect(rework).toHaveLength(told.filter(({ kind }) => kind === 'task' || kind === 'serial').length);
  expect(life.missing('OPERATOR', 'T5')).toContain('issue_open');
  const messages = ask(station, as('PROCUREMENT'), 'infrastructure.listNotifications', { only_unread: true });
  expect(messages.rows.map(message => message.message_code)).toContain('fulfilment:notices.revision_impact');
});

test('new answers say what they would make wrong before they are saved', () => {
  const life = lifeOf();
  const { station, order_id, as } = life;
  life.approveAndSend();
  const consequences = (configuration: typeof oneBasin) =>
    ask(station, as('PLANNER'), 'fulfilment.revisionImpact', { order_id, configuration });
  expect(consequences(oneBasin).impacts).toEqual([]);
  const wrong = consequences({ ...oneBasin, legs_model: 'DL14' });
  expect(wrong.replaces_version).toBe(1);
  expect(wrong.impacts).toMatchObject([
    { kind: 'part_sent', item_id: 'T2-DL27-KIT', what: 'SENT', why: 'removed' },
  ]);
});

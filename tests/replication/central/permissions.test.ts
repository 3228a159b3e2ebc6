import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { Unit, UnitChange } from '../../../main/replication/wire.ts';
import {
  type Centre,
  insert,
  newCentre,
  order,
  plant,
  remove,
  role,
  type TestStation,
  tool,
  update,
  user,
} from './support.ts';

let centre: Centre;
let a: TestStation;
const [north, south] = [plant(), plant()];
const planner = role({ role_code: 'PLANNER', permissions: { orders: ['read', 'update', 'transition'] } });
const viewer = role({ role_code: 'VIEWER', permissions: { orders: ['read'], tools: ['export'] } });
const admin = role({ role_code: 'ORG_ADMIN', permissions: { '*': ['*'] } });
const [ann, vic, boss, root] = [user(), user(), user(), user({ is_superuser: true })];
const build = order(north.id);
const far = order(south.id);

const given = (person: object, held: object, more: object = {}) => {
  const [user_id, role_id] = [(person as { id: string }).id, (held as { id: string }).id];
  const scope = { plant_id: null, department_id: null, expires_at_ms: null, is_active: true };
  return insert('user_roles', { user_id, role_id, ...scope, ...more });
};
const access = (person: object, plant_id: unknown) =>
  insert('user_plant_access', {
    user_id: (person as { id: string }).id,
    plant_id,
    access_level: 'WRITE',
    can_create: true,
    can_read: true,
    can_update: true,
    can_delete: false,
    is_active: true,
  });
const state = (workflow_id: string, state_code: string, at: number) =>
  insert('workflow_states', {
    workflow_id,
    state_code,
    state_name: { en: state_code, fr: state_code, es: state_code },
    state_type: at === 0 ? 'INITIAL' : 'FINAL',
    display_order: at,
    maps_to_status: null,
    assignee_roles: [],
    notify_roles: [],
    is_active: true,
  });
function workflow(): UnitChange[] {
  const head = insert('workflows', {
    workflow_code: 'W',
    workflow_version: 1,
    workflow_name: { en: 'W', fr: 'W', es: 'W' },
    description: null,
    entity_type: 'orders',
    is_system_workflow: false,
    is_active: true,
  });
  const states = ['ORDER_CREATED', 'PARTS_SENT', 'READY_FOR_PRE_QC'].map((code, at) =>
    state(head.id, code, at),
  );
  const way = (from: number, to: number, required_roles: string[]) =>
    insert('workflow_transitions', {
      workflow_id: head.id,
      from_state_id: states[from]?.id,
      to_state_id: states[to]?.id,
      transition_code: `W${from}${to}`,
      transition_name: { en: 'Go', fr: 'Go', es: 'Go' },
      needs_approval: false,
      needs_comment: false,
      needs_assignment: false,
      conditions: { required_roles, required_fields: [], field_conditions: [] },
      guards: [],
      approval: null,
      display_order: 1,
      is_active: true,
    });
  return [head, ...states, way(0, 1, ['PLANNER']), way(1, 2, ['QC_INSPECTOR'])];
}

beforeAll(async () => {
  centre = await newCentre();
  a = await centre.station(await centre.organization('ACME'), 'A');
  const first = [north, south].map(row => insert('plants', row));
  const people = [ann, vic, boss, root].map(row => insert('users', row));
  const roles = [planner, viewer, admin].map(row => insert('roles', row));
  const rights = [
    given(ann, planner),
    access(ann, north.id),
    given(vic, viewer),
    access(vic, north.id),
    given(boss, admin),
  ];
  expect(
    await a.push([
      ...first,
      ...people,
      ...roles,
      ...rights,
      ...workflow(),
      insert('orders', build),
      insert('orders', far),
    ]),
  ).toMatchObject({ outcome: 'applied' });
  await a.pullAll();
}, 60_000);
afterAll(() => centre.close());

const by = (person: object, intent: string, more: Partial<Unit> = {}): Partial<Unit> => ({
  actor_id: (person as { id: string }).id,
  intent,
  ...more,
});
let text = 0;
/** The notes of an order, whatever they are now. */
async function noted(row: object): Promise<UnitChange> {
  const { id } = row as { id: string };
  const { rows } = await centre.operator.query<{ notes: string | null; row_version: string }>(
    'select notes, row_version from orders where id = $1',
    [id],
  );
  return update(
    'orders',
    id,
    Number(rows[0]?.row_version),
    { notes: rows[0]?.notes ?? null },
    { notes: `note ${++text}` },
  );
}
const REFUSED = { outcome: 'rejected', detail: { code: 'actor_not_permitted', table: 'users' } };

test('a command is taken from whoever may give it, and refused in words from whoever may not', async () => {
  expect(await a.push([await noted(build)], by(ann, 'orders.updateHeader'))).toMatchObject({
    outcome: 'applied',
    detail: null,
  });
  const hostile = a.unit([await noted(build)], by(vic, 'orders.updateHeader'));
  expect(await a.send([hostile])).toMatchObject([REFUSED]);
  const { rows } = await centre.operator.query(
    'select outcome, reason_code, reason_values, author_id, state from conflicts where unit_id = $1',
    [hostile.unit_id],
  );
  expect(rows).toEqual([
    {
      outcome: 'REJECTED',
      reason_code: 'actor_not_permitted',
      reason_values: { permission: 'orders:update' },
      author_id: vic.id,
      state: 'OPEN',
    },
  ]);
});

test('among good units only the refused one stays out', async () => {
  const [first, last] = [insert('tools', tool()), insert('tools', tool())];
  const outcomes = await a.send([
    a.unit([first]),
    a.unit([await noted(build)], by(vic, 'orders.revise')),
    a.unit([await noted(build)], by(ann, 'orders.updateHeader')),
    a.unit([last]),
  ]);
  expect(outcomes.map(o => o.outcome)).toEqual(['applied', 'rejected', 'applied', 'applied']);
});

test('a command of another name does not help: rows that decide rights need their own', async () => {
  const harmless = (person: object) => by(person, 'identity.setLocale');
  expect(await a.push([given(ann, admin)], harmless(ann))).toMatchObject(REFUSED);
  expect(
    await a.push(
      [update('users', String(ann.id), 1, { is_superuser: false }, { is_superuser: true })],
      harmless(ann),
    ),
  ).toMatchObject(REFUSED);
  expect(
    await a.push(
      [update('users', String(vic.id), 1, { hashed_password: 'x' }, { hashed_password: 'y' })],
      harmless(ann),
    ),
  ).toMatchObject(REFUSED);
  const opened = { permissions: { '*': ['*'] } };
  expect(
    await a.push(
      [update('roles', String(viewer.id), 1, { permissions: viewer.permissions }, opened)],
      harmless(vic),
    ),
  ).toMatchObject(REFUSED);
  const { rows } = await centre.operator.query(
    'select count(*)::int as n from user_roles where user_id = $1',
    [ann.id],
  );
  expect(rows).toEqual([{ n: 1 }]);
  // What sign-ins and people themselves change of an account.
  const own = update('users', String(ann.id), 1, { locale: 'en' }, { locale: 'fr' });
  expect(await a.push([own], harmless(ann))).toMatchObject({ outcome: 'applied' });
  const failed = update('users', String(vic.id), 1, { failed_pin_count: 0 }, { failed_pin_count: 1 });
  expect(await a.push([failed], by(ann, 'identity.switchOperator'))).toMatchObject({ outcome: 'applied' });
});

test('a command that the centre does not know yet is taken from people who may change things', async () => {
  expect(await a.push([await noted(build)], by(ann, 'orders.newer'))).toMatchObject({ outcome: 'applied' });
  expect(await a.push([await noted(build)], by(vic, 'orders.newer'))).toMatchObject(REFUSED);
});

test('rights end at the plant they were given for', async () => {
  expect(await a.push([await noted(far)], by(ann, 'orders.updateHeader'))).toMatchObject(REFUSED);
  expect(await a.push([await noted(build), await noted(far)], by(ann, 'orders.updateHeader'))).toMatchObject(
    REFUSED,
  );
  for (const person of [boss, root])
    expect(await a.push([await noted(far)], by(person, 'orders.updateHeader'))).toMatchObject({
      outcome: 'applied',
    });
});

test('an attempt that was refused at the station leaves its trace all the same', async () => {
  expect(await a.push([], by(vic, 'orders.updateHeader'))).toMatchObject({ outcome: 'applied' });
});

test('a right that was taken away counts for commands of stations that could not know', async () => {
  const person = user();
  const right = given(person, planner);
  await a.push([insert('users', person), right, access(person, north.id)]);
  await a.pullAll();
  const before = a.cursor.seq;
  const { user_id: _, ...held } = right.patch ?? {};
  await a.push([update('user_roles', right.id, 1, { is_active: held.is_active }, { is_active: false })]);
  await a.pullAll();
  const change = async (seen_seq: number) =>
    a.push([await noted(build)], by(person, 'orders.updateHeader', { seen_seq }));
  expect(await change(before)).toMatchObject({ outcome: 'applied', detail: { needs_review: true } });
  expect(await change(a.cursor.seq)).toMatchObject(REFUSED);
});

test('a role that had ended, by the clock of the centre, when the author last heard of it', async () => {
  const person = user();
  const ended = given(person, planner, { expires_at_ms: Date.now() - 60_000 });
  const ending = user();
  const lasting = given(ending, planner, { expires_at_ms: Date.now() + 3_600_000 });
  await a.push([
    insert('users', person),
    insert('users', ending),
    ended,
    lasting,
    access(person, north.id),
    access(ending, north.id),
  ]);
  await a.pullAll();
  // Whatever the clock of the station says.
  const long_ago = { occurred_at_ms: 1 };
  expect(await a.push([await noted(build)], by(person, 'orders.updateHeader', long_ago))).toMatchObject(
    REFUSED,
  );
  expect(await a.push([await noted(build)], by(ending, 'orders.updateHeader', long_ago))).toMatchObject({
    outcome: 'applied',
  });
});

const step = (row: object, from: string, to: string): UnitChange =>
  update('orders', (row as { id: string }).id, 1, { order_status: from }, { order_status: to });
const NO_SUCH_STEP = { outcome: 'rejected', detail: { code: 'step_unknown', field: 'order_status' } };
const MOVE = 'fulfilment.move';

test('steps that the workflow does not have are refused, and those that it leaves to others', async () => {
  expect(await a.push([step(build, 'ORDER_CREATED', 'SHIPPED')], by(ann, MOVE))).toMatchObject({
    ...NO_SUCH_STEP,
    detail: { values: { from: 'ORDER_CREATED', to: 'SHIPPED' } },
  });
  expect(await a.push([step(build, 'ORDER_CREATED', 'PARTS_SENT')], by(ann, MOVE))).toMatchObject({
    outcome: 'merged',
  });
  // A way of the workflow, but for inspectors.
  expect(await a.push([step(build, 'PARTS_SENT', 'READY_FOR_PRE_QC')], by(ann, MOVE))).toMatchObject(
    NO_SUCH_STEP,
  );
  expect(
    await a.push([step(far, 'PARTS_SENT', 'READY_FOR_PRE_QC')], by(boss, 'fulfilment.override')),
  ).toMatchObject({ outcome: 'conflict', detail: { code: 'step_passed' } });
  expect(
    await a.push([step(build, 'PARTS_SENT', 'READY_FOR_SHIP')], by(boss, 'fulfilment.override')),
  ).toMatchObject({ outcome: 'merged' });
});

test('the ways of a status without a workflow hold for everyone', async () => {
  const request = order(north.id, { order_kind: 'SERVICE', order_status: 'PENDING' });
  await a.push([insert('orders', request)]);
  const shipment = insert('shipments', {
    plant_id: north.id,
    shipment_number: randomUUID().slice(0, 8),
    shipment_type: 'OUTBOUND',
    shipment_status: 'DRAFT',
    order_id: request.id,
  });
  const item = insert('shipment_items', {
    plant_id: north.id,
    shipment_id: shipment.id,
    line_number: 1,
    material_number: 'M-1',
    material_description: 'Body',
    quantity_e6: 1,
    packed_quantity_e6: 0,
    outsourcing_status: 'RECEIVED',
  });
  expect(await a.push([shipment, item])).toMatchObject({ outcome: 'applied' });
  const again = update(
    'shipment_items',
    item.id,
    1,
    { outsourcing_status: 'RECEIVED' },
    { outsourcing_status: 'PENDING' },
  );
  expect(await a.push([again])).toMatchObject({
    outcome: 'rejected',
    detail: { code: 'step_unknown', table: 'shipment_items', field: 'outsourcing_status' },
  });
  expect(await a.push([step(request, 'PENDING', 'APPROVED')])).toMatchObject({ outcome: 'applied' });
});

test('movements are booked where the department of their author is linked, also from a station that offers more', async () => {
  const scanner = role({ role_code: 'OPERATOR', permissions: { order_movements: ['create'] } });
  const department = insert('departments', {
    plant_id: north.id,
    dept_code: 'QC',
    dept_name: 'Quality',
    is_active: true,
  });
  const [sue, free] = [user({ department_id: department.id }), user()];
  const center = (work_center_code: string, flow_position: number) =>
    insert('work_centers', {
      plant_id: north.id,
      work_center_code,
      work_center_name: work_center_code,
      work_center_type: 'ASSEMBLY',
      flow_position,
      is_active: true,
    });
  const [own, other] = [center('WC1', 1), center('WC2', 2)];
  const link = insert('work_center_departments', { work_center_id: own.id, department_id: department.id });
  expect(
    await a.push([
      department,
      ...[sue, free].map(row => insert('users', row)),
      insert('roles', scanner),
      ...[sue, free].flatMap(person => [given(person, scanner), access(person, north.id)]),
      own,
      other,
      link,
    ]),
  ).toMatchObject({ outcome: 'applied' });
  await a.pullAll();
  const movement = (person: object, at: UnitChange): UnitChange =>
    insert('order_movements', {
      plant_id: north.id,
      order_number: 'WO-1',
      order_key: 'WO-1',
      work_center_id: at.id,
      movement_type: 'IN',
      quantity: 1,
      remark: null,
      user_id: (person as { id: string }).id,
      occurred_at_ms: 1,
      order_id: null,
      source: 'SCAN',
      station_id: 'A',
      corrects_id: null,
      correction_reason: null,
      flag: null,
    });
  const book = (person: object, at: UnitChange, more: Partial<Unit> = {}) =>
    a.push([movement(person, at)], by(person, 'tracking.book', more));
  const refused = {
    outcome: 'rejected',
    detail: { code: 'work_center_not_permitted', table: 'order_movements', field: 'work_center_id' },
  };
  expect(await book(sue, own)).toMatchObject({ outcome: 'applied', detail: null });
  expect(await book(sue, other)).toMatchObject(refused);
  for (const person of [free, boss, root])
    expect(await book(person, other)).toMatchObject({ outcome: 'applied', detail: null });
  const together = [sue, free, sue].map((person, at) =>
    a.unit([movement(person, at === 2 ? other : own)], by(person, 'tracking.book')),
  );
  expect((await a.send(together)).map(o => o.outcome)).toEqual(['applied', 'applied', 'rejected']);
  const alike = (at: UnitChange) => {
    const { id: _, ...same } = { ...movement(sue, at).patch };
    const rows = [1, 2].map(quantity => ({ id: randomUUID(), quantity }));
    return a.push([{ table: 'order_movements', op: 'I', same, rows }] as never, by(sue, 'tracking.book'));
  };
  expect(await alike(own)).toMatchObject({ outcome: 'applied', detail: null });
  expect(await alike(other), 'what all rows say counts for each').toMatchObject(refused);

  // The link is taken away: who could not know it books on, to be looked at; who saw it does not.
  const seen_seq = a.cursor.seq;
  expect(await a.push([remove('work_center_departments', { id: link.id })])).toMatchObject({
    outcome: 'applied',
  });
  expect(await book(sue, own, { seen_seq })).toMatchObject({
    outcome: 'applied',
    detail: { needs_review: true },
  });
  await a.pullAll();
  expect(await book(sue, own)).toMatchObject(refused);
});

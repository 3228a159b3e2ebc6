import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import {
  type Centre,
  configItem,
  history,
  insert,
  newCentre,
  order,
  plant,
  remove,
  role,
  type TestStation,
  tool,
  uom,
  update,
  user,
} from './support.ts';

let centre: Centre;
let a: TestStation;
let b: TestStation;
const p = plant();
const person = user();
beforeAll(async () => {
  centre = await newCentre();
  const organization = await centre.organization('ACME');
  a = await centre.station(organization, 'A');
  b = await centre.station(organization, 'B');
  const sent = await a.push([insert('plants', p), insert('users', person)]);
  expect(sent).toMatchObject({ outcome: 'applied' });
  await b.pullAll();
}, 60_000);
afterAll(() => centre.close());

const rowAt = async (table: string, id: unknown) =>
  (await centre.operator.query(`select * from ${table} where id = $1`, [id])).rows[0];
const inbox = async (id: unknown) =>
  (await centre.operator.query('select * from conflicts where row_id = $1 order by received_at_ms', [id]))
    .rows;

test('different fields of one row merge; the second station gets both', async () => {
  const t = tool();
  await a.push([insert('tools', t)]);
  await b.pullAll();
  expect(
    await a.push([update('tools', String(t.id), 1, { category: null }, { category: 'A' })]),
  ).toMatchObject({ outcome: 'applied' });
  expect(
    await b.push([update('tools', String(t.id), 1, { description: null }, { description: 'B' })]),
  ).toMatchObject({ outcome: 'merged' });
  expect(await rowAt('tools', t.id)).toMatchObject({ category: 'A', description: 'B', row_version: 3 });
});

test('the same field with the same value merges, with another value conflicts and shows old, mine and theirs', async () => {
  const t = tool();
  await a.push([insert('tools', t)]);
  const change = (value: string) => update('tools', String(t.id), 1, { category: null }, { category: value });
  await a.push([change('ONE')]);
  expect(await b.push([change('ONE')])).toMatchObject({ outcome: 'merged' });
  expect(await b.push([change('TWO')])).toMatchObject({
    outcome: 'conflict',
    detail: { code: 'field_changed', table: 'tools', field: 'category' },
  });
  expect(await rowAt('tools', t.id)).toMatchObject({ category: 'ONE' });
  const [entry] = await inbox(t.id);
  expect(entry).toMatchObject({
    outcome: 'CONFLICT',
    station_code: 'B',
    row_label: t.tool_name,
    state: 'OPEN',
  });
  expect(entry.fields).toEqual([
    { table: 'tools', row_id: t.id, field: 'category', base: null, mine: 'TWO', theirs: 'ONE' },
  ]);
});

test('a unit is whole: one conflicting change takes the others back', async () => {
  const [t, other] = [tool(), tool()];
  await a.push([insert('tools', t)]);
  await a.push([update('tools', String(t.id), 1, { category: null }, { category: 'ONE' })]);
  const outcome = await b.push([
    insert('tools', other),
    update('tools', String(t.id), 1, { category: null }, { category: 'TWO' }),
  ]);
  expect(outcome).toMatchObject({ outcome: 'conflict' });
  expect(await rowAt('tools', other.id)).toBeUndefined();
});

test('a whole document conflicts also in other fields; outside the document it merges', async () => {
  const o = order(p.id);
  await a.push([insert('orders', o)]);
  await Promise.all([a.pullAll(), b.pullAll()]);
  const configure = (legs: number) =>
    update('orders', String(o.id), 1, { configuration: { legs: 4 } }, { configuration: { legs } });
  expect(await a.push([configure(6)])).toMatchObject({ outcome: 'applied' });
  expect(await b.push([insert('order_config_items', configItem(o.id))])).toMatchObject({
    outcome: 'conflict',
    detail: { code: 'document_changed' },
  });
  expect(
    await b.push([update('orders', String(o.id), 1, { notes: null }, { notes: 'call first' })]),
  ).toMatchObject({ outcome: 'merged' });
  expect(await a.push([insert('order_config_items', configItem(o.id))])).toMatchObject({
    outcome: 'applied',
  });
});

test('a status moves once from where the author saw it; a claim goes to the first', async () => {
  const o = order(p.id);
  await a.push([insert('orders', o)]);
  const move = (to: string) =>
    update('orders', String(o.id), 1, { order_status: 'ORDER_CREATED' }, { order_status: to });
  expect(await a.push([move('PARTS_SENT')])).toMatchObject({ outcome: 'applied' });
  expect(await b.push([move('PARTS_SENT')])).toMatchObject({ outcome: 'merged' });
  expect(await b.push([move('SHIPPED')])).toMatchObject({
    outcome: 'conflict',
    detail: { code: 'step_passed' },
  });
  const second = user();
  await a.push([insert('users', second)]);
  const claim = (who: unknown) =>
    update('orders', String(o.id), 1, { current_assignee_id: null }, { current_assignee_id: who });
  expect(await a.push([claim(person.id)])).toMatchObject({ outcome: 'merged' });
  expect(await b.push([claim(second.id)])).toMatchObject({
    outcome: 'conflict',
    detail: { code: 'claimed' },
  });
});

test('append-only rows come in once and never change', async () => {
  const h = history(person.id);
  expect(await a.push([insert('workflow_history', h)])).toMatchObject({ outcome: 'applied' });
  expect(await b.push([insert('workflow_history', h)])).toMatchObject({ outcome: 'merged' });
  expect(await b.push([insert('workflow_history', { ...h, comment: 'other' })])).toMatchObject({
    outcome: 'rejected',
    detail: { code: 'row_exists' },
  });
  expect(
    await a.push([update('workflow_history', String(h.id), 1, { comment: null }, { comment: 'x' })]),
  ).toMatchObject({ outcome: 'rejected', detail: { code: 'immutable' } });
  expect(await a.push([remove('workflow_history', h)])).toMatchObject({
    outcome: 'rejected',
    detail: { code: 'immutable' },
  });
  await expect(centre.operator.query('delete from workflow_history')).rejects.toThrow('append_only');
});

test('the last arrival wins where it was declared so, the centre where that was', async () => {
  const note = {
    id: randomUUID(),
    user_id: person.id,
    notification_type: 'INFO',
    message_code: 'm',
    message_values: {},
    entity_type: null,
    entity_id: null,
    priority: 'LOW',
    is_read: false,
    read_at_ms: null,
  };
  await a.push([insert('notifications', note)]);
  await a.push([update('notifications', note.id, 1, { priority: 'LOW' }, { priority: 'HIGH' })]);
  expect(
    await b.push([update('notifications', note.id, 1, { priority: 'LOW' }, { priority: 'URGENT' })]),
  ).toMatchObject({ outcome: 'merged' });
  expect(await rowAt('notifications', note.id)).toMatchObject({ priority: 'URGENT' });
  // The reminder that both stations made is one row, as the first one left it.
  expect(await b.push([insert('notifications', { ...note, priority: 'LOW' })])).toMatchObject({
    outcome: 'merged',
  });
  expect(await rowAt('notifications', note.id)).toMatchObject({ priority: 'URGENT' });
  const r = role();
  await a.push([insert('roles', r)]);
  const rename = (name: string) =>
    update('roles', String(r.id), 1, { role_name: 'Role' }, { role_name: name });
  expect(await a.push([rename('One')])).toMatchObject({ outcome: 'applied' });
  expect(await b.push([rename('One')])).toMatchObject({ outcome: 'merged' });
  expect(await b.push([rename('Two')])).toMatchObject({
    outcome: 'rejected',
    detail: { code: 'row_changed' },
  });
  const fewer = update(
    'roles',
    String(r.id),
    1,
    { permissions: { orders: ['read'] } },
    { permissions: { orders: [] } },
  );
  expect(await b.push([fewer])).toMatchObject({ outcome: 'rejected' });
});

test('rows of the centre are not written by a station, unless they are the same; a joining station brings what is absent', async () => {
  const u = uom();
  expect(await a.push([insert('units_of_measure', u)])).toMatchObject({
    outcome: 'rejected',
    detail: { code: 'not_writable' },
  });
  expect(await a.push([{ ...insert('units_of_measure', u), op: 'J' }])).toMatchObject({ outcome: 'applied' });
  expect(
    await b.push([{ ...insert('units_of_measure', { ...u, uom_name: 'Other' }), op: 'J' }]),
  ).toMatchObject({ outcome: 'merged' });
  expect(await rowAt('units_of_measure', u.id)).toMatchObject({ uom_name: 'Unit' });
  expect(await a.push([insert('units_of_measure', u)])).toMatchObject({ outcome: 'merged' });
  const sameCode = { ...insert('units_of_measure', uom({ uom_code: u.uom_code })), op: 'J' as const };
  expect(await a.push([sameCode])).toMatchObject({ outcome: 'merged' });
});

test('a business key that is taken is a refusal that names the field; the queue goes on', async () => {
  const t = tool();
  await a.push([insert('tools', t)]);
  const twin = tool({ tool_name: t.tool_name });
  const [refused, next] = await b.send([b.unit([insert('tools', twin)]), b.unit([insert('tools', tool())])]);
  expect(refused).toMatchObject({
    outcome: 'rejected',
    detail: { code: 'already_exists', field: 'tool_name' },
  });
  expect(next).toMatchObject({ outcome: 'applied' });
});

test('an edit against a deletion and a deletion against an edit both ask a person', async () => {
  const [t, s] = [tool(), tool()];
  await a.push([insert('tools', t), insert('tools', s)]);
  await a.push([remove('tools', t)]);
  expect(
    await b.push([update('tools', String(t.id), 1, { category: null }, { category: 'B' })]),
  ).toMatchObject({ outcome: 'conflict', detail: { code: 'row_deleted' } });
  expect(await b.push([remove('tools', t)])).toMatchObject({ outcome: 'applied' });
  await a.push([update('tools', String(s.id), 1, { category: null }, { category: 'A' })]);
  expect(await b.push([remove('tools', s)])).toMatchObject({
    outcome: 'conflict',
    detail: { code: 'row_changed' },
  });
  const [entry] = await inbox(s.id);
  expect(entry.fields).toMatchObject([{ field: 'category', mine: null, theirs: 'A' }]);
});

test('a row that came back goes on counting its versions', async () => {
  const t = tool();
  await a.push([insert('tools', t)]);
  await a.push([remove('tools', t)]);
  await a.push([insert('tools', t)]);
  expect((await rowAt('tools', t.id)).row_version).toBe(3);
});

test('a child without its parent waits and is carried out when the parent comes', async () => {
  const o = order(p.id);
  const item = configItem(o.id);
  expect(await b.push([insert('order_config_items', item)])).toMatchObject({
    outcome: 'parked',
    detail: { code: 'reference_missing', field: 'order_id' },
  });
  expect((await inbox(item.id))[0]).toMatchObject({ outcome: 'PARKED', state: 'OPEN' });
  expect(await a.push([insert('orders', o)])).toMatchObject({ outcome: 'applied' });
  expect(await rowAt('order_config_items', item.id)).toMatchObject({ order_id: o.id });
  expect((await inbox(item.id))[0]).toMatchObject({ state: 'APPLIED_LATER' });
});

test('what depends on a unit that was not applied waits under it and is tried when a person settles it', async () => {
  const t = tool();
  await a.push([insert('tools', t)]);
  const o = order(p.id);
  const refused = await b.push([insert('orders', o), insert('tools', tool({ tool_name: t.tool_name }))]);
  expect(refused).toMatchObject({ outcome: 'rejected' });
  const item = configItem(o.id);
  const waiting = await b.push([insert('order_config_items', item)]);
  const [entry] = (
    await centre.operator.query(
      "select * from conflicts where outcome = 'REJECTED' order by received_at_ms desc limit 1",
    )
  ).rows;
  expect(waiting).toMatchObject({ outcome: 'parked', detail: { values: { unit_id: entry.unit_id } } });
  await b.push([insert('orders', o)]);
  expect(await rowAt('order_config_items', item.id)).toMatchObject({ order_id: o.id });
  await b.push([update('conflicts', entry.id, entry.row_version, { state: 'OPEN' }, { state: 'KEPT_MINE' })]);
  expect(
    (await centre.operator.query('select 1 from sync.blocked_rows where unit_id = $1', [entry.unit_id]))
      .rowCount,
  ).toBe(0);
});

test('an author unknown, or known to be gone, is refused; one who went later is applied and marked', async () => {
  const gone = user({ is_superuser: true });
  await a.push([insert('users', gone)]);
  await b.pullAll();
  const before = b.cursor.seq;
  await a.push([update('users', String(gone.id), 1, { is_active: true }, { is_active: false })]);
  const did = (more: object) => b.push([insert('tools', tool())], { actor_id: String(gone.id), ...more });
  expect(await did({ seen_seq: before })).toMatchObject({
    outcome: 'applied',
    detail: { needs_review: true },
  });
  await b.pullAll();
  expect(await did({ seen_seq: b.cursor.seq })).toMatchObject({
    outcome: 'rejected',
    detail: { code: 'actor_revoked' },
  });
  expect(await did({ actor_id: randomUUID() })).toMatchObject({
    outcome: 'rejected',
    detail: { code: 'actor_unknown' },
  });
});

test('rows of the trail are kept whatever becomes of their unit', async () => {
  const trail = {
    id: randomUUID(),
    station_id: b.station_id,
    chain_no: 1,
    at_ms: 1,
    entity_type: 'tools',
    entity_id: null,
    entity_identifier: null,
    action: 'CREATE',
    action_category: 'data',
    user_id: null,
    user_name: null,
    session_id: null,
    request_id: randomUUID(),
    intent: 'x',
    reason: null,
    changes_before: null,
    changes_after: null,
    changes_diff: null,
    metadata: null,
    severity: 'INFO',
    success: true,
    error_message: null,
    prev_hash: '0',
    hash: '1',
    created_at_ms: 1,
    created_by: person.id,
    updated_at_ms: 1,
    updated_by: person.id,
  };
  expect(await b.push([insert('no_such_table', {})], { audit: [trail] })).toMatchObject({
    outcome: 'rejected',
    detail: { code: 'table_unknown' },
  });
  expect(await rowAt('audit_logs', trail.id)).toMatchObject({ chain_no: '1' });
  const own = (await b.pullAll()).flatMap(page => page.tables).find(t => t.table === 'audit_logs');
  expect(own).toBeUndefined();
  const others = (await a.pullAll()).flatMap(page => page.tables).find(t => t.table === 'audit_logs');
  expect(others?.rows.map(r => r.id)).toContain(trail.id);
});

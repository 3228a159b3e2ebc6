import { randomUUID } from 'node:crypto';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type Centre, insert, newCentre, order, plant, type TestStation, update, user } from './support.ts';

let centre: Centre;
let a: TestStation;
const home = plant();
const ann = user({ is_superuser: true });
beforeAll(async () => {
  centre = await newCentre();
  a = await centre.station(await centre.organization('ACME'), 'A');
  await a.push([insert('plants', home), insert('users', ann)]);
}, 60_000);
afterAll(() => centre.close());

const AT_MS = Date.UTC(2026, 5, 1);
const request = (order_number: string, more: object = {}): Record<string, unknown> => ({
  ...order(home.id, {
    order_kind: 'SERVICE',
    build_number: '',
    order_status: 'PENDING',
    order_number,
    ...more,
  }),
  created_at_ms: AT_MS,
  created_by: ann.id,
});
const numberOf = async (id: unknown) =>
  (await centre.operator.query('select order_number, provisional_number from orders where id = $1', [id]))
    .rows[0];

test('a provisional number becomes one of the series; the row keeps what may stand on paper, and its author is told', async () => {
  await a.call('lease_floor', 'SO', 41);
  const row = request('TMP-A-1');
  const unit = a.unit([insert('orders', row)]);
  const said = await a.send([unit]);
  expect(said, JSON.stringify(said)).toMatchObject([{ outcome: 'merged' }]);
  expect(await numberOf(row.id)).toEqual({ order_number: 'SO-2026-0041', provisional_number: 'TMP-A-1' });
  const { rows } = await centre.operator.query(
    'select message_code, message_values, entity_id from notifications where user_id = $1',
    [ann.id],
  );
  expect(rows).toEqual([
    {
      message_code: 'infrastructure:notices.numbered',
      message_values: { from: 'TMP-A-1', to: 'SO-2026-0041' },
      entity_id: row.id,
    },
  ]);
  // The station has it with the next pull.
  const pages = await a.pullAll();
  const sent = pages.flatMap(p => p.tables).find(t => t.table === 'orders')?.rows;
  expect(sent).toMatchObject([{ order_number: 'SO-2026-0041', provisional_number: 'TMP-A-1' }]);
  // The same row once more, from an installation that gave up its identity.
  expect(await a.push([insert('orders', row)])).toMatchObject({ outcome: 'merged' });
  expect(await numberOf(row.id)).toMatchObject({ order_number: 'SO-2026-0041' });
});

test('a cart gets its number when it is sent, and two copies of a station never meet in one', async () => {
  const cart = request(`CART-${randomUUID()}`, { order_status: 'DRAFT' });
  const twin = request('TMP-A-2');
  await a.push([insert('orders', cart)]);
  const sent = update(
    'orders',
    String(cart.id),
    1,
    { order_number: cart.order_number, order_status: 'DRAFT' },
    { order_number: 'TMP-A-2', order_status: 'PENDING', updated_by: ann.id },
  );
  const outcomes = await a.send([a.unit([sent]), a.unit([insert('orders', twin)])]);
  expect(outcomes.map(o => o.outcome)).toEqual(['merged', 'merged']);
  expect([await numberOf(cart.id), await numberOf(twin.id)]).toEqual([
    { order_number: 'SO-2026-0042', provisional_number: 'TMP-A-2' },
    { order_number: 'SO-2026-0043', provisional_number: 'TMP-A-2' },
  ]);
});

test('a number of the program that another row has: both stay, the later one under a new number', async () => {
  const [first, second] = [request('SO-2026-0700'), request('SO-2026-0700')];
  expect(await a.push([insert('orders', first)])).toMatchObject({ outcome: 'applied' });
  expect(await a.push([insert('orders', second)])).toMatchObject({ outcome: 'merged' });
  expect(await numberOf(first.id)).toEqual({ order_number: 'SO-2026-0700', provisional_number: null });
  expect(await numberOf(second.id)).toEqual({
    order_number: 'SO-2026-0044',
    provisional_number: 'SO-2026-0700',
  });
  // A number that a person typed is a person's matter.
  const typed = order(home.id, { order_number: 'PO-7', build_number: 'B1' });
  await a.push([insert('orders', typed)]);
  expect(
    await a.push([insert('orders', order(home.id, { order_number: 'PO-7', build_number: 'B1' }))]),
  ).toMatchObject({ outcome: 'rejected', detail: { code: 'already_exists' } });
});

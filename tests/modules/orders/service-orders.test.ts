import { expect, test } from 'vitest';
import { materials } from '../../../db/schema/catalogue.ts';
import { ask, refusalOf, type TestStation } from '../../support/station.ts';
import { orderStation } from './order-support.ts';

const HOUR = 3_600_000;
const UNIT = 1_000_000;
const idsOf = (station: TestStation, session: string, text: string) =>
  ask(station, session, 'orders.serviceCatalogue', { text }).items.map(item => item.material_id);

/** A station with a request of one item. */
function requested() {
  const station = orderStation();
  const service = station.session('SERVICE');
  const procurement = station.session('PROCUREMENT');
  const [screen, , ...rest] = idsOf(station, service, '');
  if (!screen) throw new Error('no service parts');
  const order = (quantity = 1, material_id = screen) => {
    ask(station, service, 'orders.addToCart', { lines: [{ material_id, quantity_e6: quantity * UNIT }] });
    return ask(station, service, 'orders.submitCart', {});
  };
  const page = (order_id: string, session = service) =>
    ask(station, session, 'orders.getServiceOrder', { order_id: order_id as never });
  return { station, service, procurement, screen, other: rest[0] ?? screen, order, page };
}

test('the catalogue holds the service category and kits, finds by number and name, and opens an assembly', () => {
  const { station, service } = requested();
  const all = ask(station, service, 'orders.serviceCatalogue', {});
  expect(all.categories).toHaveLength(27);
  expect(all.items.length).toBeGreaterThan(50);
  const brackets = all.categories.find(category => category.category_code === '719.001');
  const inCategory = ask(station, service, 'orders.serviceCatalogue', {
    category_id: brackets?.category_id ?? null,
  });
  expect(inCategory.items).toHaveLength(brackets?.items ?? -1);
  const [valve] = ask(station, service, 'orders.serviceCatalogue', { text: 'valve plate' }).items;
  expect(valve?.material_name.toLowerCase()).toContain('valve plate');
  const withParts = all.items.find(item => item.components > 0);
  const detail = ask(station, service, 'orders.serviceItem', {
    material_id: withParts?.material_id ?? ('' as never),
  });
  expect(detail.components).toHaveLength(withParts?.components ?? -1);
  expect(JSON.stringify(all)).not.toMatch(/price|cost/i);
  expect(ask(station, service, 'orders.serviceCatalogue', { text: '100%_' }).items).toEqual([]);
});

test('the cart sums, takes out at zero, survives a new session and becomes a numbered request', () => {
  const { station, service, screen, other } = requested();
  const add = (material_id: typeof screen, quantity: number) =>
    ask(station, service, 'orders.addToCart', { lines: [{ material_id, quantity_e6: quantity * UNIT }] });
  expect(refusalOf(station, service, 'orders.submitCart', {})).toBe('cart_empty');
  add(screen, 1);
  add(other, 3);
  expect(add(screen, 2).lines.map(line => line.quantity_e6 / UNIT)).toEqual([3, 3]);
  ask(station, service, 'orders.setCartNotes', { notes: 'For the Lakeshore call' });
  const again = station.session('SERVICE');
  const cart = ask(station, again, 'orders.serviceCart', {});
  expect(cart).toMatchObject({ notes: 'For the Lakeshore call', lines: [{}, {}] });
  const line_id = cart.lines.find(line => line.material_id === other)?.line_id ?? ('' as never);
  expect(
    ask(station, again, 'orders.setCartLine', { line_id, quantity_e6: 0, notes: null }).lines,
  ).toHaveLength(1);
  // Nobody else sees a cart.
  expect(ask(station, station.session('ORG_ADMIN'), 'orders.listServiceOrders', {}).rows).toEqual([]);
  const { order_number } = ask(station, again, 'orders.submitCart', {});
  expect(order_number).toBe('SO-2026-0001');
  expect(ask(station, again, 'orders.serviceCart', {})).toEqual({ order_id: null, notes: '', lines: [] });
  for (const role of ['PROCUREMENT', 'PLANNER'])
    expect(
      ask(station, station.session(role), 'infrastructure.listNotifications', {}).rows.map(
        n => n.message_code,
      ),
    ).toContain('orders:notices.service_submitted');
});

test('approve less than asked, reject with a reason, fulfil; the requester is told each time', () => {
  const { station, order, page } = requested();
  const first = order(4);
  const second = order(1);
  const [line] = page(first.order_id).lines;
  station.clock.forward(6 * HOUR);
  const procurement = station.session('PROCUREMENT');
  const service = station.session('SERVICE');
  const approve = (order_ids: string[], approved: number) =>
    refusalOf(station, procurement, 'orders.approveServiceOrders', {
      order_ids,
      expected_on: '2026-12-01',
      quantities: [{ line_id: line?.line_id, approved_quantity_e6: approved * UNIT }],
    });
  expect(approve([first.order_id], 5)).toBe('approved_exceeds_asked');
  expect(approve([first.order_id], 0)).toBe('nothing_approved');
  expect(approve([first.order_id], 3)).toBe('accepted');
  expect(approve([first.order_id], 3)).toBe('service_order_not_pending');
  expect(page(first.order_id, service)).toMatchObject({
    order_status: 'APPROVED',
    expected_on: '2026-12-01',
  });
  const reject = (reason: string) =>
    refusalOf(station, procurement, 'orders.rejectServiceOrders', { order_ids: [second.order_id], reason });
  expect(reject('  ')).toBe('reject_reason_missing');
  expect(reject('Ordered twice')).toBe('accepted');
  const fulfil = (order_id: string) =>
    refusalOf(station, procurement, 'orders.fulfilServiceOrder', { order_id });
  expect(fulfil(second.order_id)).toBe('service_order_not_approved');
  expect(fulfil(first.order_id)).toBe('accepted');
  const done = page(first.order_id, service);
  expect(done).toMatchObject({ order_status: 'FULFILLED', processed_by_name: 'User PROCUREMENT' });
  expect(done.lines[0]?.fulfilled_quantity_e6).toBe(3 * UNIT);
  expect(done.history.map(step => step.action)).toEqual([
    'SERVICE_FULFILLED',
    'SERVICE_APPROVED',
    'SERVICE_REQUESTED',
  ]);
  expect(page(second.order_id, service).history[0]?.comment).toBe('Ordered twice');
  expect(
    ask(station, service, 'infrastructure.listNotifications', {})
      .rows.map(n => n.message_code)
      .sort(),
  ).toEqual([
    'orders:notices.service_approved',
    'orders:notices.service_fulfilled',
    'orders:notices.service_rejected',
  ]);
  const figures = ask(station, service, 'orders.serviceFigures', {});
  expect(figures).toMatchObject({ total: 2, mean_approval_hours: 6 });
  expect(figures.counts).toMatchObject({ FULFILLED: 1, REJECTED: 1 });
  expect(figures.most_requested[0]).toMatchObject({ orders: 2, quantity_e6: 5 * UNIT });
});

test('bulk decisions cover up to twenty requests, all of them or none', () => {
  const { station, procurement, order, page } = requested();
  const ids = Array.from({ length: 21 }, () => order().order_id);
  const approve = (order_ids: string[]) =>
    refusalOf(station, procurement, 'orders.approveServiceOrders', { order_ids });
  expect(approve(ids)).toBe('invalid_input');
  expect(approve(ids.slice(0, 20))).toBe('accepted');
  const last = ids[20] ?? '';
  expect(approve([last, ids[0] ?? ''])).toBe('service_order_not_pending');
  expect(page(last).order_status).toBe('PENDING');
});

test('an item that is switched off stops approval; ordering again leaves it out by name', () => {
  const { station, service, procurement, screen, order } = requested();
  const { order_id } = order();
  station.asSystem('test.off', ctx => ctx.update(materials, screen, { is_active: false }));
  expect(refusalOf(station, procurement, 'orders.approveServiceOrders', { order_ids: [order_id] })).toBe(
    'service_item_inactive',
  );
  const again = ask(station, service, 'orders.orderAgain', { order_id });
  expect(again.added).toBe(0);
  expect(again.left_out).toHaveLength(1);
  station.asSystem('test.on', ctx => ctx.update(materials, screen, { is_active: true }));
  expect(ask(station, service, 'orders.orderAgain', { order_id })).toEqual({ added: 1, left_out: [] });
  expect(ask(station, service, 'orders.serviceCart', {}).lines).toHaveLength(1);
});

test('the matrix: who creates, sees, decides and cancels', () => {
  const { station, procurement, screen, order } = requested();
  const roles = ['PLANNER', 'ORG_ADMIN', 'PROCUREMENT', 'QC_INSPECTOR', 'OPERATOR', 'SERVICE'];
  const sessions = roles.map(role => station.session(role));
  const answers = (name: string, input: unknown) =>
    sessions.map(session => refusalOf(station, session, `orders.${name}` as never, input));
  const [no, yes, hidden] = ['not_allowed', 'accepted', 'row_not_found'];
  const lines = [{ material_id: screen, quantity_e6: UNIT }];
  expect(answers('addToCart', { lines })).toEqual([no, yes, no, no, no, yes]);
  const { order_id } = order();
  const get = { order_id };
  expect(answers('getServiceOrder', get)).toEqual([yes, yes, yes, hidden, hidden, yes]);
  expect(answers('rejectServiceOrders', { order_ids: [order_id], reason: '' })).toEqual([
    no,
    'reject_reason_missing',
    'reject_reason_missing',
    no,
    no,
    no,
  ]);
  expect(answers('fulfilServiceOrder', get)).toEqual([
    no,
    'service_order_not_approved',
    'service_order_not_approved',
    no,
    no,
    no,
  ]);
  ask(station, procurement, 'orders.setInternalNotes', { order_id, internal_notes: 'Two on the shelf' });
  const notes = sessions.map(session => {
    const reply = station.serve(session, 'orders.getServiceOrder', get);
    return reply.ok ? (reply.value as { internal_notes: string | null }).internal_notes : '-';
  });
  expect(notes).toEqual([null, 'Two on the shelf', 'Two on the shelf', '-', '-', null]);
  // Another requester neither sees nor cancels it; whoever asked does, once.
  expect(answers('cancelServiceOrder', get).map(answer => (answer === no ? no : 'tried'))).toEqual([
    no,
    'tried',
    no,
    no,
    no,
    'tried',
  ]);
  const next = order().order_id;
  ask(station, procurement, 'orders.approveServiceOrders', { order_ids: [next] });
  expect(answers('getServiceOrder', { order_id: next })).toEqual([yes, yes, yes, yes, yes, yes]);
  expect(refusalOf(station, sessions[5] ?? '', 'orders.cancelServiceOrder', { order_id: next })).toBe(
    'service_order_not_pending',
  );
});

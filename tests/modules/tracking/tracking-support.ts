import type { Id } from '../../../db/kit/columns.ts';
import { departments, plants, user_plant_access, user_roles, users } from '../../../db/schema/identity.ts';
import { order_movements, work_center_departments, work_centers } from '../../../db/schema/tracking.ts';
import { flagsOfLevel } from '../../../main/modules/identity/permissions.rules.ts';
import { orderKeyOf } from '../../../main/modules/tracking/movement.rules.ts';
import { hashSecret } from '../../../main/platform/secrets.ts';
import type { CommandCtx } from '../../../main/rpc/context.ts';
import type { MovementType } from '../../../preload/contract/tracking.ts';
import { PASSWORD, signIn, testClock, testStation } from '../../support/station.ts';

export const KOLKATA = 'Asia/Kolkata';
/** 2025-09-04 12:00 in Kolkata. */
export const D1_NOW = Date.UTC(2025, 8, 4, 6, 30);
const CENTERS = [
  'WC001 Assembly',
  'WC002 Machining',
  'WC003 Welding',
  'WC004 Painting',
  'WC005 Quality Control',
];
const PRODUCTION = ['WC001', 'WC002', 'WC003', 'WC004'];
const PASSWORD_HASH = hashSecret(PASSWORD);

export interface Row {
  at_ms: number;
  order: string;
  center: string;
  type: MovementType;
  quantity: number;
  user: string;
  remark?: string;
}
const at = (text: string): number => Date.parse(`${text}:00Z`);
/** Test data D1 of the order-tracking specification; times are UTC. */
export const D1: Row[] = [
  {
    at_ms: at('2025-09-02T18:20'),
    order: 'PO-2025-001',
    center: 'WC001',
    type: 'IN',
    quantity: 100,
    user: 'u1',
  },
  {
    at_ms: at('2025-09-02T18:40'),
    order: 'PO-2025-001',
    center: 'WC001',
    type: 'IN',
    quantity: 50,
    user: 'u1',
  },
  {
    at_ms: at('2025-09-03T05:00'),
    order: 'PO-2025-001',
    center: 'WC001',
    type: 'OUT',
    quantity: 120,
    user: 'u2',
  },
  {
    at_ms: at('2025-09-03T06:00'),
    order: 'PO-2025-001',
    center: 'WC002',
    type: 'IN',
    quantity: 120,
    user: 'u2',
  },
  {
    at_ms: at('2025-09-03T09:30'),
    order: 'PO-2025-001',
    center: 'WC002',
    type: 'OUT',
    quantity: 125,
    user: 'u2',
  },
  {
    at_ms: at('2025-09-03T18:35'),
    order: 'PO-2025-002',
    center: 'WC001',
    type: 'IN',
    quantity: 40,
    user: 'u1',
  },
  {
    at_ms: at('2025-09-04T04:00'),
    order: 'PO-2025-002',
    center: 'WC001',
    type: 'OUT',
    quantity: 40,
    user: 'u1',
  },
];

interface Person {
  username: string;
  role: string;
  department: string | null;
}
const PEOPLE: Person[] = [
  { username: 'boss', role: 'TRACKING_ADMIN', department: 'Production' },
  { username: 'u1', role: 'OPERATOR', department: 'Production' },
  { username: 'u2', role: 'OPERATOR', department: 'Quality Control' },
  { username: 'lost', role: 'OPERATOR', department: 'Stores' },
  { username: 'free', role: 'OPERATOR', department: null },
  { username: 'desk', role: 'PLANNER', department: 'Production' },
];

/** A station of one plant in Kolkata with five work centres, their departments and people; `rows` as if booked. */
export function trackingStation(rows: readonly Row[] = D1, options: { zone?: string; now_ms?: number } = {}) {
  const clock = testClock(options.now_ms ?? D1_NOW);
  const station = testStation({ roles: ['ORG_ADMIN'], clock });
  const made = station.asSystem('test.tracking', ctx => fill(ctx, options.zone ?? KOLKATA));
  const add = (more: readonly Row[]) => station.asSystem('test.movements', ctx => store(ctx, made, more));
  const ids = add(rows);
  return {
    ...station,
    clock,
    ...made,
    /** Ids of the given rows, in their order. */
    ids,
    add,
    as: (username: string) => signIn(station, username),
    center: (code: string) => made.centers.get(code) as Id<'work_centers'>,
  };
}
export type TrackingStation = ReturnType<typeof trackingStation>;

function fill(ctx: CommandCtx, timezone: string) {
  const plant_id = ctx.actor.plant_id;
  ctx.update(plants, plant_id, { timezone });
  const departmentIds = new Map(
    ['Production', 'Quality Control', 'Stores'].map((dept_name, n) => [
      dept_name,
      ctx.insert(departments, { plant_id, dept_code: `D${n}`, dept_name }).id,
    ]),
  );
  const centers = new Map(
    CENTERS.map((text, n) => {
      const [code = '', ...name] = text.split(' ');
      const row = ctx.insert(work_centers, {
        plant_id,
        work_center_code: code,
        work_center_name: name.join(' '),
        flow_position: n + 1,
      });
      const department_id = departmentIds.get(PRODUCTION.includes(code) ? 'Production' : 'Quality Control');
      if (department_id) ctx.insert(work_center_departments, { work_center_id: row.id, department_id });
      return [code, row.id] as const;
    }),
  );
  const people = new Map(
    PEOPLE.map(({ username, role, department }) => {
      const user = ctx.insert(users, {
        username,
        full_name: username === 'free' ? '' : `Person ${username}`,
        initials: username.slice(0, 2),
        hashed_password: PASSWORD_HASH,
        plant_id,
        department_id: department === null ? null : (departmentIds.get(department) ?? null),
      });
      const held = ctx.sql.get<{ id: Id<'roles'> }>('select id from roles where role_code = ?', [role]);
      if (!held) throw new Error(`no role ${role}`);
      ctx.insert(user_roles, { user_id: user.id, role_id: held.id });
      ctx.insert(user_plant_access, {
        user_id: user.id,
        plant_id,
        access_level: 'ADMIN',
        ...flagsOfLevel('ADMIN'),
      });
      return [username, user.id] as const;
    }),
  );
  return { plant_id, centers, people, department_ids: departmentIds };
}

function store(
  ctx: CommandCtx,
  { plant_id, centers, people }: Pick<ReturnType<typeof fill>, 'plant_id' | 'centers' | 'people'>,
  rows: readonly Row[],
) {
  return rows.map(row => {
    const work_center_id = centers.get(row.center);
    const user_id = people.get(row.user);
    if (!work_center_id || !user_id) throw new Error(`unknown ${row.center} or ${row.user}`);
    return ctx.insert(order_movements, {
      plant_id,
      work_center_id,
      user_id,
      order_number: row.order,
      order_key: orderKeyOf(row.order),
      movement_type: row.type,
      quantity: row.quantity,
      occurred_at_ms: row.at_ms,
      station_id: ctx.station_id,
      remark: row.remark ?? null,
    }).id;
  });
}

/** A typed row of the entry grid. */
export const typed = (
  work_center_id: Id<'work_centers'> | null,
  order_number: string,
  quantity: number | null,
  remark = '',
) => ({
  work_center_id,
  order_number,
  quantity,
  remark,
});

import type { Id } from '../../../db/kit/columns.ts';
import { BUILD_STATUSES } from '../../../db/schema/orders.ts';
import { addDays, dayInZone } from '../../platform/days.ts';
import type { CommandCtx } from '../../rpc/context.ts';
import { notify } from '../infrastructure/notifications.service.ts';
import { tell } from './notices.service.ts';
import { daysBetween, reminderOf } from './reminders.rules.ts';

interface Plant {
  plant_id: Id<'plants'>;
  timezone: string;
}
interface DueBuild {
  id: Id<'orders'>;
  order_number: string;
  build_number: string;
  want_on: string;
  current_assignee_id: Id<'users'> | null;
}
interface DuePart {
  item_id: string;
  material_number: string;
  expected_on: string;
  id: Id<'orders'>;
  order_number: string;
  build_number: string;
}
const PLANTS = 'select id as plant_id, timezone from plants where is_active = 1 and organization_id = ?';
const DUE_BUILDS = `select id, order_number, build_number, want_on, current_assignee_id from orders
  where order_kind = 'CUSTOMER_BUILD' and plant_id = @plant_id and want_on <= @until
    and order_status in (select value from json_each(@open)) order by want_on, order_number, build_number`;
const DUE_PARTS = `select i.id as item_id, i.material_number, i.expected_on, o.id, o.order_number, o.build_number
  from shipment_items i join shipments s on s.id = i.shipment_id join orders o on o.id = s.order_id
  where s.plant_id = ? and i.outsourcing_status = 'SENT' and i.expected_on < ? order by i.expected_on, i.id`;
const OPEN_STATUSES = JSON.stringify(BUILD_STATUSES.filter(status => status !== 'SHIPPED'));
const NAMED_BUILDS = 5;

/**
 * Reminds of wanted days and of parts that should be back. May run as often as it likes and at every station: each
 * reminder is told once.
 */
export function remind(ctx: CommandCtx): void {
  for (const plant of ctx.sql.all<Plant>(PLANTS, [ctx.organization_id])) {
    const today = dayInZone(ctx.now_ms, plant.timezone);
    remindOfBuilds(ctx, plant, today);
    remindOfParts(ctx, plant, today);
  }
}

function remindOfBuilds(ctx: CommandCtx, { plant_id }: Plant, today: string): void {
  const deadlines = ctx.setting('notify.deadlineDays');
  const until = addDays(today, Math.max(0, ...deadlines));
  const due = ctx.sql.all<DueBuild>(DUE_BUILDS, { plant_id, until, open: OPEN_STATUSES });
  const overdue: DueBuild[] = [];
  for (const build of due) {
    const days = daysBetween(today, build.want_on);
    const reminder = reminderOf(days, deadlines);
    if (reminder?.kind === 'overdue') overdue.push(build);
    if (reminder?.kind !== 'soon') continue;
    tell(ctx, build, {
      plant_id,
      roles: ['PLANNER'],
      user_ids: build.current_assignee_id === null ? [] : [build.current_assignee_id],
      type: 'INFO',
      priority: 'HIGH',
      code: 'wanted_soon',
      values: { want_on: build.want_on, count: days },
      once: `wanted_soon ${build.id} ${build.want_on} ${reminder.deadline_days}`,
    });
  }
  if (overdue.length > 0) tellOverdue(ctx, plant_id, today, overdue);
}

/** One message a day with all of them. */
function tellOverdue(ctx: CommandCtx, plant_id: Id<'plants'>, today: string, overdue: DueBuild[]): void {
  const named = overdue.slice(0, NAMED_BUILDS).map(build => `${build.order_number} ${build.build_number}`);
  notify(ctx, {
    plant_id,
    roles: ['ORG_ADMIN', 'PLANNER'],
    type: 'ERROR',
    message_code: 'fulfilment:notices.overdue',
    message_values: {
      count: overdue.length,
      builds: named.join(', ') + (overdue.length > NAMED_BUILDS ? ', …' : ''),
    },
    once: `overdue ${plant_id} ${today}`,
  });
}

function remindOfParts(ctx: CommandCtx, { plant_id }: Plant, today: string): void {
  for (const part of ctx.sql.all<DuePart>(DUE_PARTS, [plant_id, today]))
    tell(ctx, part, {
      plant_id,
      roles: ['PROCUREMENT', 'PLANNER'],
      type: 'ERROR',
      code: 'part_overdue',
      values: { material_number: part.material_number, expected_on: part.expected_on },
      once: `part_overdue ${part.item_id} ${part.expected_on}`,
    });
}

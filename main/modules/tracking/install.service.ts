import { z } from 'zod';
import type { Id } from '../../../db/kit/columns.ts';
import {
  MOVEMENT_TYPES,
  order_movements,
  WORK_CENTER_TYPES,
  work_center_departments,
  work_centers,
} from '../../../db/schema/tracking.ts';
import { addDays, startOfDay } from '../../platform/days.ts';
import type { CommandCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { orderKeyOf } from './movement.rules.ts';
import { matchOrder } from './order-match.service.ts';

/** Work centres, who may book there, and movements told by days before the installation. */
export const trackingFile = z.object({
  plant_code: z.string(),
  work_centers: z.array(
    z.object({
      work_center_code: z.string(),
      work_center_name: z.string(),
      work_center_type: z.enum(WORK_CENTER_TYPES),
      flow_position: z.int(),
      departments: z.array(z.string()),
    }),
  ),
  movements: z.array(
    z.object({
      days_ago: z.int(),
      /** Local `HH:MM`. */
      time: z.string().regex(/^\d{2}:\d{2}$/),
      order_number: z.string(),
      work_center_code: z.string(),
      movement_type: z.enum(MOVEMENT_TYPES),
      quantity: z.int(),
      username: z.string(),
      remark: z.string().optional(),
    }),
  ),
});

/** What the file names by its code, in its plant. */
const NAMED = {
  departments: 'select id from departments where dept_code = @value and plant_id = @plant_id',
  work_centers: 'select id from work_centers where work_center_code = @value and plant_id = @plant_id',
  users: 'select id from users where username = @value',
};
export function installTracking(ctx: CommandCtx, file: z.output<typeof trackingFile>): void {
  const plant =
    ctx.sql.get<{ id: Id<'plants'>; timezone: string }>(
      'select id, timezone from plants where plant_code = ?',
      [file.plant_code],
    ) ?? refuse('reference_unknown', { field: 'plant_code', value: file.plant_code });
  const idOf = <T extends keyof typeof NAMED>(table: T, value: string): Id<T> =>
    ctx.sql.get<{ id: Id<T> }>(NAMED[table], { value, plant_id: plant.id })?.id ??
    refuse('reference_unknown', { field: table, value });
  for (const { departments, ...center } of file.work_centers) {
    const { id: work_center_id } = ctx.insert(work_centers, { plant_id: plant.id, ...center });
    for (const code of departments)
      ctx.insert(work_center_departments, {
        work_center_id,
        department_id: idOf('departments', code),
      });
  }
  const today = ctx.today();
  for (const { days_ago, time, work_center_code, username, ...row } of file.movements) {
    const [hours = 0, minutes = 0] = time.split(':').map(Number);
    const order_key = orderKeyOf(row.order_number);
    ctx.insert(order_movements, {
      ...row,
      plant_id: plant.id,
      order_key,
      work_center_id: idOf('work_centers', work_center_code),
      user_id: idOf('users', username),
      occurred_at_ms: startOfDay(addDays(today, -days_ago), plant.timezone) + (hours * 60 + minutes) * 60_000,
      order_id: matchOrder(ctx, order_key)?.order_id ?? null,
      station_id: ctx.station_id,
      source: 'SYSTEM',
    });
  }
}

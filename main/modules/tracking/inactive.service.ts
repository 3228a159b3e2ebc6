import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { InactivePerson, tracking } from '../../../preload/contract/tracking.ts';
import { addDays, dayInZone, startOfDay } from '../../platform/days.ts';
import type { CommandCtx, ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { setUserActive } from '../identity/user-admin.service.ts';
import { zoneOf } from './movement-list.service.ts';

const QUIET_DAYS = 90;
/** Administrators are never proposed, and nobody who is newer than the time looked at. */
const QUIET = `select u.id as user_id, u.username, u.full_name, u.last_login_at_ms,
    (select max(m.occurred_at_ms) from order_movements m where m.user_id = u.id) as last_movement_at_ms
  from users u
  where u.organization_id = @organization_id and u.plant_id = @plant_id and u.is_active = 1 and u.is_superuser = 0
    and u.username <> 'admin' and u.created_at_ms < @before_ms
    and (u.last_login_at_ms is null or u.last_login_at_ms < @before_ms)
    and not exists (select 1 from order_movements m where m.user_id = u.id and m.occurred_at_ms >= @before_ms)
    and not exists (select 1 from user_roles ur join roles r on r.id = ur.role_id
      where ur.user_id = u.id and ur.is_active = 1 and r.role_code in ('ORG_ADMIN', 'SYSTEM_ADMIN', 'PLANT_ADMIN', 'TRACKING_ADMIN'))
  order by u.full_name, u.username`;

/** People of the plant who have neither booked nor signed in for ninety days. */
export function inactivePeople(ctx: ReadCtx): { before_on: string; people: InactivePerson[] } {
  const zone = zoneOf(ctx);
  const before_on = addDays(dayInZone(ctx.now_ms, zone), -QUIET_DAYS);
  const people = ctx.sql.all<InactivePerson>(QUIET, {
    organization_id: ctx.organization_id,
    plant_id: ctx.actor.plant_id,
    before_ms: startOfDay(before_on, zone),
  });
  return { before_on, people };
}

/** Only those who are proposed at this moment: who came back meanwhile stays. */
export function deactivateInactive(
  ctx: CommandCtx,
  { user_ids }: ParsedInputOf<typeof tracking.deactivateInactive>,
) {
  const proposed = new Map(inactivePeople(ctx).people.map(person => [person.user_id, person]));
  for (const user_id of user_ids) {
    const person = proposed.get(user_id) ?? refuse('person_not_inactive');
    setUserActive(ctx, { user_id: person.user_id, is_active: false });
  }
  return { deactivated: user_ids.length };
}

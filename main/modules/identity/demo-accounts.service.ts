import { eq } from 'drizzle-orm';
import { t } from '../../../db/sqlite/tables.ts';
import plantJson from '../../../resources/demo-plant/plant.json' with { type: 'json' };
import type { Actor, QueryCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { actorOf } from './subjects.service.ts';

/** The command that fills an empty station with the demo plant; people it made are known by it. */
export const DEMO_INTENT = 'demo.organization';

/**
 * People of the demo plant whose password is still the published one, for the sign-in screen. The audit trail
 * tells it: made by the demo, active, no password written since. At a real plant there is nobody.
 */
export function demoAccounts(ctx: QueryCtx) {
  const unchanged = ctx.sql.all<{ username: string; full_name: string }>(
    `select u.username, u.full_name from users u
     where u.organization_id = ? and u.is_active = 1
       and exists (select 1 from audit_logs a where a.entity_type = 'users' and a.entity_id = u.id
         and a.action = 'CREATE' and a.intent = ?)
       and not exists (select 1 from audit_logs a where a.entity_type = 'users' and a.entity_id = u.id
         and a.action = 'UPDATE' and json_type(a.changes_diff, '$.hashed_password') is not null)`,
    [ctx.organization_id, DEMO_INTENT],
  );
  const nameOf = new Map(unchanged.map(u => [u.username, u.full_name]));
  return plantJson.people.flatMap(({ username, demo_password, roles: [role_code = ''] }) => {
    const full_name = nameOf.get(username);
    return full_name === undefined ? [] : [{ username, full_name, role_code, password: demo_password }];
  });
}

/** A person of the demo plant, acting without a session. Refuses `reference_unknown` for anybody else. */
export function demoActor(ctx: QueryCtx, username: string): Actor {
  const isDemo = plantJson.people.some(person => person.username === username);
  const user = isDemo && ctx.db.select().from(t.users).where(eq(t.users.username, username)).get();
  const plant_id = user ? user.plant_id : null;
  if (!user || plant_id === null) return refuse('reference_unknown', { field: 'username', value: username });
  const { department_id } = user;
  const actor = actorOf(ctx, user, { plant_id, department_id }, { id: '', is_locked: false });
  return { ...actor, session_id: null };
}

import { and, asc, eq } from 'drizzle-orm';
import { t } from '../../../db/sqlite/tables.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { judge } from './permissions.rules.ts';
import { subjectOf } from './subjects.service.ts';

/** The plants in which the reader has a permission, by name; the program itself has it in all. */
export function plantsWith(ctx: ReadCtx, permission: string) {
  const { plants: p, users: u } = t;
  const all = ctx.db
    .select({ plant_id: p.id, plant_name: p.plant_name })
    .from(p)
    .where(and(eq(p.is_active, true), eq(p.organization_id, ctx.organization_id)))
    .orderBy(asc(p.plant_name))
    .all();
  if (!ctx.actor.is_person) return all;
  const user = ctx.db.select().from(u).where(eq(u.id, ctx.actor.user_id)).get();
  if (!user) return [];
  const subject = subjectOf(ctx, user);
  return all.filter(
    ({ plant_id }) =>
      judge(subject, permission, { plant_id, department_id: user.department_id }, ctx.now_ms).allowed,
  );
}

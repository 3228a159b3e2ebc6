import { eq } from 'drizzle-orm';
import { roles, users } from '../../../db/schema/identity.ts';
import { roleSeeds } from '../../../db/seeds/roles.ts';
import { t } from '../../../db/sqlite/tables.ts';
import { seedId } from '../../platform/seed-id.ts';
import { type CommandCtx, systemActor } from '../../rpc/context.ts';

/** System roles. Idempotent; follows the shipped permissions when the program is updated. */
export function seedRoles(ctx: CommandCtx): void {
  for (const seed of roleSeeds) {
    const held = ctx.db.select().from(t.roles).where(eq(t.roles.role_code, seed.role_code)).get();
    if (!held) ctx.insert(roles, { id: seedId('roles', seed.role_code), ...seed, is_system_role: true });
    else if (JSON.stringify(held.permissions) !== JSON.stringify(seed.permissions))
      ctx.update(roles, held.id, { permissions: seed.permissions });
  }
}

/** The program itself as a person that can never sign in, so that what it does has an author everywhere. */
export function seedSystemUser(ctx: CommandCtx): void {
  const { user_id, username, full_name, initials } = systemActor('system');
  if (ctx.db.select({ id: t.users.id }).from(t.users).where(eq(t.users.id, user_id)).get()) return;
  ctx.insert(users, {
    id: user_id,
    username,
    full_name,
    initials,
    hashed_password: 'none',
    is_active: false,
  });
}

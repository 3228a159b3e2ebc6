import { eq } from 'drizzle-orm';
import { roles } from '../../../db/schema/identity.ts';
import { roleSeeds } from '../../../db/seeds/roles.ts';
import { t } from '../../../db/sqlite/tables.ts';
import type { CommandCtx } from '../../rpc/context.ts';

/** System roles. Idempotent; follows the shipped permissions when the program is updated. */
export function seedRoles(ctx: CommandCtx): void {
  for (const seed of roleSeeds) {
    const held = ctx.db.select().from(t.roles).where(eq(t.roles.role_code, seed.role_code)).get();
    if (!held) ctx.insert(roles, { ...seed, is_system_role: true });
    else if (JSON.stringify(held.permissions) !== JSON.stringify(seed.permissions)) ctx.update(roles, held.id, { permissions: seed.permissions });
  }
}

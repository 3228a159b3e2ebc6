import { z } from 'zod';
import {
  departments,
  organizations,
  plants,
  user_plant_access,
  user_roles,
  users,
} from '../../../db/schema/identity.ts';
import { t } from '../../../db/sqlite/tables.ts';
import { hashSecret } from '../../platform/secrets.ts';
import type { CommandCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { flagsOfLevel } from './permissions.rules.ts';

/** A whole installation as a file: organization, sites, departments, people. */
export const plantFile = z.object({
  organization: z.object({ org_code: z.string(), org_name: z.string() }),
  plants: z.array(
    z.object({
      plant_code: z.string(),
      plant_name: z.string(),
      location: z.string(),
      timezone: z.string(),
      currency_code: z.string(),
    }),
  ),
  departments: z.array(z.object({ plant_code: z.string(), dept_code: z.string(), dept_name: z.string() })),
  people: z.array(
    z.object({
      username: z.string(),
      full_name: z.string(),
      initials: z.string(),
      email: z.string(),
      locale: z.enum(['en', 'fr', 'es']),
      plant_code: z.string(),
      department: z.string(),
      roles: z.array(z.string()),
      pin: z.string(),
      demo_password: z.string(),
      must_change_password: z.boolean(),
    }),
  ),
});
const READERS = new Set(['VIEWER']);

/** Creates the organization of an empty station. Refuses `already_installed`. Sites of one organization are open to its administrators; others get the access their role needs in every site named. */
export function installOrganization(ctx: CommandCtx, file: z.output<typeof plantFile>): void {
  if (ctx.db.select({ id: t.organizations.id }).from(t.organizations).get()) refuse('already_installed');
  ctx.insert(organizations, file.organization);
  const plantOf = new Map(file.plants.map(p => [p.plant_code, ctx.insert(plants, p)]));
  const departmentOf = new Map(
    file.departments.map(({ plant_code, ...d }) => {
      const plant =
        plantOf.get(plant_code) ?? refuse('reference_unknown', { field: 'plant_code', value: plant_code });
      return [`${plant_code} ${d.dept_code}`, ctx.insert(departments, { ...d, plant_id: plant.id })] as const;
    }),
  );
  const roleOf = new Map(
    ctx.db
      .select()
      .from(t.roles)
      .all()
      .map(r => [r.role_code, r]),
  );
  for (const person of file.people) {
    const plant =
      plantOf.get(person.plant_code) ??
      refuse('reference_unknown', { field: 'plant_code', value: person.plant_code });
    const user = ctx.insert(users, {
      username: person.username,
      full_name: person.full_name,
      initials: person.initials,
      email: person.email,
      locale: person.locale,
      hashed_password: hashSecret(person.demo_password),
      hashed_pin: hashSecret(person.pin),
      must_change_password: person.must_change_password,
      plant_id: plant.id,
      department_id: departmentOf.get(`${person.plant_code} ${person.department}`)?.id,
    });
    for (const code of person.roles) {
      const role = roleOf.get(code) ?? refuse('reference_unknown', { field: 'roles', value: code });
      ctx.insert(user_roles, { user_id: user.id, role_id: role.id });
    }
    const level = person.roles.every(r => READERS.has(r)) ? 'READ' : 'WRITE';
    ctx.insert(user_plant_access, {
      user_id: user.id,
      plant_id: plant.id,
      access_level: level,
      ...flagsOfLevel(level),
    });
  }
}

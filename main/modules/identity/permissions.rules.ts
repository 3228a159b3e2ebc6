/** Deny by default. Source of the five steps: RBAC evaluation of the MES specification. */
export type Permissions = Record<string, readonly string[]>;
export interface Grant {
  role_code: string;
  permissions: Permissions;
  plant_id: string | null;
  department_id: string | null;
  expires_at_ms: number | null;
  is_active: boolean;
}
export interface PlantAccess {
  plant_id: string;
  can_create: boolean;
  can_read: boolean;
  can_update: boolean;
  can_delete: boolean;
  is_active: boolean;
}
export interface Subject {
  is_active: boolean;
  is_superuser: boolean;
  organization_is_active: boolean;
  grants: readonly Grant[];
  plant_access: readonly PlantAccess[];
}
export interface Place {
  plant_id: string | null;
  department_id: string | null;
}
export type Verdict =
  | { allowed: true; by_role: string }
  | { allowed: false; because: 'user_inactive' | 'organization_inactive' | 'no_plant_access' | 'no_role' };

const UNBOUND = new Set(['SYSTEM_ADMIN', 'ORG_ADMIN']);

export function grants(permissions: Permissions, resource: string, action: string): boolean {
  const held = [...(permissions[resource] ?? []), ...(permissions['*'] ?? [])];
  return held.includes(action) || held.includes('*');
}

/** The plant flag an action needs: approving, releasing, executing and assigning change something. */
function flagOf(action: string): 'can_create' | 'can_read' | 'can_update' | 'can_delete' {
  if (action === 'create') return 'can_create';
  if (action === 'delete') return 'can_delete';
  return action === 'read' || action === 'export' ? 'can_read' : 'can_update';
}

const isLive = (grant: Grant, now_ms: number): boolean =>
  grant.is_active && (grant.expires_at_ms === null || now_ms <= grant.expires_at_ms);
/** A role scoped to a plant never applies to a request without plant context. */
const covers = (grant: Grant, place: Place): boolean =>
  (grant.plant_id === null || grant.plant_id === place.plant_id) &&
  (grant.department_id === null || grant.department_id === place.department_id);

/** An administrator of the place: no access list closes it to him. */
const isUnbound = (subject: Subject, place: Place, now_ms: number): boolean =>
  subject.is_superuser ||
  subject.grants.some(g => UNBOUND.has(g.role_code) && isLive(g, now_ms) && covers(g, place));
/** Whether a person may work in a plant at all. */
export const mayEnter = (subject: Subject, place: Place, now_ms: number): boolean =>
  isUnbound(subject, place, now_ms) ||
  subject.plant_access.some(a => a.plant_id === place.plant_id && a.is_active && a.can_read);

export function judge(subject: Subject, permission: string, place: Place, now_ms: number): Verdict {
  if (!subject.is_active) return { allowed: false, because: 'user_inactive' };
  if (!subject.organization_is_active) return { allowed: false, because: 'organization_inactive' };
  const [resource = '', action = ''] = permission.split(':');
  const live = subject.grants.filter(g => isLive(g, now_ms) && covers(g, place));
  if (!isUnbound(subject, place, now_ms) && place.plant_id !== null) {
    const access = subject.plant_access.find(a => a.plant_id === place.plant_id && a.is_active);
    if (!access?.[flagOf(action)]) return { allowed: false, because: 'no_plant_access' };
  }
  if (subject.is_superuser) return { allowed: true, by_role: 'SYSTEM_ADMIN' };
  const by = live.find(g => grants(g.permissions, resource, action));
  return by ? { allowed: true, by_role: by.role_code } : { allowed: false, because: 'no_role' };
}

/** Flags of an access level: READ r, WRITE c r u, ADMIN c r u d. */
export function flagsOfLevel(level: 'READ' | 'WRITE' | 'ADMIN') {
  return {
    can_read: true,
    can_create: level !== 'READ',
    can_update: level !== 'READ',
    can_delete: level === 'ADMIN',
  };
}

export interface Miss {
  role_code: string;
  why: 'expired' | 'inactive' | 'other_plant' | 'other_department';
}
/** Roles that would grant the permission but do not apply at this place and time. */
export function missedBy(subject: Subject, permission: string, place: Place, now_ms: number): Miss[] {
  const [resource = '', action = ''] = permission.split(':');
  return subject.grants
    .filter(g => grants(g.permissions, resource, action))
    .flatMap(g => {
      const why = missOf(g, place, now_ms);
      return why ? [{ role_code: g.role_code, why }] : [];
    });
}
function missOf(grant: Grant, place: Place, now_ms: number): Miss['why'] | undefined {
  if (!grant.is_active) return 'inactive';
  if (grant.expires_at_ms !== null && now_ms > grant.expires_at_ms) return 'expired';
  if (grant.plant_id !== null && grant.plant_id !== place.plant_id) return 'other_plant';
  return grant.department_id !== null && grant.department_id !== place.department_id
    ? 'other_department'
    : undefined;
}

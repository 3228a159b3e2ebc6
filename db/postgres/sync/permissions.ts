import type { ColumnFacts } from '../../kit/columns.ts';
import type { AnyTable } from '../../kit/define-table.ts';
import type { NOTIFICATION_TYPES } from '../../schema/infrastructure.ts';
import { literal } from '../roles.ts';
import { textArray } from './apply.ts';
import { DEFINER } from './security.ts';
import { PROGRAM } from './units.ts';

/** What each command asks of the person who gives it, by its name: `public`, `signed_in` or `resource:action`. */
export type CommandPermissions = Readonly<Record<string, string>>;

const TOLD_AS = 'SYSTEM_UPDATE' satisfies (typeof NOTIFICATION_TYPES)[number];
const REVIEW = 'infrastructure:notices.review';
/** Roles that are bound to no plant. */
const UNBOUND = ['SYSTEM_ADMIN', 'ORG_ADMIN'];
/** Rows from which a person's rights follow. Their earlier states are kept: a unit is judged by what its author could know. */
const RIGHTS = ['users', 'roles', 'user_roles', 'user_plant_access', 'work_center_departments'];
/** Counted by every sign-in, whoever sits at the station. */
const SIGN_IN = ['last_login_at_ms', 'failed_login_count', 'failed_pin_count', 'locked_until_ms'];
/** What people change of their own account. */
const OWN = [...SIGN_IN, 'hashed_password', 'hashed_pin', 'must_change_password', 'locale'];
/** A sign-in stores a password anew whose hash came from an older system. */
const AT_SIGN_IN = [...SIGN_IN, 'hashed_password'];

const stepsOf = (central: readonly AnyTable[]): Record<string, object> =>
  Object.fromEntries(
    central.flatMap(def =>
      Object.entries<ColumnFacts>(def.columns).flatMap(([column, { steps }]) =>
        steps ? [[def.name, { column, ...steps }]] : [],
      ),
    ),
  );
const guardsOf = (central: readonly AnyTable[]): Record<string, string> =>
  Object.fromEntries(central.flatMap(def => (def.guarded_by ? [[def.name, def.guarded_by]] : [])));
const jsonb = (value: object): string => `${literal(JSON.stringify(value))}::jsonb`;

/**
 * May this person do that? The station decided it once; here it is decided again, by the rows of the centre and by those
 * which the author's station could have had when the command was given. No clock of a station is asked.
 */
export const permissionFunctions = (
  central: readonly AnyTable[],
  permissions: CommandPermissions,
): string => `
create function sync.permission_of(p_intent text) returns text language sql immutable as $$
  select ${jsonb(permissions)} ->> p_intent
$$;
create function sync.guard_of(p_table text) returns text language sql immutable as $$
  select ${jsonb(guardsOf(central))} ->> p_table
$$;

create function sync.keep_rights() returns trigger language plpgsql ${DEFINER} as $$
begin
  insert into sync.rights_before values (old.organization_id, tg_table_name, old.id, sync.open_tx(old.organization_id),
    to_jsonb(old) - '{hashed_password,hashed_pin}'::text[]);
  return null;
end $$;
${RIGHTS.map(name =>
  name === 'users'
    ? `create trigger keep_rights after update on public.users for each row
  when ((old.is_superuser, old.department_id) is distinct from (new.is_superuser, new.department_id)) execute function sync.keep_rights();
create trigger keep_rights_of_deleted after delete on public.users for each row execute function sync.keep_rights();`
    : `create trigger keep_rights after update or delete on public.${name} for each row execute function sync.keep_rights();`,
).join('\n')}

-- resource:action; resource:change is any action that changes something, and without a permission any change of anything.
create function sync.grants(p_held jsonb, p_permission text) returns bool language sql immutable as $$
  select case
    when p_permission is null then exists (select 1 from jsonb_each(p_held) h, jsonb_array_elements_text(h.value) a where a not in ('read', 'export'))
    when split_part(p_permission, ':', 2) = 'change' then exists (select 1 from jsonb_array_elements_text(k.actions) a where a not in ('read', 'export'))
    else k.actions ?| array[split_part(p_permission, ':', 2), '*'] end
  from (select coalesce(p_held -> split_part(p_permission, ':', 1), '[]') || coalesce(p_held -> '*', '[]') as actions) k
$$;

-- Rows as they were after that commit, where they have changed since; none without p_since.
create function sync.earlier(p_organization int, p_table text, p_since bigint) returns setof jsonb language sql stable as $$
  select b.image from sync.rights_before b join sync.commits k on k.tx = b.tx
    where p_since is not null and b.organization_id = p_organization and b.table_name = p_table and (k.seq is null or k.seq > p_since)
$$;

-- The roles of a person as they are, and with p_since also as they were after that commit: who had not seen more could not know better.
create function sync.roles_of(p_organization int, p_actor uuid, p_plant uuid, p_since bigint)
returns table (role_code text, permissions jsonb) language sql stable as $$
  with person as (
    select is_superuser, department_id from public.users where organization_id = p_organization and id = p_actor
    union all select r.is_superuser, r.department_id from sync.earlier(p_organization, 'users', p_since) image, jsonb_populate_record(null::public.users, image) r
      where r.id = p_actor),
  held as (
    select * from public.user_roles where organization_id = p_organization and user_id = p_actor
    union all select r.* from sync.earlier(p_organization, 'user_roles', p_since) image, jsonb_populate_record(null::public.user_roles, image) r
      where r.user_id = p_actor),
  known as (
    select * from public.roles where organization_id = p_organization
    union all select r.* from sync.earlier(p_organization, 'roles', p_since) image, jsonb_populate_record(null::public.roles, image) r)
  select k.role_code, k.permissions from held h join known k on k.id = h.role_id
    where h.is_active and k.is_active
      -- Given before the commit that the author's station knew last: surely over when the command was given.
      and (h.expires_at_ms is null or h.expires_at_ms >= coalesce((select extract(epoch from committed_at) * 1000
        from sync.commits where stream = p_organization and seq = p_since), extract(epoch from now()) * 1000))
      and (p_plant is null or h.plant_id is null or h.plant_id = p_plant)
      and (h.department_id is null or h.department_id in (select department_id from person))
  union all select 'SYSTEM_ADMIN', '{"*": ["*"]}' from person where is_superuser
$$;

create function sync.may_enter(p_organization int, p_actor uuid, p_plant uuid, p_action text, p_since bigint) returns bool language sql stable as $$
  select exists (
    select 1 from (
      select * from public.user_plant_access where organization_id = p_organization and user_id = p_actor
      union all select r.* from sync.earlier(p_organization, 'user_plant_access', p_since) image, jsonb_populate_record(null::public.user_plant_access, image) r
        where r.user_id = p_actor) a
    where a.plant_id = p_plant and a.is_active and case
      when p_action = 'create' then a.can_create when p_action = 'delete' then a.can_delete
      when p_action in ('read', 'export') then a.can_read else a.can_update end)
$$;

create function sync.may(p_organization int, p_actor uuid, p_permission text, p_plant uuid, p_since bigint) returns bool language sql stable as $$
  with roles as materialized (select * from sync.roles_of(p_organization, p_actor, p_plant, p_since))
  select exists (select 1 from roles where sync.grants(permissions, p_permission))
    and (p_plant is null or exists (select 1 from roles where role_code = any (${textArray(UNBOUND)}))
      or sync.may_enter(p_organization, p_actor, p_plant, split_part(coalesce(p_permission, ':update'), ':', 2), p_since))
$$;

-- Refuses what the person's rights do not cover in every one of these plants; true when only earlier rights cover it.
create function sync.check_permission(p_organization int, p_actor uuid, p_permission text, p_plants uuid[], p_seen bigint) returns bool language plpgsql as $$
declare
  v_plant uuid;
  v_review bool := false;
begin
  if p_permission in ('public', 'signed_in') then return false; end if;
  foreach v_plant in array case when cardinality(p_plants) > 0 then p_plants else array[null]::uuid[] end loop
    if not sync.may(p_organization, p_actor, p_permission, v_plant, null) then
      if not sync.may(p_organization, p_actor, p_permission, v_plant, p_seen) then
        perform sync.verdict('rejected', 'actor_not_permitted', 'users', p_actor, null, jsonb_build_object('permission', p_permission));
      end if;
      v_review := true;
    end if;
  end loop;
  return v_review;
end $$;

-- Administrators hear once, until they have read it, of whom a station let work because it could not know better.
create function sync.tell_review(p_organization int, p_client uuid, p_author uuid) returns void language plpgsql as $$
declare
  v_now_ms bigint := (extract(epoch from clock_timestamp()) * 1000)::bigint;
  v_station text := (select d.station_code from sync.clients k join sync.devices d on d.role_name = k.role_name where k.client_id = p_client);
begin
  insert into public.notifications (id, organization_id, user_id, notification_type, message_code, message_values, entity_type, entity_id,
      priority, is_read, created_at_ms, created_by, updated_at_ms, updated_by)
    select gen_random_uuid(), p_organization, u.id, '${TOLD_AS}', '${REVIEW}', jsonb_build_object('name', author.full_name, 'station', v_station),
        'users', p_author::text, 'HIGH', false, v_now_ms, u.id, v_now_ms, u.id
      from public.users u join public.users author on author.organization_id = p_organization and author.id = p_author
      where u.organization_id = p_organization and u.is_active and u.id <> p_author
        and exists (select 1 from sync.roles_of(p_organization, u.id, null, null) r where r.role_code = any (${textArray(UNBOUND)}))
        and not exists (select 1 from public.notifications n where n.organization_id = p_organization and n.user_id = u.id and not n.is_read
          and n.message_code = '${REVIEW}' and n.entity_id = p_author::text and n.message_values ->> 'station' = v_station);
end $$;

-- Rows that decide who may do what need their own right, whatever command they came with.
create function sync.check_guards(p_organization int, p_actor uuid, p_intent text, p_seen bigint, p_changes jsonb) returns bool language plpgsql as $$
declare
  v_guard text;
  v_review bool := false;
begin
  for v_guard in
    select distinct sync.guard_of(c.value ->> 'table') from jsonb_array_elements(p_changes) c
      where sync.guard_of(c.value ->> 'table') is not null
        and not (c.value ->> 'table' = 'users' and c.value ->> 'op' = 'U' and jsonb_typeof(c.value -> 'patch') = 'object'
          and (c.value -> 'patch') - '{updated_at_ms,updated_by}'::text[] - case
            when c.value ->> 'id' = p_actor::text then ${textArray(OWN)}
            when sync.permission_of(p_intent) = 'public' then ${textArray(AT_SIGN_IN)}
            else ${textArray(SIGN_IN)} end = '{}')
  loop
    v_review := sync.check_permission(p_organization, p_actor, v_guard || ':change', '{}', p_seen) or v_review;
  end loop;
  return v_review;
end $$;

-- Who has a department books at its work centres; administrators of tracking and people without a department anywhere.
create function sync.may_book(p_organization int, p_actor uuid, p_center uuid, p_plant uuid, p_since bigint) returns bool language sql stable as $$
  with belongs as (
    select department_id from public.users where organization_id = p_organization and id = p_actor
    union all select r.department_id from sync.earlier(p_organization, 'users', p_since) image, jsonb_populate_record(null::public.users, image) r
      where r.id = p_actor),
  books as (
    select department_id from public.work_center_departments where organization_id = p_organization and work_center_id = p_center
    union all select r.department_id from sync.earlier(p_organization, 'work_center_departments', p_since) image,
      jsonb_populate_record(null::public.work_center_departments, image) r where r.work_center_id = p_center)
  select exists (select 1 from belongs where department_id is null or department_id in (select department_id from books))
    or sync.may(p_organization, p_actor, 'order_movements:update', p_plant, p_since)
$$;
create function sync.bookings(p_changes jsonb) returns table (row_id uuid, center_id uuid, plant_id uuid) language plpgsql immutable as $$
begin
  return query select sync.uuid_or_null(r.row ->> 'id'), sync.uuid_or_null(r.row ->> 'work_center_id'), sync.uuid_or_null(r.row ->> 'plant_id')
    from jsonb_array_elements(p_changes) c, lateral (
      select c.value -> 'patch' as row where not sync.are_new_rows(c.value)
      union all select (c.value -> 'same') || value from jsonb_array_elements(case when sync.are_new_rows(c.value) then c.value -> 'rows' end)) r
    where c.value ->> 'table' = 'order_movements' and c.value ->> 'op' in ('I', 'J');
end $$;
-- Movements of a work centre that the person's department is not linked to are refused; true when it only was.
create function sync.check_bookings(p_organization int, p_actor uuid, p_seen bigint, p_changes jsonb) returns bool language plpgsql as $$
declare
  v_booking record;
  v_review bool := false;
begin
  for v_booking in select distinct on (center_id, plant_id) * from sync.bookings(p_changes) loop
    if not sync.may_book(p_organization, p_actor, v_booking.center_id, v_booking.plant_id, null) then
      if not sync.may_book(p_organization, p_actor, v_booking.center_id, v_booking.plant_id, p_seen) then
        perform sync.verdict('rejected', 'work_center_not_permitted', 'order_movements', v_booking.row_id, 'work_center_id', null);
      end if;
      v_review := true;
    end if;
  end loop;
  return v_review;
end $$;

-- A step that neither its column nor the workflow in force has is refused, also from a station that offers it.
create function sync.check_step(p_organization int, p_actor uuid, p_seen bigint, p_change jsonb) returns void language plpgsql as $$
declare
  v_steps jsonb := ${jsonb(stepsOf(central))} -> (p_change ->> 'table');
  v_column text := v_steps ->> 'column';
  v_from text := p_change #>> array['base', v_column];
  v_to text := p_change #>> array['patch', v_column];
  v_workflow text := v_steps #>> '{workflow,entity_type}';
begin
  if v_steps is null or p_change ->> 'op' is distinct from 'U' or v_from is null or v_to is null or v_from = v_to
    or coalesce(v_steps -> 'ways' -> v_from ? v_to, false) then return; end if;
  if v_workflow is not null and (p_actor = '${PROGRAM}'
      or sync.may_step(p_organization, p_actor, v_workflow, v_from, v_to, p_seen)
      or sync.may(p_organization, p_actor, v_steps #>> '{workflow,past_it}', null, p_seen)) then return; end if;
  perform sync.verdict('rejected', 'step_unknown', p_change ->> 'table', sync.uuid_or_null(p_change ->> 'id'), v_column,
    jsonb_build_object('from', v_from, 'to', v_to));
end $$;

create function sync.may_step(p_organization int, p_actor uuid, p_entity_type text, p_from text, p_to text, p_seen bigint) returns bool language plpgsql stable as $$
declare v_roles text[];
begin
  -- A centre without a workflow for these records has nothing to say.
  if not exists (select 1 from public.workflows where organization_id = p_organization and entity_type = p_entity_type and is_active) then return true; end if;
  select array_agg(role_code) into v_roles from sync.roles_of(p_organization, p_actor, null, p_seen);
  return exists (
    select 1 from public.workflows w
      join public.workflow_transitions t on t.organization_id = p_organization and t.workflow_id = w.id and t.is_active
      join public.workflow_states f on f.organization_id = p_organization and f.id = t.from_state_id
      join public.workflow_states s on s.organization_id = p_organization and s.id = t.to_state_id
    where w.organization_id = p_organization and w.entity_type = p_entity_type and w.is_active
      and coalesce(f.maps_to_status, f.state_code) = p_from and coalesce(s.maps_to_status, s.state_code) = p_to
      and (coalesce(t.conditions -> 'required_roles', '[]') = '[]' or t.conditions -> 'required_roles' ?| v_roles
        or v_roles && ${textArray(UNBOUND)}));
end $$;
`;

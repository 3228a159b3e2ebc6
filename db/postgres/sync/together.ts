import type { AnyTable } from '../../kit/define-table.ts';
import { literal } from '../roles.ts';
import { badColumn, defaultsOf, needsNumber, numberedOf, textArray, travellingColumns } from './apply.ts';
import { comesBack, plantOf } from './capture.ts';
import { PROGRAM } from './units.ts';

/**
 * New rows of one table, of several units at once. It only says yes: on the slightest doubt it raises SU002, nothing of
 * the attempt remains, and every unit is taken by itself, which finds out what is to be said of it.
 */
export function insertFunction(def: AnyTable): string {
  const { name } = def;
  const known = textArray(travellingColumns(def));
  const columns = Object.keys(def.columns).join(', ');
  const doubts = [`${badColumn(def)} is not null`];
  const numbered = numberedOf(def);
  if (numbered) doubts.push(needsNumber(def, numbered));
  if (def.plant_by) doubts.push(`p_plants is not null and ${plantOf(def, 'r')} <> all (p_plants)`);
  if (def.document && def.document.root_id !== 'id')
    doubts.push(
      `p_op = 'I' and sync.document_touched(p_organization, r.${def.document.root_id}, p_client, g.seen)`,
    );
  const write = (where_taken: string) => `with alike as materialized (
        select p.seen, p.rows, jsonb_populate_record(v_base, p.same) as base, p.same - ${known} <> '{}' as is_odd
          from unnest(p_seen, p_same, p_rows) p(seen, same, rows)),
      given as materialized (
        select a.seen, jsonb_populate_record(a.base, e.value) as r, coalesce(a.is_odd, false) or e.value - ${known} <> '{}' as is_odd
          from alike a, jsonb_array_elements(a.rows) e),
      made as (
        insert into public.${name} (${columns}) select ${columns} from given g, lateral (select (g.r).*) r ${where_taken} returning id)
      select array(select id from made), exists (select 1 from given g, lateral (select (g.r).*) r where g.is_odd or ${doubts.join(' or ')})
        into v_made, v_is_doubtful;`;
  return `
create function sync.insert_${name}(p_organization int, p_plants uuid[], p_client uuid, p_may_all bool, p_op text,
  p_seen bigint[], p_same jsonb[], p_rows jsonb[]) returns uuid[] language plpgsql as $$
declare
  v_base public.${name};
  v_made uuid[];
  v_is_doubtful bool;
begin
  ${def.sync.kind === 'pull_only' ? "if p_op = 'I' and not p_may_all then perform sync.doubt(); end if;" : ''}
  v_base := jsonb_populate_record(null::public.${name}, ${literal(JSON.stringify(defaultsOf(def)))}::jsonb
    || jsonb_build_object('organization_id', p_organization, 'row_version', 1));
  ${comesBack(def) ? `perform sync.versions_known('${name}', p_organization, p_rows);` : ''}
  if p_op = 'I' then
    ${write('')}
  else
    ${write('on conflict do nothing')}
  end if;
  ${comesBack(def) ? `perform set_config('sync.versions', '', true);` : ''}
  if v_is_doubtful then perform sync.doubt(); end if;
  return v_made;
end $$;
`;
}

/** Several units in one go, which is how nearly all of them can be taken. */
export function takeTogether(central: readonly AnyTable[]): string {
  return `
create function sync.insert_rows(p_table text, p_organization int, p_plants uuid[], p_client uuid, p_may_all bool, p_op text,
  p_seen bigint[], p_same jsonb[], p_rows jsonb[]) returns uuid[] language plpgsql as $$
begin
  case p_table
${central
  .map(
    d =>
      `    when '${d.name}' then return sync.insert_${d.name}(p_organization, p_plants, p_client, p_may_all, p_op, p_seen, p_same, p_rows);`,
  )
  .join('\n')}
    else perform sync.doubt();
  end case;
end $$;

create function sync.doubt() returns void language plpgsql as $$
begin
  raise exception using errcode = 'SU002', message = 'these units are taken one by one';
end $$;

-- Numbers without a hole, ids never seen, authors who may still do things: what can be said of all units at once.
create function sync.check_together(p_organization int, p_last_no bigint, p_units jsonb) returns void language plpgsql as $$
declare
  v_ids uuid[];
  v_actors uuid[];
  v_is_whole bool;
begin
  select array_agg(unit_id), array_agg(distinct actor_id), bool_and(coalesce(unit_no = p_last_no + place and unit_id is not null and actor_id is not null
      and seen_seq is not null and occurred_at_ms is not null and payload_hash ~ '^[0-9a-f]{64}$' and jsonb_typeof(changes) = 'array', false))
    into v_ids, v_actors, v_is_whole
    from rows from (jsonb_to_recordset(p_units) as (unit_no bigint, unit_id uuid, actor_id uuid, seen_seq bigint, occurred_at_ms bigint, payload_hash text, changes jsonb))
      with ordinality u(unit_no, unit_id, actor_id, seen_seq, occurred_at_ms, payload_hash, changes, place);
  if v_is_whole is not true
    or (select count(distinct id) <> count(*) from unnest(v_ids) id)
    -- As a list, so that they are found by index however many units there are: the plan is kept from when there were few.
    or exists (select 1 from sync.units k where k.organization_id = p_organization and k.unit_id = any (v_ids) and k.same_as is null)
    or exists (select 1 from unnest(v_actors) a(id) where id <> '${PROGRAM}' and not exists (
      select 1 from public.users x where x.organization_id = p_organization and x.id = a.id and x.is_active))
  then perform sync.doubt(); end if;
end $$;

-- Changes in their order; new rows that follow each other are written together, parents first.
create function sync.change_together(p_device sync.devices, p_client uuid, p_units jsonb) returns bigint[] language plpgsql as $$
declare
  v_organization int := p_device.organization_id;
  v_may_all bool := p_device.kind = 'centre';
  v_merged bigint[] := '{}';
  v_part record;
  v_made uuid[];
  v_result record;
begin
  for v_part in
    with every as (
      -- Of the unit only its number goes on: a whole unit beside each of its changes would be sorted with them.
      select u.place as unit, c.place as n, c.value as change, c.value ->> 'op' as op, u.seen_seq as seen, u.actor_id as actor
        from rows from (jsonb_to_recordset(p_units) as (seen_seq bigint, actor_id uuid, changes jsonb)) with ordinality u(seen_seq, actor_id, changes, place),
          jsonb_array_elements(u.changes) with ordinality c(value, place)),
    begun as (
      select *, op is null or op not in ('I', 'J') or op is distinct from lag(op) over (order by unit, n) as begins from every),
    placed as (
      select *, count(*) filter (where begins) over (order by unit, n) as run from begun)
    select p.run, min(p.op) as op, p.change ->> 'table' as name, min(l.place) as place, array_agg(p.unit order by p.unit, p.n) as units,
        array_agg(p.seen order by p.unit, p.n) as seen, array_agg(case when p.change ? 'rows' then p.change -> 'same' end order by p.unit, p.n) as same,
        array_agg(coalesce(p.change -> 'rows', jsonb_build_array(p.change -> 'patch')) order by p.unit, p.n) as rows,
        bool_or(case when p.change ? 'rows' then not sync.are_new_rows(p.change) else p.change ->> 'id' is distinct from p.change #>> '{patch,id}' end) as is_odd,
        (array_agg(p.change))[1] as change, (array_agg(p.actor))[1] as actor
      from placed p left join sync.table_list() l on l.name = p.change ->> 'table'
      group by p.run, p.change ->> 'table' order by p.run, min(l.place)
  loop
    if v_part.place is null or (v_part.op in ('I', 'J') and v_part.is_odd) then
      perform sync.doubt();
    elsif v_part.op in ('I', 'J') then
      v_made := sync.insert_rows(v_part.name, v_organization, p_device.plant_ids, p_client, v_may_all, v_part.op, v_part.seen, v_part.same, v_part.rows);
      if cardinality(v_made) <> (select sum(jsonb_array_length(g)) from unnest(v_part.rows) g) then
        v_merged := v_merged || array(select x.unit from unnest(v_part.units, v_part.rows) x(unit, rows), jsonb_array_elements(x.rows) e
          where (e.value ->> 'id')::uuid <> all (v_made));
      end if;
    else
      if not v_may_all then perform sync.check_step(v_organization, v_part.actor, v_part.seen[1], v_part.change); end if;
      select * into v_result from sync.apply_change(v_organization, p_device.plant_ids, p_client, v_part.seen[1], v_may_all, v_part.change);
      if v_result.clash is not null then
        perform sync.doubt();
      elsif v_result.merged then
        v_merged := v_merged || v_part.units[1];
      end if;
    end if;
  end loop;
  return v_merged;
end $$;

-- Only people whose rights of now cover all that was changed; every other case is judged unit by unit.
create function sync.permit_together(p_organization int, p_tx bigint, p_units jsonb) returns void language plpgsql as $$
declare
  v_plants uuid[];
  v_done record;
begin
  for v_done in
    select distinct actor_id, sync.permission_of(intent) as permission
      from jsonb_to_recordset(p_units) u(actor_id uuid, intent text, changes jsonb) where actor_id <> '${PROGRAM}' and changes <> '[]'
  loop
    v_plants := coalesce(v_plants, sync.plants_since(p_tx, 0));
    if sync.check_permission(p_organization, v_done.actor_id, v_done.permission, v_plants, null) then perform sync.doubt(); end if;
  end loop;
  if exists (select 1 from jsonb_to_recordset(p_units) u(actor_id uuid, changes jsonb), jsonb_array_elements(u.changes) c
      where actor_id <> '${PROGRAM}' and sync.guard_of(c.value ->> 'table') is not null)
    or exists (select 1 from (select distinct u.actor_id, b.center_id, b.plant_id
        from jsonb_to_recordset(p_units) u(actor_id uuid, changes jsonb), sync.bookings(u.changes) b where u.actor_id <> '${PROGRAM}') x
      where not sync.may_book(p_organization, x.actor_id, x.center_id, x.plant_id, null)) then
    perform sync.doubt();
  end if;
end $$;

-- Answers the outcomes, or nothing when the units must be taken one by one.
create function sync.take_together(p_device sync.devices, p_client uuid, p_tx bigint, p_last_no bigint, p_units jsonb) returns jsonb language plpgsql as $$
declare
  v_organization int := p_device.organization_id;
  v_merged bigint[];
  v_outcomes jsonb;
begin
  perform sync.check_together(v_organization, p_last_no, p_units);
  v_merged := sync.change_together(p_device, p_client, p_units);
  if p_device.kind <> 'centre' then perform sync.permit_together(v_organization, p_tx, p_units); end if;
  perform sync.write_audit(v_organization, p_units, true);
  with kept as (
    insert into sync.units (client_id, unit_no, organization_id, unit_id, payload_hash, outcome, tx)
      select p_client, p_last_no + place, v_organization, (value ->> 'unit_id')::uuid, value ->> 'payload_hash',
          case when place = any (v_merged) then 'merged' else 'applied' end, p_tx
        from jsonb_array_elements(p_units) with ordinality u(value, place)
      returning unit_no, unit_id, outcome)
    select jsonb_agg(jsonb_build_object('unit_no', unit_no, 'unit_id', unit_id, 'outcome', outcome, 'detail', null) order by unit_no) into v_outcomes from kept;
  return v_outcomes;
exception when others then
  -- What may pass goes on to the caller, as for a single unit.
  if left(sqlstate, 2) in ('40', '53', '57', '58', 'XX') or sqlstate in ('55P03', '25006') then raise; end if;
  return null;
end $$;`;
}

import type { AnyTable } from '../../kit/define-table.ts';
import { TOLD, TRAIL } from '../../sqlite/capture.ts';
import { literal } from '../roles.ts';
import { defaultsOf, travellingColumns } from './apply.ts';

/** The program itself as an author: always allowed. */
export const PROGRAM = '00000000-0000-7000-8000-000000000000';

/** One unit: tried in a subtransaction of its own, so that a bad one takes nothing but itself. */
export function unitFunctions(central: readonly AnyTable[]): string {
  const trail = central.filter(def => def.name === TRAIL);
  const columns = trail.flatMap(travellingColumns);
  const value = (key: string) =>
    TOLD.includes(key) ? `coalesce(u.${key} || r.${key}, r.${key})` : `r.${key}`;
  const writeTrail = `insert into public.audit_logs (organization_id, ${columns.join(', ')})
      select p_organization, ${columns.map(value).join(', ')} from (
          select case when is_common then jsonb_populate_record(v_base, audit -> 'same') else v_base end as base,
              case when is_common then audit -> 'rows' else nullif(audit, 'null') end as rows,
              ${TOLD.map(key => `case when is_common then audit #> '{within,${key}}' end as ${key}`).join(', ')}
            from jsonb_to_recordset(p_units) p(audit jsonb), lateral (select jsonb_typeof(p.audit) = 'object' as is_common) k offset 0) u,
        jsonb_populate_recordset(u.base, u.rows) r`;
  return `
-- May this person still do things? Judged by what the author's station had seen, never by a clock.
create function sync.check_actor(p_organization int, p_actor uuid, p_seen bigint, out needs_review bool) language plpgsql as $$
declare
  v_is_active bool;
  v_seq bigint;
  v_deactivated bool;
begin
  needs_review := false;
  if p_actor = '${PROGRAM}' then return; end if;
  select is_active into v_is_active from public.users where organization_id = p_organization and id = p_actor;
  if not found then
    perform sync.verdict('rejected', 'actor_unknown', 'users', p_actor, null, null);
  elsif not v_is_active then
    select k.seq into v_seq from sync.deactivations d join sync.commits k on k.tx = d.tx
      where d.organization_id = p_organization and d.user_id = p_actor;
    v_deactivated := found;
    if not v_deactivated or v_seq <= p_seen then
      perform sync.verdict('rejected', 'actor_revoked', 'users', p_actor, null, null);
    end if;
    needs_review := true;
  end if;
end $$;

-- What PostgreSQL refused, in words of the protocol. Texts of other rows are never passed on.
create function sync.verdict_of_error(p_state text, p_constraint text, p_column text, p_organization int, p_change jsonb) returns jsonb
language plpgsql stable as $$
declare
  v_table text := left(p_change ->> 'table', 100);
  v_verdict jsonb := jsonb_build_object('table', v_table, 'row_id', left(p_change ->> 'id', 36), 'values', '{}'::jsonb);
  v_reference record;
begin
  if p_state = '23505' then
    return v_verdict || jsonb_build_object('outcome', 'rejected', 'code', 'already_exists', 'field',
      (select string_agg(a.attname, ', ' order by u.n) from pg_constraint c, unnest(c.conkey) with ordinality u(attnum, n), pg_attribute a
        where c.conname = p_constraint and c.conrelid = to_regclass('public.' || quote_ident(v_table))
          and a.attrelid = c.conrelid and a.attnum = u.attnum and a.attname <> 'organization_id'));
  elsif p_state = '23001' or (p_state = '23503' and p_change ->> 'op' = 'D') then
    return v_verdict || '{"outcome": "rejected", "code": "still_used"}';
  elsif p_state = '23503' then
    select a.attname as column_name, c.confrelid::regclass::text as parent into v_reference
      from pg_constraint c join pg_attribute a on a.attrelid = c.conrelid and a.attnum = c.conkey[2]
      where c.contype = 'f' and c.conname = p_constraint and c.connamespace = 'public'::regnamespace;
    return v_verdict || jsonb_build_object('outcome', 'parked', 'code', 'reference_missing', 'field', v_reference.column_name)
      || sync.parent_verdict(p_organization, replace(v_reference.parent, 'public.', ''),
        (p_change #>> array['patch', v_reference.column_name])::uuid);
  elsif p_state = '23502' then
    return v_verdict || jsonb_build_object('outcome', 'rejected', 'code', 'value_missing', 'field', p_column);
  elsif p_state = '23514' then
    return v_verdict || jsonb_build_object('outcome', 'rejected', 'code', 'rule_broken', 'field', p_constraint);
  elsif left(p_state, 2) = '22' then
    return v_verdict || '{"outcome": "rejected", "code": "value_not_valid"}';
  elsif p_state in ('42501', 'SU001') then
    return v_verdict || '{"outcome": "rejected", "code": "not_allowed"}';
  end if;
  return v_verdict || jsonb_build_object('outcome', 'parked', 'code', 'failed', 'values', jsonb_build_object('sqlstate', p_state));
end $$;
create function sync.parent_verdict(p_organization int, p_table text, p_row uuid) returns jsonb language plpgsql stable as $$
begin
  if sync.is_tombstone(p_organization, p_table, p_row) then
    return jsonb_build_object('outcome', 'conflict', 'code', 'row_deleted', 'values', jsonb_build_object('parent', p_table));
  end if;
  return jsonb_build_object('values', jsonb_build_object('waits_table', p_table, 'waits_row', p_row,
    'unit_id', sync.blocking_unit(p_organization, p_table, p_row)));
end $$;

-- Applies a unit whole or not at all. Transient errors go on to the caller: the batch is rolled back and sent again.
create function sync.try_unit(p_organization int, p_plants uuid[], p_client uuid, p_may_all bool, p_unit jsonb,
  out outcome text, out detail jsonb, out clash jsonb) language plpgsql as $$
declare
  v_change jsonb;
  v_result record;
  v_review bool;
  v_intent text := p_unit ->> 'intent';
  v_actor uuid;
  v_is_judged bool;
  v_before bigint;
  v_first jsonb;
  v_seen bigint;
  v_state text;
  v_constraint text;
  v_column text;
  v_detail text;
begin
  outcome := 'applied';
  begin
    if jsonb_typeof(p_unit -> 'changes') is distinct from 'array' then
      perform sync.verdict('rejected', 'unit_malformed', '', null, 'changes', null);
    end if;
    v_seen := (p_unit ->> 'seen_seq')::bigint;
    perform (p_unit ->> 'occurred_at_ms')::bigint;
    if v_seen is null or p_unit ->> 'actor_id' is null then
      perform sync.verdict('rejected', 'unit_malformed', '', null, 'seen_seq', null);
    end if;
    v_actor := (p_unit ->> 'actor_id')::uuid;
    v_review := sync.check_actor(p_organization, v_actor, v_seen);
    v_is_judged := not p_may_all and v_actor <> '${PROGRAM}' and p_unit -> 'changes' <> '[]';
    if v_is_judged then
      v_review := sync.check_guards(p_organization, v_actor, v_intent, v_seen, p_unit -> 'changes') or v_review;
      select coalesce(max(change_no), 0) into v_before from sync.changes where tx = sync.open_tx(p_organization);
    end if;
    for v_change in select value from jsonb_array_elements(p_unit -> 'changes') loop
      if not p_may_all then perform sync.check_step(p_organization, v_actor, v_seen, v_change); end if;
      select * into v_result from sync.apply_change(p_organization, p_plants, p_client, v_seen, p_may_all, v_change);
      if v_result.clash is not null then
        v_first := coalesce(v_first, jsonb_build_object('outcome', 'conflict', 'code', v_result.reason, 'table', v_change -> 'table',
          'row_id', v_change -> 'id', 'field', v_result.clash -> 0 -> 'field', 'values', '{}'::jsonb));
        clash := coalesce(clash, '[]') || v_result.clash;
      elsif v_result.merged then
        outcome := 'merged';
      end if;
    end loop;
    if clash is not null then
      raise exception using errcode = 'SU000', detail = v_first;
    end if;
    if v_is_judged then
      v_review := sync.check_permission(p_organization, v_actor, sync.permission_of(v_intent),
        sync.plants_since(sync.open_tx(p_organization), v_before), v_seen) or v_review;
      v_review := sync.check_bookings(p_organization, v_actor, v_seen, p_unit -> 'changes') or v_review;
    end if;
    if v_review then
      detail := '{"needs_review": true}';
      perform sync.tell_review(p_organization, p_client, v_actor);
    end if;
  exception when others then
    get stacked diagnostics v_state = returned_sqlstate, v_constraint = constraint_name, v_column = column_name, v_detail = pg_exception_detail;
    if left(v_state, 2) in ('40', '53', '57', '58', 'XX') or v_state in ('55P03', '25006') then raise; end if;
    detail := case when v_first is not null then v_first
      when v_state = 'SU000' then v_detail::jsonb
      else sync.verdict_of_error(v_state, v_constraint, v_column, p_organization, v_change) end;
    outcome := detail ->> 'outcome';
    detail := detail - 'outcome';
  end;
end $$;

-- Plants whose rows this transaction changed after one of its changes.
create function sync.plants_since(p_tx bigint, p_change_no bigint) returns uuid[] language sql stable as $$
  select coalesce(array_agg(distinct p.id), '{}') from sync.changes c, unnest(array[c.plant_id, c.old_plant_id]) p(id)
    where c.tx = p_tx and c.change_no > p_change_no and p.id is not null
$$;

-- Rows of the stations' own trails: a list of them, or what they have in common, also in what they tell of a row, and
-- each row's own. An older program may leave columns out.
create function sync.write_audit(p_organization int, p_units jsonb, p_are_new bool) returns void language plpgsql as $$
declare v_base public.audit_logs := jsonb_populate_record(null::public.audit_logs, ${literal(JSON.stringify(Object.assign({}, ...trail.map(defaultsOf))))});
begin
  if exists (select 1 from jsonb_to_recordset(p_units) u(audit jsonb)
      where jsonb_typeof(u.audit) = 'object' and (sync.spreads_too_far(u.audit, 'same') or sync.spreads_too_far(u.audit, 'within'))) then
    raise exception using errcode = '22023', message = 'audit rows are larger than a push';
  end if;
  if p_are_new then
    ${writeTrail};
  else
    ${writeTrail} on conflict (organization_id, id) do nothing;
  end if;
end $$;
-- Whatever becomes of the unit.
create function sync.take_audit(p_organization int, p_unit jsonb) returns bool language plpgsql as $$
begin
  perform sync.write_audit(p_organization, jsonb_build_array(p_unit), false);
  return true;
exception when data_exception or integrity_constraint_violation or invalid_text_representation then
  return false;
end $$;

-- What names the row to a person.
create function sync.label(p_organization int, p_table text, p_row uuid, p_unit jsonb) returns text language plpgsql stable as $$
declare
  v_column text := '${JSON.stringify(Object.fromEntries(central.flatMap(d => (d.identified_by ? [[d.name, d.identified_by]] : []))))}'::jsonb ->> p_table;
  v_label text;
begin
  if v_column is null then return null; end if;
  select coalesce(c.value #>> array['patch', v_column], c.value #>> array['base', v_column]) into v_label
    from jsonb_array_elements(case when jsonb_typeof(p_unit -> 'changes') = 'array' then p_unit -> 'changes' else '[]' end) c
    where c.value ->> 'id' = p_row::text and c.value ->> 'table' = p_table limit 1;
  if v_label is null then
    execute format('select %I::text from public.%I where organization_id = $1 and id = $2', v_column, p_table)
      into v_label using p_organization, p_row;
  end if;
  return left(v_label, 200);
end $$;

-- One row of the inbox per unit that was not applied.
create function sync.keep_conflict(p_organization int, p_station text, p_unit jsonb, p_outcome text, p_detail jsonb, p_clash jsonb)
returns void language plpgsql as $$
declare
  v_now_ms bigint := (extract(epoch from clock_timestamp()) * 1000)::bigint;
  v_row uuid := sync.uuid_or_null(p_detail ->> 'row_id');
  v_unit jsonb := p_unit - 'audit';
begin
  -- Everything is kept at the centre; what is too large for every station's inbox is named there only.
  if pg_column_size(v_unit) > 8388608 then v_unit := jsonb_build_object('unit_id', v_unit -> 'unit_id', 'is_shortened', true, 'changes', '[]'::jsonb); end if;
  insert into public.conflicts (id, organization_id, unit_id, station_code, outcome, table_name, row_id, row_label, reason_code,
      reason_values, fields, unit, author_id, occurred_at_ms, received_at_ms, state, created_at_ms, created_by, updated_at_ms, updated_by)
    values (gen_random_uuid(), p_organization, p_unit ->> 'unit_id', p_station, upper(p_outcome), coalesce(p_detail ->> 'table', ''),
      coalesce(v_row::text, ''), case when v_row is not null then sync.label(p_organization, p_detail ->> 'table', v_row, p_unit) end,
      coalesce(p_detail ->> 'code', 'failed'),
      coalesce(p_detail -> 'values', '{}') || jsonb_strip_nulls(jsonb_build_object('field', p_detail -> 'field')),
      coalesce(p_clash, '[]'), v_unit, coalesce(sync.uuid_or_null(p_unit ->> 'actor_id'), '${PROGRAM}'),
      coalesce(sync.bigint_or_null(p_unit ->> 'occurred_at_ms'), v_now_ms), v_now_ms, 'OPEN', v_now_ms, '${PROGRAM}', v_now_ms, '${PROGRAM}')
    on conflict (organization_id, unit_id) do update set outcome = excluded.outcome, table_name = excluded.table_name,
      row_id = excluded.row_id, row_label = excluded.row_label, reason_code = excluded.reason_code, reason_values = excluded.reason_values,
      fields = excluded.fields, updated_at_ms = excluded.updated_at_ms
    where (conflicts.outcome, conflicts.reason_code, conflicts.fields) is distinct from (excluded.outcome, excluded.reason_code, excluded.fields);
end $$;
create function sync.uuid_or_null(p_text text) returns uuid language sql immutable as $$
  select case when p_text ~ '^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$' then p_text::uuid end
$$;
create function sync.bigint_or_null(p_text text) returns bigint language sql immutable as $$
  select case when p_text ~ '^-?[0-9]{1,18}$' then p_text::bigint end
$$;
`;
}

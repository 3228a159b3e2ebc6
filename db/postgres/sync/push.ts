import { DEFINER_BY_KEY } from './security.ts';

/**
 * Takes units of a station in their order. One transaction, one commit of the stream; every unit gets an outcome and
 * the number moves on, whatever the outcome, so that the queue never stops at a bad unit.
 * Locks in this order everywhere: client, lane, business rows, stream.
 */
export const PUSH = `
create function sync.lock_client(p_device sync.devices, p_client uuid) returns sync.clients language plpgsql as $$
declare v_client sync.clients;
begin
  begin
    select * into v_client from sync.clients where client_id = p_client for update nowait;
  exception when lock_not_available then
    raise exception using errcode = 'SY003', message = 'an earlier call of this client is still running';
  end;
  if v_client.client_id is null or v_client.role_name <> p_device.role_name or v_client.state <> 'active' then
    raise exception using errcode = 'SY001', message = 'this client identity is not in use by this station';
  end if;
  return v_client;
end $$;

create function sync.push(p_client uuid, p_units jsonb) returns jsonb language plpgsql volatile ${DEFINER_BY_KEY} as $$
begin
  return sync.take_units(p_client, p_units, true);
end $$;

-- A unit that never gets through for reasons that are not its own is set aside without trying.
create function sync.park(p_client uuid, p_unit jsonb) returns jsonb language plpgsql volatile ${DEFINER_BY_KEY} as $$
begin
  return sync.take_units(p_client, jsonb_build_array(p_unit), false);
end $$;

create function sync.take_units(p_client uuid, p_units jsonb, p_try bool) returns jsonb language plpgsql as $$
declare
  v_device sync.devices := sync.device();
  v_client sync.clients := sync.lock_client(v_device, p_client);
  v_organization int := v_device.organization_id;
  v_tx bigint;
  v_unit jsonb;
  v_no bigint;
  v_at int := -1;
  v_outcomes jsonb := '[]';
  v_together jsonb;
begin
  perform 1 from sync.lanes where organization_id = v_organization for update;
  if jsonb_typeof(p_units) is distinct from 'array' or jsonb_array_length(p_units) > 100 then
    raise exception using errcode = '22023', message = 'a push is a list of at most 100 units';
  end if;
  for v_unit in select value from jsonb_array_elements(p_units) loop
    v_at := v_at + 1;
    v_no := sync.bigint_or_null(v_unit ->> 'unit_no');
    if v_no is null or sync.uuid_or_null(v_unit ->> 'unit_id') is null or coalesce(v_unit ->> 'payload_hash', '') !~ '^[0-9a-f]{64}$' then
      raise exception using errcode = '22023', message = 'a unit has a number, an id and a hash';
    end if;
    if v_no <= v_client.last_unit_no then
      v_outcomes := v_outcomes || sync.known_outcome(p_client, v_no, v_unit ->> 'payload_hash');
      continue;
    elsif v_no > v_client.last_unit_no + 1 then
      raise exception using errcode = 'SY002', message = 'units are missing', detail = (v_client.last_unit_no + 1)::text;
    end if;
    if v_tx is null then
      v_tx := sync.open_tx(v_organization);
      update sync.commits set client_id = p_client, first_unit_no = coalesce(first_unit_no, v_no) where tx = v_tx;
      if p_try then
        v_together := sync.take_together(v_device, p_client, v_tx, v_client.last_unit_no, sync.from_place(p_units, v_at));
      end if;
      if v_together is not null then
        v_outcomes := v_outcomes || v_together;
        v_client.last_unit_no := v_client.last_unit_no + jsonb_array_length(v_together);
        exit;
      end if;
    end if;
    v_outcomes := v_outcomes || sync.take_unit(v_device, p_client, v_tx, sync.plain_unit(v_unit), p_try);
    v_client.last_unit_no := v_no;
  end loop;
  if v_tx is not null then
    update sync.clients set last_unit_no = v_client.last_unit_no, last_seen_at = now() where client_id = p_client;
    update sync.commits set last_unit_no = v_client.last_unit_no where tx = v_tx;
    perform sync.retry_all(v_organization, v_tx);
  end if;
  return jsonb_build_object('last_unit_no', v_client.last_unit_no, 'outcomes', v_outcomes);
end $$;

create function sync.from_place(p_list jsonb, p_place int) returns jsonb language sql immutable as $$
  select case when p_place = 0 then p_list else (select jsonb_agg(value order by place)
    from jsonb_array_elements(p_list) with ordinality e(value, place) where place > p_place) end
$$;

-- The answer was lost: the stored outcome again. Another unit under the same number: two installations, one identity.
create function sync.known_outcome(p_client uuid, p_no bigint, p_hash text) returns jsonb language plpgsql stable as $$
declare v_unit sync.units;
begin
  select * into v_unit from sync.units where client_id = p_client and unit_no = p_no;
  if v_unit.payload_hash is distinct from p_hash then
    raise exception using errcode = 'SY001', message = 'another unit was sent under this number';
  end if;
  return jsonb_build_object('unit_no', v_unit.unit_no, 'unit_id', v_unit.unit_id, 'outcome', v_unit.outcome, 'detail', v_unit.detail);
end $$;

create function sync.take_unit(p_device sync.devices, p_client uuid, p_tx bigint, p_unit jsonb, p_try bool) returns jsonb language plpgsql as $$
declare
  v_organization int := p_device.organization_id;
  v_no bigint := (p_unit ->> 'unit_no')::bigint;
  v_id uuid := (p_unit ->> 'unit_id')::uuid;
  v_hash text := p_unit ->> 'payload_hash';
  v_known sync.units;
  v_same_as bigint;
  v_done record;
begin
  select * into v_known from sync.units where organization_id = v_organization and unit_id = v_id and same_as is null;
  if found then
    -- Sent before, under an identity that this station has given up; anybody else's unit is not told about.
    v_same_as := v_known.unit_no;
    if v_known.payload_hash <> v_hash or not exists (select 1 from sync.clients
        where client_id = v_known.client_id and role_name = p_device.role_name) then
      v_known.outcome := 'rejected';
      v_known.detail := '{"code": "unit_id_taken", "table": "", "row_id": null, "values": {}}';
    end if;
    select v_known.outcome, v_known.detail, null::jsonb as clash into v_done;
  elsif p_try then
    select * into v_done from sync.try_unit(v_organization, p_device.plant_ids, p_client, p_device.kind = 'centre', p_unit);
  else
    select 'parked' as outcome, '{"code": "transient", "table": "", "row_id": null, "values": {}}'::jsonb as detail, null::jsonb as clash into v_done;
  end if;
  if not sync.take_audit(v_organization, p_unit) then
    v_done.detail := coalesce(v_done.detail, '{}') || '{"audit_refused": true}';
  end if;
  insert into sync.units (client_id, unit_no, organization_id, unit_id, same_as, payload_hash, payload, outcome, detail, tx)
    values (p_client, v_no, v_organization, v_id, v_same_as, v_hash,
      case when v_done.outcome not in ('applied', 'merged') then p_unit - 'audit' end, v_done.outcome, v_done.detail, p_tx);
  if v_same_as is null and v_done.outcome not in ('applied', 'merged') then
    perform sync.keep_unapplied(v_organization, p_device.station_code, p_client, v_no, p_unit, v_done.outcome, v_done.detail, v_done.clash);
  end if;
  return jsonb_build_object('unit_no', v_no, 'unit_id', v_id, 'outcome', v_done.outcome, 'detail', v_done.detail);
end $$;

create function sync.keep_unapplied(p_organization int, p_station text, p_client uuid, p_no bigint, p_unit jsonb, p_outcome text, p_detail jsonb, p_clash jsonb)
returns void language plpgsql as $$
declare v_id uuid := (p_unit ->> 'unit_id')::uuid;
begin
  perform sync.keep_conflict(p_organization, p_station, p_unit, p_outcome, p_detail, p_clash);
  insert into sync.blocked_rows
    select distinct p_organization, left(c.value ->> 'table', 100), sync.uuid_or_null(c.value ->> 'id'), v_id
    from jsonb_array_elements(case when jsonb_typeof(p_unit -> 'changes') = 'array' then p_unit -> 'changes' else '[]' end) c
    where c.value ->> 'op' in ('I', 'J') and sync.uuid_or_null(c.value ->> 'id') is not null and c.value ->> 'table' is not null
    on conflict do nothing;
  if p_outcome = 'parked' then
    insert into sync.parked (organization_id, unit_id, client_id, unit_no, waits_table, waits_row, retry_at)
      values (p_organization, v_id, p_client, p_no, p_detail #>> '{values,waits_table}', sync.uuid_or_null(p_detail #>> '{values,waits_row}'), now() + interval '1 minute')
      on conflict (organization_id, unit_id) do update set waits_table = excluded.waits_table, waits_row = excluded.waits_row;
  end if;
end $$;
`;

/** Units that wait: for a row, for a person, or for a better moment. */
export const RETRIES = `
create function sync.retry_parked(p_organization int, p_tx bigint, p_most int) returns int language plpgsql as $$
declare
  v_parked sync.parked;
  v_resolved uuid;
  v_count int := 0;
begin
  -- A person settled a unit: what it blocked is free, what waited under it is tried at once.
  for v_resolved in
    select sync.uuid_or_null(x.unit_id) from sync.changes c join public.conflicts x on x.organization_id = p_organization and x.id = c.row_id
      where c.tx = p_tx and c.table_name = 'conflicts' and x.state <> 'OPEN'
  loop
    update sync.parked p set retry_at = now() from sync.blocked_rows b
      where b.organization_id = p_organization and b.unit_id = v_resolved and p.organization_id = p_organization
        and p.waits_table = b.table_name and p.waits_row = b.row_id;
    delete from sync.blocked_rows where organization_id = p_organization and unit_id = v_resolved;
    delete from sync.parked where organization_id = p_organization and unit_id = v_resolved;
  end loop;
  for v_parked in
    select p.* from sync.parked p where p.organization_id = p_organization and (p.retry_at <= now() or exists (
        select 1 from sync.changes c where c.tx = p_tx and c.op = 'I' and c.table_name = p.waits_table and c.row_id = p.waits_row))
      order by p.client_id, p.unit_no limit p_most
  loop
    perform sync.retry_unit(p_organization, p_tx, v_parked);
    v_count := v_count + 1;
  end loop;
  return v_count;
end $$;

-- A unit that is carried out may bring the row that another one waits for.
create function sync.retry_all(p_organization int, p_tx bigint) returns void language plpgsql as $$
begin
  for i in 1..10 loop
    exit when sync.retry_parked(p_organization, p_tx, 20) = 0;
  end loop;
end $$;

create function sync.retry_unit(p_organization int, p_tx bigint, p_parked sync.parked) returns void language plpgsql as $$
declare
  v_unit sync.units;
  v_device sync.devices;
  v_before bigint;
  v_done record;
  v_now_ms bigint := (extract(epoch from clock_timestamp()) * 1000)::bigint;
begin
  select * into v_unit from sync.units where client_id = p_parked.client_id and unit_no = p_parked.unit_no;
  select d.* into v_device from sync.clients k join sync.devices d on d.role_name = k.role_name where k.client_id = p_parked.client_id;
  select coalesce(max(change_no), 0) into v_before from sync.changes where tx = p_tx;
  select * into v_done from sync.try_unit(p_organization, v_device.plant_ids, p_parked.client_id, v_device.kind = 'centre', v_unit.payload);
  if v_done.outcome in ('applied', 'merged') then
    update sync.changes set by_client = p_parked.client_id where tx = p_tx and change_no > v_before;
    update sync.units set outcome = v_done.outcome, detail = v_done.detail, payload = null
      where client_id = v_unit.client_id and unit_no = v_unit.unit_no;
    update public.conflicts set state = 'APPLIED_LATER', resolved_at_ms = v_now_ms, updated_at_ms = v_now_ms
      where organization_id = p_organization and unit_id = v_unit.unit_id::text;
    delete from sync.blocked_rows where organization_id = p_organization and unit_id = v_unit.unit_id;
    delete from sync.parked where organization_id = p_organization and unit_id = v_unit.unit_id;
    return;
  end if;
  perform sync.keep_unapplied(p_organization, v_device.station_code, v_unit.client_id, v_unit.unit_no, v_unit.payload, v_done.outcome, v_done.detail, v_done.clash);
  update sync.units set outcome = v_done.outcome, detail = v_done.detail where client_id = v_unit.client_id and unit_no = v_unit.unit_no;
  if v_done.outcome = 'parked' then
    -- After 1, 5, 15 and 60 minutes, then only when its row arrives or a person asks.
    update sync.parked set failures = failures + 1,
        retry_at = now() + (array['5 minutes', '15 minutes', '60 minutes', '60 minutes']::interval[])[failures + 1]
      where organization_id = p_organization and unit_id = v_unit.unit_id;
  else
    delete from sync.parked where organization_id = p_organization and unit_id = v_unit.unit_id;
  end if;
end $$;
`;

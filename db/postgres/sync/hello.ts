import { DEFINER } from './security.ts';

/** First call on every connection: who calls, whether both sides still mean the same history, and what applies here. */
export const HELLO = `
create function sync.facts(p_device sync.devices, p_last_unit_no bigint) returns jsonb language sql stable as $$
  select jsonb_build_object('organization_id', s.stream,
    'org_code', coalesce(o.org_code, s.org_code), 'org_name', coalesce(o.org_name, s.org_name),
    'station_code', p_device.station_code, 'plant_ids', to_jsonb(p_device.plant_ids), 'epoch', v.epoch,
    'server_ms', (extract(epoch from clock_timestamp()) * 1000)::bigint,
    'schema_version', v.schema_version, 'min_push_version', v.min_push_version, 'min_pull_version', v.min_pull_version,
    'last_unit_no', p_last_unit_no, 'head_seq', (sync.head(s.stream)).seq,
    'backed_up_seq', s.backed_up_seq, 'floor_seq', s.floor_seq, 'channel', s.channel,
    'limits', '{"units": 100, "bytes": 524288, "rows": 2000}'::jsonb, 'reads_common_values', true,
    'stations', (select count(*) from sync.devices d where d.organization_id = s.stream and d.kind = 'station' and d.state = 'active'))
  from sync.server v, sync.streams s
    left join lateral (select x.org_code, x.org_name from public.organizations x
      where x.organization_id = s.stream order by x.id limit 1) o on true
  where s.stream = p_device.organization_id
$$;

-- The same answer without becoming a client: does this enrolment code work?
create function sync.probe() returns jsonb language plpgsql stable ${DEFINER} as $$
begin
  return sync.facts(sync.device(), 0);
end $$;

create function sync.hello(p jsonb) returns jsonb language plpgsql volatile ${DEFINER} as $$
declare
  v_device sync.devices := sync.device();
  v_client_id uuid := (p ->> 'client_id')::uuid;
  v_client sync.clients;
  v_server sync.server;
begin
  select * into v_server from sync.server;
  if coalesce((p ->> 'schema_version')::int, 0) < v_server.min_pull_version then
    raise exception using errcode = 'SY005', message = 'this program is too old for the centre', detail = v_server.min_pull_version::text;
  end if;
  if length(coalesce(p ->> 'next_nonce', '')) not between 8 and 200 then
    raise exception using errcode = '22023', message = 'a greeting carries the next nonce';
  end if;
  -- The login of a station is one installation: its greetings wait for each other.
  perform 1 from sync.devices where role_name = v_device.role_name for update;
  begin
    select * into v_client from sync.clients where client_id = v_client_id for update nowait;
  exception when lock_not_available then
    raise exception using errcode = 'SY003', message = 'an earlier call of this client is still running';
  end;
  perform sync.check_history(v_device.organization_id, v_client.last_unit_no, p);
  if v_client.client_id is null then
    update sync.clients set state = 'retired' where role_name = v_device.role_name;
    insert into sync.clients (client_id, role_name, organization_id, incarnation, nonce, state)
      values (v_client_id, v_device.role_name, v_device.organization_id, coalesce((p ->> 'incarnation')::int, 1), p ->> 'next_nonce', 'active');
  elsif v_client.role_name <> v_device.role_name or v_client.state <> 'active' then
    raise exception using errcode = 'SY001', message = 'this client identity is not in use by this station';
  elsif v_client.nonce not in (coalesce(p ->> 'nonce', ''), p ->> 'next_nonce') and not sync.is_forgiven(v_server.epoch, p) then
    raise exception using errcode = 'SY001', message = 'two installations use this identity';
  end if;
  -- Numbers belong to one identity of one history: what another one holds of them is never given out.
  if v_client.client_id is null or coalesce((p ->> 'restored')::bool, false) then
    update sync.leases set state = 'forfeited' where state = 'leased'
      and client_id in (select client_id from sync.clients where role_name = v_device.role_name);
  end if;
  update sync.clients set nonce = p ->> 'next_nonce', station_id = left(p ->> 'station_id', 36), app_version = left(p ->> 'app_version', 50),
      schema_version = (p ->> 'schema_version')::int, fingerprint = left(p ->> 'fingerprint', 100), last_seen_at = now()
    where client_id = v_client_id;
  if v_device.state = 'invited' then
    update sync.devices set state = 'active', invited_until = null where role_name = v_device.role_name;
  end if;
  return sync.facts(v_device, coalesce(v_client.last_unit_no, 0));
end $$;

-- A restored centre has an older nonce. An operator's new epoch explains that, or the station that was just told so.
create function sync.is_forgiven(p_epoch int, p jsonb) returns bool language sql stable as $$
  select coalesce((p ->> 'epoch')::int <> p_epoch, false) or coalesce((p ->> 'restored')::bool, false)
$$;

-- Does the centre still know what this station knows? Found out by hash, whether or not an operator said so.
create function sync.check_history(p_stream int, p_last_unit_no bigint, p jsonb) returns void language plpgsql stable as $$
declare v_floor bigint := (select floor_seq from sync.streams where stream = p_stream);
begin
  if coalesce((p ->> 'last_unit_no')::bigint, 0) > coalesce(p_last_unit_no, 0) then
    raise exception using errcode = 'SY004', message = 'the centre was restored: it does not know units that it answered';
  end if;
  if coalesce(jsonb_typeof(p -> 'cursor'), 'null') <> 'null' then
    perform sync.check_cursor(p_stream, v_floor, (p #>> '{cursor,seq}')::bigint, p #>> '{cursor,hash}');
  end if;
end $$;
create function sync.check_cursor(p_stream int, p_floor bigint, p_seq bigint, p_hash text) returns void language plpgsql stable as $$
begin
  if p_seq > 0 and not exists (select 1 from sync.commits where stream = p_stream and seq = p_seq
      and (p_hash is null or hash = decode(p_hash, 'hex'))) then
    raise exception using errcode = 'SY004', message = 'the centre was restored: it does not know this commit';
  end if;
  if p_seq < p_floor then
    raise exception using errcode = 'SY006', message = 'the history of that time is no longer kept', detail = p_floor::text;
  end if;
end $$;

create function sync.commit_hashes(p_seqs bigint[]) returns jsonb language plpgsql stable ${DEFINER} as $$
declare v_device sync.devices := sync.device();
begin
  return coalesce((select jsonb_agg(jsonb_build_object('seq', seq, 'hash', encode(hash, 'hex'))) from sync.commits
    where stream = v_device.organization_id and seq = any (p_seqs[1:10000])), '[]');
end $$;
`;

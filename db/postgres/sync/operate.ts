import { DEFINER } from './security.ts';

/** What stations tell about themselves, and what an operator does from time to time. */
export const OPERATE = `
create function sync.seen(p_client uuid, p_pulled_seq bigint, p_facts jsonb) returns jsonb language plpgsql volatile ${DEFINER} as $$
declare
  v_device sync.devices := sync.device();
  v_client sync.clients := sync.client_of(v_device, p_client);
begin
  update sync.clients set pulled_seq = p_pulled_seq, last_seen_at = now(), told_at = now(), queue = sync.bigint_or_null(p_facts ->> 'queue')::int,
      clock_offset_ms = sync.bigint_or_null(p_facts ->> 'clock_offset_ms'), app_version = coalesce(left(p_facts ->> 'app_version', 50), app_version),
      schema_version = coalesce(sync.bigint_or_null(p_facts ->> 'schema_version')::int, schema_version)
    where client_id = p_client and (told_at is null or told_at < now() - interval '1 minute');
  return jsonb_build_object('is_kept', found) || sync.upkeep(v_device.organization_id);
end $$;

-- The operator's scheduler runs daily; after 26 hours without it the stations do what cannot wait.
create function sync.upkeep(p_stream int) returns jsonb language sql stable as $$
  select jsonb_build_object('maintained_at_ms', (extract(epoch from maintained_at) * 1000)::bigint, 'maintained_by', maintained_by,
      'is_due', maintained_at < now() - interval '26 hours') from sync.streams where stream = p_stream
$$;

create function sync.station_list(p_organization int) returns jsonb language sql stable as $$
  select coalesce(jsonb_agg(jsonb_build_object('station_code', d.station_code, 'state', d.state,
      'last_seen_at_ms', (extract(epoch from k.last_seen_at) * 1000)::bigint, 'queue', k.queue, 'clock_offset_ms', k.clock_offset_ms,
      'app_version', k.app_version, 'schema_version', k.schema_version, 'pulled_seq', k.pulled_seq,
      'head_seq', (sync.head(p_organization)).seq) order by d.station_code), '[]')
  from sync.devices d left join sync.clients k on k.role_name = d.role_name and k.state = 'active'
  where d.organization_id = p_organization and d.kind = 'station'
$$;
create function sync.stations() returns jsonb language sql stable ${DEFINER} as $$
  select sync.station_list((sync.device()).organization_id)
$$;

-- A statement of its own after a push: inside a writing transaction NOTIFY would lock across all organizations.
create function sync.notify() returns void language plpgsql volatile ${DEFINER} as $$
begin
  perform pg_notify((select channel from sync.streams where stream = (sync.device()).organization_id), '');
end $$;

-- Operator: a tenant with its stream, its lane and a device for what operators bring.
create function sync.create_organization(p_code text, p_name text) returns int language plpgsql volatile as $$
declare v_organization int;
begin
  lock table sync.streams in exclusive mode;
  select coalesce(max(stream), 0) + 1 into v_organization from sync.streams;
  insert into sync.streams (stream, org_code, org_name, channel)
    values (v_organization, p_code, p_name, 'mw_' || replace(gen_random_uuid()::text, '-', ''));
  insert into sync.lanes values (v_organization);
  insert into sync.devices (role_name, organization_id, kind, station_code, state)
    values ('centre ' || v_organization, v_organization, 'centre', 'CENTRE', 'active');
  return v_organization;
end $$;

-- Operator, after a backup was restored elsewhere and looked at: everything up to here need not be sent again.
create function sync.mark_backup(p_stream int, p_seq bigint) returns bigint language sql volatile as $$
  update sync.streams set backed_up_seq = greatest(backed_up_seq, least(p_seq, (sync.head(p_stream)).seq)) where stream = p_stream
    returning backed_up_seq
$$;

-- The first commit whose hash does not follow from the one before, or null. Later alteration of the history shows here.
create function sync.broken_at(p_stream int) returns bigint language sql stable as $$
  select min(seq) from (
    select seq, prev_hash, lag(hash) over w as before, lag(seq) over w as seq_before from sync.commits
      where stream = p_stream and seq is not null window w as (order by seq)) c
  where (seq_before is null and seq <> 1) or (seq_before is not null and (seq <> seq_before + 1 or prev_hash is distinct from before))
$$;

-- What must be done daily for one organization, in its lane. At most so many commits of history go; it counts as done when that was all.
create function sync.maintain_stream(p_stream sync.streams, p_by text, p_most_commits bigint) returns jsonb language plpgsql volatile as $$
declare
  v_tx bigint;
  v_gone bigint;
  v_floor bigint;
  v_pruned bigint;
  v_blobs bigint;
begin
  if exists (select 1 from sync.parked where organization_id = p_stream.stream and retry_at <= now()) then
    v_tx := sync.open_tx(p_stream.stream);
    perform sync.retry_all(p_stream.stream, v_tx);
  end if;
  -- History older than 180 days goes, but not before every station seen in that time has it.
  select greatest(p_stream.floor_seq, coalesce(max(seq), 0)) into v_gone from sync.commits
    where stream = p_stream.stream and committed_at < now() - interval '180 days'
      and seq <= coalesce((select min(coalesce(k.pulled_seq, 0)) from sync.clients k join sync.devices d using (role_name)
        where k.organization_id = p_stream.stream and k.state = 'active' and d.kind = 'station' and d.state = 'active'
          and k.last_seen_at > now() - interval '180 days'), 9223372036854775807);
  v_floor := least(v_gone, p_stream.floor_seq + coalesce(p_most_commits, v_gone));
  delete from sync.changes c using sync.commits k
    where k.tx = c.tx and k.stream = p_stream.stream and k.seq > p_stream.floor_seq and k.seq <= v_floor;
  get diagnostics v_pruned = row_count;
  delete from sync.blobs b where b.organization_id = p_stream.stream and b.begun_at < now() - interval '30 days'
    and not exists (select 1 from public.file_uploads f where f.organization_id = b.organization_id and f.sha256 = encode(b.sha256, 'hex'));
  get diagnostics v_blobs = row_count;
  update sync.streams set floor_seq = v_floor where stream = p_stream.stream;
  if v_floor = v_gone then
    update sync.streams set maintained_at = now(), maintained_by = p_by where stream = p_stream.stream;
  end if;
  return jsonb_build_object('floor_seq', v_floor, 'changes_removed', v_pruned, 'files_removed', v_blobs);
end $$;

-- Operator's scheduler, daily. One organization at a time.
create function sync.maintain() returns jsonb language plpgsql volatile as $$
declare
  v_stream sync.streams;
  v_facts jsonb := '[]';
begin
  for v_stream in select * from sync.streams order by stream loop
    perform set_config('app.current_organization_id', v_stream.stream::text, true);
    perform 1 from sync.lanes where organization_id = v_stream.stream for update;
    v_facts := v_facts || (sync.maintain_stream(v_stream, null, null) || jsonb_build_object('org_code', v_stream.org_code,
      'head_seq', (sync.head(v_stream.stream)).seq, 'chain_broken_at', sync.broken_at(v_stream.stream),
      'waiting', (select count(*) from sync.parked where organization_id = v_stream.stream)));
  end loop;
  return v_facts;
end $$;

-- A station that was told that it is due. Nobody waits for it: while another one pushes or maintains, it is left to a later call.
create function sync.maintain_own(p_client uuid) returns jsonb language plpgsql volatile ${DEFINER} as $$
declare
  v_device sync.devices := sync.device();
  v_client sync.clients := sync.client_of(v_device, p_client);
  v_stream sync.streams;
begin
  perform 1 from sync.lanes where organization_id = v_device.organization_id for update skip locked;
  if found then
    select * into v_stream from sync.streams where stream = v_device.organization_id;
    if v_stream.maintained_at < now() - interval '26 hours' then
      perform sync.maintain_stream(v_stream, v_device.station_code, 1000);
    end if;
  end if;
  return sync.upkeep(v_device.organization_id);
end $$;
`;

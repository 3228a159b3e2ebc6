import type { AnyTable } from '../../kit/define-table.ts';
import { DEFINER, DEFINER_BY_KEY } from './security.ts';

const DAY_MS = 86_400_000;
const daysAgo = (days: number): string => `(extract(epoch from now()) * 1000)::bigint - ${days * DAY_MS}`;

/** Rows of a table that a station keeps, as a condition over `t` and the variable `p_plants` (null: all plants). */
function inScope(def: AnyTable): string {
  if (!def.plant_by) return 'true';
  if ('column' in def.plant_by) return '(p_plants is null or t.plant_id = any (p_plants))';
  const { through, table } = def.plant_by;
  return `(p_plants is null or exists (select 1 from public.${table} p
        where p.organization_id = t.organization_id and p.id = t.${through} and p.plant_id = any (p_plants)))`;
}
const inWindow = (def: AnyTable): string =>
  def.sync.window_days === undefined
    ? 'true'
    : `t.created_at_ms >= (select ${daysAgo(def.sync.window_days)})`;
/** Ids of a time series begin with their time: a page does not begin to look before the window, give or take a day. */
const pageStart = (def: AnyTable): string =>
  def.sync.window_days === undefined || !def.partitions
    ? 'p_after'
    : `greatest(p_after, sync.first_id_at(${daysAgo(def.sync.window_days + 1)}))`;
const image = (def: AnyTable): string =>
  Object.keys(def.columns)
    .filter(key => key !== 'organization_id')
    .map(key => `t.${key}`)
    .join(', ');
/** A station's own trail is at the station already. */
const notOwnTrail = (def: AnyTable): string =>
  def.name === 'audit_logs' ? 'and t.station_id is distinct from p_station_id' : '';

/** One branch per table, chosen by name: static statements with kept plans. Parents come first. */
export function rowReaders(central: readonly AnyTable[]): string {
  const choose = (branch: (def: AnyTable) => string) =>
    `case p_table\n${central.map(d => `    when '${d.name}' then ${branch(d)}`).join('\n')}
    else raise exception using errcode = '22023', message = 'no such table';\n  end case;`;
  const mine = 't.organization_id = p_organization';
  return `
-- Row by row: a plan made while a table was small or unknown may look for a list of ids by any index that begins with
-- the organization, and reads all its rows.
create function sync.rows_of(p_table text, p_organization int, p_plants uuid[], p_station_id text, p_ids uuid[], out rows json, out ids uuid[])
language plpgsql stable as $$
begin
  ${choose(
    d => `select json_agg(x order by x.id), array_agg(x.id) into rows, ids from unnest(p_ids) i(id), lateral (select ${image(d)} from public.${d.name} t
      where ${mine} and t.id = i.id and ${inScope(d)} ${notOwnTrail(d)} offset 0) x;`,
  )}
end $$;

create function sync.live_ids(p_table text, p_organization int, p_ids uuid[]) returns uuid[] language plpgsql stable as $$
declare v_ids uuid[];
begin
  ${choose(d => `select array_agg(x.id) into v_ids from unnest(p_ids) i(id), lateral (select t.id from public.${d.name} t where ${mine} and t.id = i.id offset 0) x;`)}
  return coalesce(v_ids, '{}');
end $$;

create function sync.first_id_at(p_ms bigint) returns uuid language sql immutable as $$
  select (lpad(to_hex(p_ms), 12, '0') || repeat('0', 20))::uuid
$$;

-- Without statistics, as in the first days of a centre, a page would be sorted out of all that is left of the table.
create function sync.page_of(p_table text, p_organization int, p_plants uuid[], p_after uuid, p_most int, out rows json, out row_count int)
language plpgsql stable set enable_sort = off as $$
begin
  ${choose(
    d => `select coalesce(json_agg(x), '[]'), count(*) into rows, row_count from (select ${image(d)} from public.${d.name} t
      where ${mine} and t.id > ${pageStart(d)} and ${inScope(d)} and ${inWindow(d)} order by t.id limit p_most) x;`,
  )}
end $$;

create function sync.digest_of(p_table text, p_organization int, p_plants uuid[]) returns jsonb language plpgsql stable as $$
declare v_buckets jsonb;
begin
  ${choose(
    d => `select jsonb_agg(jsonb_build_object('bucket', b.bucket, 'count', b.n, 'xor', lpad(to_hex(b.x), 16, '0')) order by b.bucket) into v_buckets from (
      select sync.bucket_of(t.id) as bucket, count(*) as n, bit_xor(('x' || left(md5(t.id::text || ':' || t.row_version), 16))::bit(64)::bigint) as x
      from public.${d.name} t where ${mine} and ${inScope(d)} and ${inWindow(d)} group by 1) b;`,
  )}
  return coalesce(v_buckets, '[]');
end $$;

-- The same over everything a row says, in the columns that a station knows.
create function sync.content_of(p_table text, p_organization int, p_plants uuid[], p_columns text[]) returns jsonb language plpgsql stable as $$
declare v_buckets jsonb;
begin
  ${choose(
    d => `select jsonb_agg(jsonb_build_object('bucket', b.bucket, 'count', b.n, 'xor', lpad(to_hex(b.x), 16, '0')) order by b.bucket) into v_buckets from (
      select sync.bucket_of(t.id) as bucket, count(*) as n, bit_xor(('x' || left(md5(sync.row_text(to_jsonb(t), p_columns)), 16))::bit(64)::bigint) as x
      from public.${d.name} t where ${mine} and ${inScope(d)} and ${inWindow(d)} group by 1) b;`,
  )}
  return coalesce(v_buckets, '[]');
end $$;

create function sync.bucket_rows(p_table text, p_organization int, p_plants uuid[], p_bucket int) returns json language plpgsql stable as $$
declare v_rows json;
begin
  ${choose(
    d => `select json_agg(x) into v_rows from (select ${image(d)} from public.${d.name} t
      where ${mine} and sync.bucket_of(t.id) = p_bucket and ${inScope(d)} and ${inWindow(d)} order by t.id) x;`,
  )}
  return coalesce(v_rows, '[]');
end $$;

-- Parents first. Counts are estimates of the whole server; windowed tables hold different histories at each station.
create function sync.table_list() returns table (place int, name text, is_comparable bool) language sql immutable as $$
  values ${central.map((d, at) => `(${at}, '${d.name}', ${d.sync.window_days === undefined})`).join(', ')}
$$;
`;
}

/** Everything after a cursor, in one statement: list, images and outcomes are one snapshot. */
export const PULL = `
create function sync.bucket_of(p_id uuid) returns int language sql immutable parallel safe as $$
  select get_byte(decode(left(md5(p_id::text), 2), 'hex'), 0) >> 2
$$;

create function sync.row_text(p_row jsonb, p_columns text[]) returns text language sql immutable parallel safe as $$
  select string_agg(coalesce(p_row ->> c.name, E'\\x01'), E'\\x02' order by c.place) from unnest(p_columns) with ordinality c(name, place)
$$;

create function sync.client_of(p_device sync.devices, p_client uuid) returns sync.clients language plpgsql stable as $$
declare v_client sync.clients;
begin
  select * into v_client from sync.clients where client_id = p_client and role_name = p_device.role_name and state = 'active';
  if not found then
    raise exception using errcode = 'SY001', message = 'this client identity is not in use by this station';
  end if;
  return v_client;
end $$;

-- The last commit of the page: whole commits, at least one, about so many changes.
create function sync.page_end(p_stream int, p_cursor bigint, p_most int) returns bigint language sql stable as $$
  select coalesce(max(seq) filter (where n <= p_most), min(seq)) from (
    select seq, sum(change_count) over (order by seq) as n from (
      select seq, change_count from sync.commits where stream = p_stream and seq > p_cursor order by seq limit greatest(p_most, 100)) c) s
$$;

create function sync.pull(p_client uuid, p_cursor_seq bigint, p_cursor_hash text, p_most int) returns json language plpgsql stable ${DEFINER_BY_KEY} as $$
declare
  v_device sync.devices := sync.device();
  v_client sync.clients := sync.client_of(v_device, p_client);
  v_stream int := v_device.organization_id;
  v_head record;
  v_to bigint;
  v_hash text;
  v_most int := least(greatest(coalesce(p_most, 2000), 1), 20000);
  v_rest bigint;
  v_tables json := '[]';
  v_outcomes json := '[]';
begin
  if p_cursor_seq is null or p_cursor_seq < 0 then
    raise exception using errcode = '22023', message = 'a cursor is a number';
  end if;
  perform sync.check_cursor(v_stream, (select floor_seq from sync.streams where stream = v_stream), p_cursor_seq, p_cursor_hash);
  v_head := sync.head(v_stream);
  -- Nearly every poll finds nothing.
  v_to := p_cursor_seq;
  if v_head.seq > p_cursor_seq then
    v_to := coalesce(sync.page_end(v_stream, p_cursor_seq, v_most), p_cursor_seq);
  end if;
  select encode(hash, 'hex') into v_hash from sync.commits where stream = v_stream and seq = v_to;
  if v_to > p_cursor_seq then
    v_rest := sync.part_end(v_stream, p_cursor_seq, v_to, 0, v_most);
    v_tables := sync.changed_tables(v_device, v_client.station_id, p_cursor_seq, v_to, 0, v_rest);
    select coalesce(json_agg(json_build_object('unit_no', u.unit_no, 'unit_id', u.unit_id, 'outcome', u.outcome, 'detail', u.detail) order by u.unit_no), '[]')
      into v_outcomes from sync.commits k join sync.units u on u.client_id = k.client_id and u.unit_no between k.first_unit_no and k.last_unit_no
      where k.client_id = p_client and k.seq > p_cursor_seq and k.seq <= v_to;
  end if;
  return json_build_object('to_seq', v_to, 'to_hash', v_hash, 'head_seq', v_head.seq, 'more', v_to < v_head.seq,
    'applied_unit_no', coalesce((select last_unit_no from sync.commits where client_id = p_client and seq <= v_to order by seq desc limit 1), 0),
    'outcomes', v_outcomes, 'tables', v_tables, 'rest_after', v_rest, 'server_ms', (extract(epoch from clock_timestamp()) * 1000)::bigint);
end $$;

-- One commit may have changed a million rows: where to stop for now, or nothing when everything fits.
create function sync.part_end(p_stream int, p_from bigint, p_to bigint, p_after bigint, p_most int) returns bigint language plpgsql stable as $$
declare
  v_tx bigint;
  v_end bigint;
begin
  select tx into v_tx from sync.commits where stream = p_stream and seq = p_to and p_to = p_from + 1 and change_count > p_most;
  if v_tx is null then return null; end if;
  select max(change_no) into v_end from (
    select change_no from sync.changes where tx = v_tx and change_no > p_after order by change_no limit p_most) c;
  return (select v_end where exists (select 1 from sync.changes where tx = v_tx and change_no > v_end));
end $$;

-- The next part of such a commit.
create function sync.pull_part(p_client uuid, p_seq bigint, p_hash text, p_after bigint, p_most int) returns json language plpgsql stable ${DEFINER_BY_KEY} as $$
declare
  v_device sync.devices := sync.device();
  v_client sync.clients := sync.client_of(v_device, p_client);
  v_rest bigint;
begin
  perform sync.check_cursor(v_device.organization_id, 0, p_seq, p_hash);
  v_rest := sync.part_end(v_device.organization_id, p_seq - 1, p_seq, p_after, least(greatest(coalesce(p_most, 2000), 1), 20000));
  return json_build_object('rest_after', v_rest, 'tables',
    sync.changed_tables(v_device, v_client.station_id, p_seq - 1, p_seq, p_after, v_rest));
end $$;

-- Current images of the rows that changed between two commits; for the others, where they went.
create function sync.changed_tables(p_device sync.devices, p_station_id text, p_from bigint, p_to bigint, p_after bigint, p_until bigint) returns json language plpgsql stable as $$
declare
  v_plants uuid[] := p_device.plant_ids;
  v_until bigint := coalesce(p_until, 9223372036854775807);
  -- As a list, so that the changes are found by index however large the history has grown.
  v_txs bigint[] := array(select tx from sync.commits where stream = p_device.organization_id and seq > p_from and seq <= p_to);
  v_table record;
  v_found record;
  v_gone json;
  v_parts json[] := '{}';
begin
  for v_table in
    select l.name, array_agg(distinct c.row_id) as ids from sync.changes c join sync.table_list() l on l.name = c.table_name
      where c.tx = any (v_txs) and c.change_no > p_after and c.change_no <= v_until and (v_plants is null or (c.plant_id is null and c.old_plant_id is null)
        or c.plant_id = any (v_plants) or c.old_plant_id = any (v_plants))
      group by l.name, l.place order by l.place
  loop
    v_found := sync.rows_of(v_table.name, p_device.organization_id, v_plants, p_station_id, v_table.ids);
    v_gone := sync.gone_of(v_table.name, p_device.organization_id, v_table.ids, v_found.ids);
    if v_found.rows is not null or v_gone is not null then
      v_parts := v_parts || json_build_object('table', v_table.name, 'rows', coalesce(v_found.rows, '[]'), 'gone', coalesce(v_gone, '[]'));
    end if;
  end loop;
  return array_to_json(v_parts);
end $$;

create function sync.gone_of(p_table text, p_organization int, p_ids uuid[], p_found uuid[]) returns json language plpgsql stable as $$
declare
  v_missing uuid[];
  v_live uuid[];
begin
  -- A row of the trail that is not sent is the station's own.
  if p_table = 'audit_logs' or cardinality(p_ids) = coalesce(cardinality(p_found), 0) then return null; end if;
  v_missing := array(select unnest(p_ids) except select unnest(p_found));
  v_live := sync.live_ids(p_table, p_organization, v_missing);
  return (select json_agg(json_build_object('id', m.id, 'version', t.row_version,
      'kind', case when m.id = any (v_live) then 'evicted' else 'deleted' end))
    from unnest(v_missing) m(id) left join sync.tombstones t
      on t.organization_id = p_organization and t.table_name = p_table and t.row_id = m.id and m.id <> all (v_live));
end $$;

create function sync.snapshot_tables() returns jsonb language plpgsql stable ${DEFINER} as $$
declare v_device sync.devices := sync.device();
begin
  return (select jsonb_agg(jsonb_build_object('table', l.name, 'rows', c.rows, 'is_comparable', l.is_comparable) order by l.place)
    from sync.table_list() l cross join lateral (select sum(greatest(k.reltuples, 0))::bigint as rows from pg_class k
      where k.oid = any (to_regclass('public.' || l.name) || array(select inhrelid from pg_inherits where inhparent = to_regclass('public.' || l.name)))) c);
end $$;

create function sync.snapshot_page(p_client uuid, p_table text, p_after uuid, p_most int) returns json language plpgsql stable ${DEFINER_BY_KEY} as $$
declare
  v_device sync.devices := sync.device();
  v_client sync.clients := sync.client_of(v_device, p_client);
  v_most int := least(greatest(coalesce(p_most, 2000), 1), 20000);
  v_head record;
  v_page record;
begin
  v_head := sync.head(v_device.organization_id);
  v_page := sync.page_of(p_table, v_device.organization_id, v_device.plant_ids, coalesce(p_after, '00000000-0000-0000-0000-000000000000'), v_most);
  return json_build_object('head_seq', v_head.seq, 'head_hash', v_head.hash, 'rows', v_page.rows, 'more', v_page.row_count = v_most);
end $$;

create function sync.digest(p_table text) returns jsonb language plpgsql stable ${DEFINER} as $$
declare v_device sync.devices := sync.device();
begin
  return jsonb_build_object('head_seq', (sync.head(v_device.organization_id)).seq,
    'buckets', sync.digest_of(p_table, v_device.organization_id, v_device.plant_ids));
end $$;

create function sync.content_digest(p_table text, p_columns text[]) returns jsonb language plpgsql stable ${DEFINER} as $$
declare v_device sync.devices := sync.device();
begin
  return jsonb_build_object('head_seq', (sync.head(v_device.organization_id)).seq,
    'buckets', sync.content_of(p_table, v_device.organization_id, v_device.plant_ids, p_columns[1:500]));
end $$;

create function sync.bucket(p_table text, p_bucket int) returns json language plpgsql stable ${DEFINER} as $$
declare v_device sync.devices := sync.device();
begin
  return sync.bucket_rows(p_table, v_device.organization_id, v_device.plant_ids, p_bucket);
end $$;

create function sync.exists(p_table text, p_ids uuid[]) returns jsonb language plpgsql stable ${DEFINER} as $$
declare
  v_device sync.devices := sync.device();
  v_ids uuid[] := p_ids[1:10000];
  v_live uuid[] := sync.live_ids(p_table, v_device.organization_id, v_ids);
  v_mine uuid[] := (sync.rows_of(p_table, v_device.organization_id, v_device.plant_ids, null, v_ids)).ids;
begin
  return coalesce((select jsonb_agg(jsonb_build_object('id', i, 'state', case
      when i = any (v_mine) then 'live'
      when i = any (v_live) then 'out_of_scope'
      when sync.is_tombstone(v_device.organization_id, p_table, i) then 'deleted'
      else 'unknown' end)) from unnest(v_ids) i), '[]');
end $$;
`;

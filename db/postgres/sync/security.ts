import type { AnyTable } from '../../kit/define-table.ts';
import { type CentreRoles, literal, quoted } from '../roles.ts';

/** Head of every function that a station calls: runs as the owner, finds nothing through a caller's search path. */
export const DEFINER = 'security definer set search_path = pg_catalog, pg_temp';

/**
 * The same for functions that look rows up by key: their plans are kept, and one made while a table was small would
 * read the whole of it for ever.
 */
export const DEFINER_BY_KEY = `${DEFINER} set enable_seqscan = off`;

const MINE = 'organization_id = (select sync.login_organization())';

/**
 * Who is calling. The organization follows from the *login*, which a client cannot change; settings count only for
 * operators, who act for an organization (`app.current_organization_id`) or for one of its stations (`app.station`).
 */
export const securityFunctions = (roles: CentreRoles): string => `
create function sync.is_operator() returns bool language sql stable ${DEFINER} as $$
  select pg_has_role(session_user, ${literal(roles.owner)}, 'member')
$$;

create function sync.login_organization() returns int language plpgsql stable ${DEFINER} as $$
declare v_organization int;
begin
  select organization_id into v_organization from sync.devices
    where role_name = session_user
      and (state = 'active' or (state = 'invited' and invited_until > now()));
  if found then return v_organization; end if;
  if sync.is_operator() then
    return nullif(current_setting('app.current_organization_id', true), '')::int;
  end if;
  return null;
end $$;

-- The station that calls, or the one that an operator acts for.
create function sync.device() returns sync.devices language plpgsql stable ${DEFINER} as $$
declare v_device sync.devices;
begin
  select * into v_device from sync.devices
    where role_name = session_user and kind = 'station'
      and (state = 'active' or (state = 'invited' and invited_until > now()));
  if not found and sync.is_operator() then
    -- Also for a station that was revoked: what it had not sent comes as a file.
    select * into v_device from sync.devices
      where organization_id = sync.login_organization() and kind <> 'reporting'
        and station_code = current_setting('app.station', true);
  end if;
  if v_device.role_name is null then
    raise exception using errcode = 'SY007', message = 'this station is not enrolled';
  end if;
  return v_device;
end $$;

create function sync.refuse_truncate() returns trigger language plpgsql as $$
begin
  raise exception using errcode = '42501', message = 'rows are deleted one by one: a truncated table would not be noticed by the stations';
end $$;

-- A partition is reached through its table. By itself it shows its owner one organization and takes no row of anybody:
-- the history and the chain of commits are written by triggers of the table.
create function sync.close_partition(p_partition regclass) returns void language plpgsql as $$
begin
  execute format('alter table %s enable row level security, force row level security', p_partition);
  execute format('create policy tenant on %s for select using (${MINE})', p_partition);
  execute format('create trigger no_truncate before truncate on %s for each statement execute function sync.refuse_truncate()', p_partition);
end $$;

-- Of a row that names an order by its number only that may follow the order.
create function sync.refuse_change() returns trigger language plpgsql as $$
begin
  if tg_op = 'UPDATE' and tg_nargs > 0 and to_jsonb(old) - tg_argv[0]::text[] = to_jsonb(new) - tg_argv[0]::text[] then return new; end if;
  raise exception using errcode = 'SU001', message = 'append_only', detail = tg_table_name;
end $$;

create function sync.refuse_signed() returns trigger language plpgsql as $$
begin
  raise exception using errcode = 'SU001', message = 'signed', detail = tg_table_name;
end $$;
`;

const keptColumns = ({ follows_number }: AnyTable): string =>
  follows_number ? `'{${follows_number.number},${follows_number.key},row_version}'` : '';

/** Nobody sees or writes a row of another organization, whatever statement runs and whoever owns the table. */
export function tableSecurity(def: AnyTable): string {
  const appendOnly =
    def.sync.kind === 'append_only' || def.sync.kind === 'additive'
      ? `create trigger append_only before update or delete on public.${def.name} for each row execute function sync.refuse_change(${keptColumns(def)});`
      : '';
  const sealed =
    def.sync.kind === 'sealed'
      ? `create trigger sealed before update or delete on public.${def.name} for each row when (old.signed_at_ms is not null) execute function sync.refuse_signed();`
      : '';
  const partitions = def.partitions
    ? `select sync.close_partition(inhrelid) from pg_inherits where inhparent = 'public.${def.name}'::regclass;`
    : '';
  return `
alter table public.${def.name} enable row level security, force row level security;
drop policy if exists tenant on public.${def.name};
create policy tenant on public.${def.name} using (${MINE}) with check (${MINE});
create trigger no_truncate before truncate on public.${def.name} for each statement execute function sync.refuse_truncate();
${appendOnly}${sealed}${partitions}`;
}

/** What a station may call; everything else in the schema is for operators. */
const FOR_STATIONS = [
  'probe()',
  'hello(jsonb)',
  'push(uuid, jsonb)',
  'park(uuid, jsonb)',
  'pull(uuid, bigint, text, int)',
  'pull_part(uuid, bigint, text, bigint, int)',
  'snapshot_tables()',
  'snapshot_page(uuid, text, uuid, int)',
  'commit_hashes(bigint[])',
  'digest(text)',
  'content_digest(text, text[])',
  'bucket(text, int)',
  'exists(text, uuid[])',
  'lease_numbers(uuid, text, int)',
  'lease_floor(text, bigint)',
  'return_numbers(uuid, text, bigint)',
  'blob_begin(text, bigint)',
  'blob_put(text, int, bytea)',
  'blob_finish(text)',
  'blob_get(text, int)',
  'seen(uuid, bigint, jsonb)',
  'maintain_own(uuid)',
  'stations()',
  'notify()',
];
export const grants = (roles: CentreRoles): string => `
revoke all on all functions in schema sync from public;
revoke all on schema sync from public;
grant usage on schema sync to ${quoted(roles.station)}, ${quoted(roles.reporting)};
grant execute on function ${FOR_STATIONS.map(f => `sync.${f}`).join(', ')} to ${quoted(roles.station)};
grant execute on function sync.login_organization() to ${quoted(roles.reporting)};
`;

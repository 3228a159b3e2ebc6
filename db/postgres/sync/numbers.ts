import { PROVISIONAL_PREFIX } from '../../kit/columns.ts';
import type { AnyTable } from '../../kit/define-table.ts';
import type { NOTIFICATION_TYPES } from '../../schema/infrastructure.ts';
import { DEFINER } from './security.ts';

const TOLD_AS = 'INFO' satisfies (typeof NOTIFICATION_TYPES)[number];

/** Blocks of running numbers for stations, as large as what they took in the last 14 days. Two blocks of a series never overlap: the row of the series is locked while one is cut off. */
export const NUMBERS = `
create function sync.lease_numbers(p_client uuid, p_series text, p_count int) returns jsonb language plpgsql volatile ${DEFINER} as $$
declare
  v_device sync.devices := sync.device();
  v_client sync.clients := sync.client_of(v_device, p_client);
  v_count int := p_count;
  v_from bigint;
begin
  if v_count is null then
    select least(greatest(coalesce(sum(l.to_value - l.from_value + 1), 0), 20), 10000) into v_count from sync.leases l join sync.clients k using (client_id)
      where l.organization_id = v_device.organization_id and l.series = p_series and l.state = 'leased'
        and k.role_name = v_device.role_name and l.leased_at > now() - interval '14 days';
  elsif v_count not between 1 and 100000 then
    raise exception using errcode = '22023', message = 'a block holds 1 to 100000 numbers';
  end if;
  insert into sync.series (organization_id, series, next_value) values (v_device.organization_id, p_series, 1 + v_count)
    on conflict (organization_id, series) do update set next_value = series.next_value + v_count
    returning next_value - v_count into v_from;
  insert into sync.leases (organization_id, series, from_value, to_value, client_id, incarnation)
    values (v_device.organization_id, p_series, v_from, v_from + v_count - 1, v_client.client_id, v_client.incarnation);
  return jsonb_build_object('from', v_from, 'to', v_from + v_count - 1);
end $$;

-- A station that leaves gives back what it did not use: the end of the series goes on from there. What others have
-- numbers behind stays a gap, and the lease says so.
create function sync.return_numbers(p_client uuid, p_series text, p_first_free bigint) returns jsonb language plpgsql volatile ${DEFINER} as $$
declare
  v_device sync.devices := sync.device();
  v_client sync.clients := sync.client_of(v_device, p_client);
  v_next bigint;
  v_lease sync.leases;
begin
  select next_value into v_next from sync.series where organization_id = v_device.organization_id and series = p_series for update;
  select * into v_lease from sync.leases where organization_id = v_device.organization_id and series = p_series
    and client_id = v_client.client_id and state = 'leased' and p_first_free between from_value and to_value;
  if v_lease.client_id is null then return jsonb_build_object('returned', 0); end if;
  delete from sync.leases where organization_id = v_lease.organization_id and series = p_series and from_value = v_lease.from_value;
  insert into sync.leases (organization_id, series, from_value, to_value, client_id, incarnation, leased_at, state)
    select v_lease.organization_id, p_series, part.from_value, part.to_value, v_lease.client_id, v_lease.incarnation, v_lease.leased_at, part.state
    from (values (v_lease.from_value, p_first_free - 1, 'leased'), (p_first_free, v_lease.to_value, 'forfeited')) part(from_value, to_value, state)
    where part.from_value <= part.to_value and (part.state = 'leased' or v_lease.to_value + 1 <> v_next);
  if v_lease.to_value + 1 = v_next then
    update sync.series set next_value = p_first_free where organization_id = v_lease.organization_id and series = p_series;
    return jsonb_build_object('returned', v_lease.to_value - p_first_free + 1);
  end if;
  return jsonb_build_object('returned', 0);
end $$;

-- The number that replaces a provisional one, or one that another row has: both rows stay, and the author is told.
create function sync.next_number(p_organization int, p_series text, p_pattern text, p_at_ms bigint) returns text language plpgsql as $$
declare
  v_value text;
  v_digits int := length(substring(p_pattern from '#+'));
begin
  insert into sync.series (organization_id, series, next_value) values (p_organization, p_series, 2)
    on conflict (organization_id, series) do update set next_value = series.next_value + 1
    returning (next_value - 1)::text into v_value;
  return replace(regexp_replace(p_pattern, '#+', lpad(v_value, greatest(v_digits, length(v_value)), '0')),
    '{year}', to_char(to_timestamp(p_at_ms / 1000.0) at time zone 'UTC', 'YYYY'));
end $$;
create function sync.tell_number(p_organization int, p_user uuid, p_table text, p_row uuid, p_from text, p_to text) returns void language plpgsql as $$
declare v_now_ms bigint := (extract(epoch from clock_timestamp()) * 1000)::bigint;
begin
  insert into public.notifications (id, organization_id, user_id, notification_type, message_code, message_values, entity_type, entity_id,
      priority, is_read, created_at_ms, created_by, updated_at_ms, updated_by)
    select gen_random_uuid(), p_organization, u.id, '${TOLD_AS}', 'infrastructure:notices.numbered', jsonb_build_object('from', p_from, 'to', p_to),
        p_table, p_row::text, 'NORMAL', false, v_now_ms, u.id, v_now_ms, u.id
      from public.users u where u.organization_id = p_organization and u.id = p_user;
end $$;

-- Numbers below are taken, by paper or by an older system.
create function sync.lease_floor(p_series text, p_at_least bigint) returns jsonb language plpgsql volatile ${DEFINER} as $$
declare
  v_device sync.devices := sync.device();
  v_next bigint;
begin
  if p_at_least is null or p_at_least not between 1 and 2000000000 then
    raise exception using errcode = '22023', message = 'a number is between 1 and 2000000000';
  end if;
  insert into sync.series (organization_id, series, next_value) values (v_device.organization_id, p_series, p_at_least)
    on conflict (organization_id, series) do update set next_value = greatest(series.next_value, excluded.next_value)
    returning next_value into v_next;
  return jsonb_build_object('next_value', v_next);
end $$;
`;

/** Tables whose number stands for an order on paper, with the order of the row `r`. */
const ORDER_OF: Record<string, string> = { orders: 'r.id', work_orders: 'r.order_id' };
/** What was booked under the number that the row `r` had goes on under the one it has now. */
export function followed({ name, columns }: AnyTable, column: string): string {
  const order = ORDER_OF[name];
  if (!order) return '';
  const labels = ['', ...('build_number' in columns ? [" || '/' || r.build_number"] : [])];
  return labels
    .map(
      build =>
        `perform sync.follow_number(p_organization, ${order}, r.provisional_number${build}, r.${column}${build});`,
    )
    .join('\n        ');
}

/**
 * Two numbers of one order would be two balances: rows that name an order by its number follow it, also when they arrive
 * later. One that knows its order follows that order; one that does not follows a provisional number, which nobody else has.
 */
export function followNumbers(central: readonly AnyTable[]): string {
  const followers = central.flatMap(def =>
    def.follows_number ? [{ name: def.name, ...def.follows_number }] : [],
  );
  const replaced = `select w.provisional_number as was, w.work_order_number as now, w.order_id from public.work_orders w
      where w.organization_id = new.organization_id and w.provisional_number is not null
    union all select o.provisional_number || b.build, o.order_number || b.build, o.id
      from public.orders o, unnest(array['', '/' || o.build_number]) b(build)
      where o.organization_id = new.organization_id and o.provisional_number is not null`;
  return `
create function sync.follow_number(p_organization int, p_order uuid, p_from text, p_to text) returns void language plpgsql as $$
begin
${followers
  .map(
    ({ name, number, key, order_id }) => `  update public.${name} set ${number} = p_to, ${key} = upper(p_to)
    where organization_id = p_organization and ${key} = upper(p_from)
      and (${order_id} = p_order or (${order_id} is null and p_from like '${PROVISIONAL_PREFIX}%'));`,
  )
  .join('\n')}
end $$;
${followers
  .map(
    ({ name, number, key, order_id }) => `
create function sync.number_of_${name}() returns trigger language plpgsql as $$
declare v_now text;
begin
  select min(r.now) into v_now from (${replaced}) r
    where upper(r.was) = new.${key} and (new.${order_id} is null or r.order_id = new.${order_id}) having count(distinct r.now) = 1;
  if v_now is not null then
    new.${number} := v_now;
    new.${key} := upper(v_now);
  end if;
  return new;
end $$;
create trigger b_number before insert on public.${name} for each row when (new.${key} like '${PROVISIONAL_PREFIX}%')
  execute function sync.number_of_${name}();`,
  )
  .join('')}`;
}

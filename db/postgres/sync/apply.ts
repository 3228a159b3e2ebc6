import { type ColumnFacts, type NumberSeries, PROVISIONAL_PREFIX } from '../../kit/columns.ts';
import type { AnyTable } from '../../kit/define-table.ts';
import { limitsOf } from '../../kit/limits.ts';
import { literal } from '../roles.ts';
import { plantOf } from './capture.ts';
import { followed } from './numbers.ts';

/** Never compared: they differ without anybody meaning anything by it. */
const STAMPS = ['created_at_ms', 'created_by', 'updated_at_ms', 'updated_by'];
const FIXED = ['id', 'organization_id', 'row_version', 'created_at_ms', 'created_by'];
const columnsOf = (def: AnyTable): [string, ColumnFacts][] => Object.entries<ColumnFacts>(def.columns);
/** Columns that a station may send; the organization and the version are the centre's. */
export const travellingColumns = (def: AnyTable): string[] =>
  Object.keys(def.columns).filter(key => key !== 'organization_id' && key !== 'row_version');
export const defaultsOf = (def: AnyTable): Record<string, unknown> =>
  Object.fromEntries(columnsOf(def).flatMap(([key, c]) => (c.has_default ? [[key, c.default_value]] : [])));
export const textArray = (values: readonly string[]): string => `'{${values.join(',')}}'::text[]`;

/** Helpers of the functions below: each either answers or ends the unit with a verdict. */
export const APPLY_HELPERS = `
-- Ends the unit. Carried to sync.try_unit as an exception, so that nothing of the unit remains.
create function sync.verdict(p_outcome text, p_code text, p_table text, p_row uuid, p_field text, p_values jsonb)
returns void language plpgsql as $$
begin
  raise exception using errcode = 'SU000', message = p_code, detail = jsonb_build_object('outcome', p_outcome,
    'code', p_code, 'table', p_table, 'row_id', p_row, 'field', p_field, 'values', coalesce(p_values, '{}'));
end $$;

-- A patch names columns of the table and nothing else.
create function sync.check_columns(p_table text, p_row uuid, p_patch jsonb, p_known text[]) returns void language plpgsql as $$
begin
  if jsonb_typeof(p_patch) is distinct from 'object' then
    perform sync.verdict('rejected', 'unit_malformed', p_table, p_row, 'patch', null);
  elsif p_patch - p_known <> '{}' then
    perform sync.verdict('rejected', 'column_unknown', p_table, p_row,
      (select left(min(k), 100) from jsonb_object_keys(p_patch - p_known) k), null);
  end if;
end $$;

create function sync.field(p_table text, p_row uuid, p_field text, p_base jsonb, p_mine jsonb, p_theirs jsonb, p_secret bool)
returns jsonb language sql immutable as $$
  select jsonb_build_object('table', p_table, 'row_id', p_row, 'field', p_field)
    || case when p_secret then '{"base": "***", "mine": "***", "theirs": "***"}'::jsonb
       else jsonb_build_object('base', p_base, 'mine', p_mine, 'theirs', p_theirs) end
$$;
create function sync.same_values(p_now jsonb, p_patch jsonb) returns bool language sql immutable as $$
  select coalesce(bool_and(p_now -> key = value), true) from jsonb_each(p_patch) where key <> all (${textArray(STAMPS)})
$$;
-- Column by column, by value: what may be taken, and where both sides changed the same.
create function sync.compare(p_table text, p_row uuid, p_now jsonb, p_base jsonb, p_patch jsonb, p_secret text[],
  out take jsonb, out clash jsonb) language sql immutable as $$
  select coalesce(jsonb_object_agg(c.key, c.mine) filter (where c.mine <> c.theirs and c.base = c.theirs), '{}'),
    jsonb_agg(sync.field(p_table, p_row, c.key, c.base, c.mine, c.theirs, c.key = any (p_secret)))
      filter (where c.mine <> c.theirs and c.base <> c.theirs)
  from (select key, value as mine, coalesce(p_base -> key, 'null') as base, coalesce(p_now -> key, 'null') as theirs
    from jsonb_each(p_patch) where key <> all (${textArray(STAMPS)})) c
$$;
-- What differs from the row that the author deleted.
create function sync.edited_since(p_table text, p_row uuid, p_now jsonb, p_base jsonb, p_secret text[]) returns jsonb language sql immutable as $$
  select jsonb_agg(sync.field(p_table, p_row, key, value, 'null', p_now -> key, key = any (p_secret)))
  from jsonb_each(case when jsonb_typeof(p_base) = 'object' then p_base else '{}' end)
  where key <> all (${textArray([...STAMPS, 'row_version', 'organization_id'])}) and value is distinct from p_now -> key
$$;
-- Every field of a change, for a document that conflicts as a whole.
create function sync.all_fields(p_table text, p_row uuid, p_now jsonb, p_base jsonb, p_patch jsonb) returns jsonb
language sql immutable as $$
  select case when jsonb_typeof(p_patch) = 'object' and jsonb_typeof(p_base) = 'object' then
      (select coalesce(jsonb_agg(sync.field(p_table, p_row, key, p_base -> key, value, coalesce(p_now -> key, 'null'), false)), '[]')
        from jsonb_each(p_patch) where key <> all (${textArray(STAMPS)}))
    else jsonb_build_array(sync.field(p_table, p_row, '*', coalesce(p_base, 'null'), coalesce(p_patch, 'null'), coalesce(p_now, 'null'), false)) end
$$;

create function sync.is_tombstone(p_organization int, p_table text, p_row uuid) returns bool language sql stable as $$
  select exists (select 1 from sync.tombstones
    where organization_id = p_organization and table_name = p_table and row_id = p_row)
$$;
-- The unit that would have made the row, if it was not applied.
create function sync.blocking_unit(p_organization int, p_table text, p_row uuid) returns uuid language sql stable as $$
  select unit_id from sync.blocked_rows
    where organization_id = p_organization and table_name = p_table and row_id = p_row limit 1
$$;
-- An update of a row that is not there: deleted by somebody (conflict), or not made yet (parked).
create function sync.missing_row(p_organization int, p_table text, p_row uuid, p_change jsonb, out clash jsonb) language plpgsql as $$
begin
  if sync.is_tombstone(p_organization, p_table, p_row) then
    clash := sync.all_fields(p_table, p_row, null, p_change -> 'base', p_change -> 'patch');
    return;
  end if;
  perform sync.verdict('parked', 'row_missing', p_table, p_row, null,
    jsonb_build_object('waits_table', p_table, 'waits_row', p_row, 'unit_id', sync.blocking_unit(p_organization, p_table, p_row)));
end $$;

-- Did somebody else change this document after the author last looked?
create function sync.document_touched(p_organization int, p_document uuid, p_client uuid, p_seen bigint) returns bool
language sql stable as $$
  select exists (select 1 from sync.changes c join sync.commits k on k.tx = c.tx
    where c.document_id = p_document and k.stream = p_organization and k.seq > p_seen
      and coalesce(c.by_client, k.client_id) is distinct from p_client)
$$;
`;

/** First column whose value the definition does not allow, as an expression over the row `r`. */
export function badColumn(def: AnyTable): string {
  const cases = columnsOf(def).flatMap(([key, column]) => {
    const { minimum, maximum, max_length, choices } = limitsOf(column);
    const wrong =
      choices !== undefined
        ? `r.${key} <> all (array[${choices.map(literal).join(', ')}])`
        : column.kind === 'text' && max_length !== undefined
          ? `length(r.${key}) > ${max_length}`
          : column.kind === 'day'
            ? `r.${key} !~ '^\\d{4}-\\d{2}-\\d{2}$'`
            : minimum !== undefined && maximum !== undefined
              ? `r.${key} not between ${minimum} and ${maximum}`
              : undefined;
    return wrong ? [`when ${wrong} then '${key}'`] : [];
  });
  return cases.length === 0 ? 'null' : `case ${cases.join(' ')} end`;
}

/** How a number of the program looks, as a regular expression of PostgreSQL. */
const shapeOf = ({ pattern }: NumberSeries): string =>
  `^${pattern.replaceAll('{year}', '[0-9]{4}').replace(/#+/, '[0-9]+')}$`;
interface Numbered extends NumberSeries {
  column: string;
}
export const numberedOf = (def: AnyTable): Numbered | undefined =>
  columnsOf(def).flatMap(([column, { numbers }]) => (numbers ? [{ column, ...numbers }] : []))[0];
/** Is the number of the row `r` provisional, or does another row have it? */
export function needsNumber(def: AnyTable, numbered: Numbered): string {
  const { column } = numbered;
  const keys = def.unique.find(key => key.includes(column)) ?? [column];
  const same = keys.map(key => `x.${key} is not distinct from r.${key}`).join(' and ');
  return `(r.${column} like '${PROVISIONAL_PREFIX}%' or (r.${column} ~ ${literal(shapeOf(numbered))} and exists (select 1 from public.${def.name} x
      where x.organization_id = p_organization and x.id <> r.id and x.${column} = r.${column} and ${same})))`;
}
/** Gives the row `r` a number of its own before it is written. */
function takeNumber(def: AnyTable, author: string): string {
  const numbered = numberedOf(def);
  if (!numbered) return '';
  const { column, series, pattern } = numbered;
  const others = (condition: string) =>
    `exists (select 1 from public.${def.name} x where x.organization_id = p_organization and ${condition})`;
  return `if ${needsNumber(def, numbered)} then
      if ${others(`x.id = v_id and x.provisional_number = r.${column}`)} then
        v_patch := v_patch - '${column}';
      else
        r.provisional_number := r.${column};
        loop
          r.${column} := sync.next_number(p_organization, '${series}', '${pattern}', r.created_at_ms);
          exit when not ${others(`x.${column} = r.${column}`)};
        end loop;
        merged := true;
        perform sync.tell_number(p_organization, ${author}, '${def.name}', v_id, r.provisional_number, r.${column});
        ${followed(def, column)}
      end if;
    end if;`;
}

const onlyWhenTaken = (def: AnyTable): string => {
  const numbered = numberedOf(def);
  return numbered
    ? `if take ? '${numbered.column}' then\n    ${takeNumber(def, 'r.updated_by')}\n    end if;`
    : '';
};

/** Which rule of the protocol an update follows; leaves `take` or `clash`. */
function updateRule(def: AnyTable, secrets: string): string {
  // Of a column where the last arrival wins, everybody has seen the value of now.
  const lastOnes = columnsOf(def).flatMap(([key, c]) => (c.conflict === 'last_arrival' ? [key] : []));
  const seen = lastOnes.map(key => `'${key}', to_jsonb(c) -> '${key}'`).join(', ');
  const base = seen ? `v_base || jsonb_build_object(${seen})` : 'v_base';
  const compare = `select * into take, clash from sync.compare('${def.name}', v_id, to_jsonb(c), ${base}, v_patch, ${secrets});`;
  const equal = 'sync.same_values(to_jsonb(c), v_patch)';
  switch (def.sync.kind) {
    case 'append_only':
    case 'additive':
      return `perform sync.verdict('rejected', 'immutable', '${def.name}', v_id, null, null);`;
    case 'pull_only':
      return `if ${equal} then take := '{}'; elsif p_may_all then ${compare} else perform sync.verdict('rejected', 'not_writable', '${def.name}', v_id, null, null); end if;`;
    case 'sealed':
      return compare;
    case 'two_way':
      if (def.sync.conflict === 'last_arrival') return 'take := v_patch;';
      if (def.sync.conflict === 'central_wins')
        return `if ${equal} then take := '{}';
      elsif c.row_version is distinct from v_version then
        perform sync.verdict('rejected', 'row_changed', '${def.name}', v_id, null, jsonb_build_object('yours', v_version, 'current', c.row_version));
      else take := v_patch; end if;`;
      return compare;
    default:
      return '';
  }
}

function deleteRule(def: AnyTable, secrets: string): string {
  const comparing =
    def.sync.kind === 'sealed' || (def.sync.kind === 'two_way' && def.sync.conflict !== 'last_arrival');
  if (def.sync.kind === 'append_only' || def.sync.kind === 'additive')
    return `perform sync.verdict('rejected', 'immutable', '${def.name}', v_id, null, null);`;
  if (def.sync.kind === 'pull_only')
    return `if not p_may_all then perform sync.verdict('rejected', 'not_writable', '${def.name}', v_id, null, null); end if;`;
  return comparing ? `clash := sync.edited_since('${def.name}', v_id, to_jsonb(c), v_base, ${secrets});` : '';
}

/** Applies one change of one table by its policy: static statements, so that PostgreSQL keeps their plans. */
export function applyFunction(def: AnyTable): string {
  const name = def.name;
  const all = columnsOf(def).map(([key]) => key);
  const known = travellingColumns(def);
  const settable = all.filter(key => !FIXED.includes(key));
  const secrets = textArray(columnsOf(def).flatMap(([key, c]) => (c.secret ? [key] : [])));
  const defaults = defaultsOf(def);
  const reasons = Object.fromEntries(
    columnsOf(def).flatMap(([key, c]) =>
      c.conflict ? [[key, c.conflict === 'claim' ? 'claimed' : 'step_passed']] : [],
    ),
  );
  const doc = def.document;
  const documentCheck = (row: string, condition: string, now: string) =>
    doc
      ? `if clash is null and ${condition} and sync.document_touched(p_organization, ${row}.${doc.root_id}, p_client, p_seen) then
      clash := sync.all_fields('${name}', v_id, ${now}, v_base, v_patch); reason := 'document_changed'; return;
    end if;`
      : '';
  // Two stations may make the same row of such a table (a reminder): the first one stands, nobody is asked.
  const isSameRow =
    def.sync.kind === 'two_way' && def.sync.conflict === 'last_arrival'
      ? 'true'
      : 'sync.same_values(to_jsonb(c), v_patch)';
  const documentColumns = doc?.columns ? `v_patch ?| ${textArray(doc.columns)}` : 'true';
  const plantCheck = (row: string) =>
    def.plant_by
      ? `if p_plants is not null and ${plantOf(def, row)} <> all (p_plants) then
      perform sync.verdict('rejected', 'out_of_scope', '${name}', v_id, null, null);
    end if;`
      : '';
  const centralOnly =
    def.sync.kind === 'pull_only'
      ? `if v_op = 'I' and not p_may_all then
      if exists (select 1 from public.${name} x where x.organization_id = p_organization and x.id = v_id
        and sync.same_values(to_jsonb(x), v_patch)) then merged := true; return; end if;
      perform sync.verdict('rejected', 'not_writable', '${name}', v_id, null, null);
    end if;`
      : '';
  return `
create function sync.apply_${name}(p_organization int, p_plants uuid[], p_client uuid, p_seen bigint, p_may_all bool, p_change jsonb,
  out merged bool, out clash jsonb, out reason text) language plpgsql as $$
declare
  v_id uuid := (p_change ->> 'id')::uuid;
  v_op text := p_change ->> 'op';
  v_patch jsonb := p_change -> 'patch';
  v_base jsonb := p_change -> 'base';
  v_version bigint := (p_change ->> 'base_version')::bigint;
  c public.${name};
  r public.${name};
  take jsonb;
  v_bad text;
begin
  merged := false;
  if v_op in ('I', 'J') then
    perform sync.check_columns('${name}', v_id, v_patch, ${textArray(known)});
    ${centralOnly}
    r := jsonb_populate_record(null::public.${name}, ${literal(JSON.stringify(defaults))}::jsonb || v_patch);
    if r.id is distinct from v_id then
      perform sync.verdict('rejected', 'unit_malformed', '${name}', v_id, 'id', null);
    end if;
    r.organization_id := p_organization;
    r.row_version := 1;
    v_bad := ${badColumn(def)};
    if v_bad is not null then perform sync.verdict('rejected', 'value_not_valid', '${name}', v_id, v_bad, null); end if;
    ${plantCheck('r')}
    ${doc && doc.root_id !== 'id' ? documentCheck('r', "v_op = 'I'", 'null') : ''}
    ${takeNumber(def, 'r.created_by')}
    if v_op = 'J' then
      insert into public.${name} values (r.*) on conflict do nothing;
      merged := not found;
      return;
    end if;
    insert into public.${name} values (r.*) on conflict (organization_id, id) do nothing;
    if not found then
      select * into c from public.${name} where organization_id = p_organization and id = v_id;
      if ${isSameRow} then merged := true; return; end if;
      perform sync.verdict('rejected', 'row_exists', '${name}', v_id, null, null);
    end if;
    return;
  end if;
  select * into c from public.${name} where organization_id = p_organization and id = v_id for update;
  if v_op = 'U' then
    perform sync.check_columns('${name}', v_id, v_patch, ${textArray(settable)});
    if c.id is null then
      clash := sync.missing_row(p_organization, '${name}', v_id, p_change); reason := 'row_deleted'; return;
    end if;
    ${plantCheck('c')}
    ${updateRule(def, secrets)}
    ${documentCheck('c', documentColumns, 'to_jsonb(c)')}
    if clash is not null then
      reason := coalesce(${literal(JSON.stringify(reasons))}::jsonb ->> (clash -> 0 ->> 'field'), 'field_changed'); return;
    end if;
    merged := c.row_version is distinct from v_version or take = '{}';
    if take = '{}' then return; end if;
    r := jsonb_populate_record(c, take || jsonb_strip_nulls(jsonb_build_object(
      'updated_at_ms', v_patch -> 'updated_at_ms', 'updated_by', v_patch -> 'updated_by')));
    ${onlyWhenTaken(def)}
    v_bad := ${badColumn(def)};
    if v_bad is not null then perform sync.verdict('rejected', 'value_not_valid', '${name}', v_id, v_bad, null); end if;
    ${plantCheck('r')}
    update public.${name} set ${settable.map(key => `${key} = r.${key}`).join(', ')}
      where organization_id = p_organization and id = v_id;
  elsif v_op = 'D' then
    if c.id is null then
      if not sync.is_tombstone(p_organization, '${name}', v_id) and sync.blocking_unit(p_organization, '${name}', v_id) is not null then
        clash := sync.missing_row(p_organization, '${name}', v_id, p_change);
      end if;
      return;
    end if;
    ${plantCheck('c')}
    ${deleteRule(def, secrets)}
    ${documentCheck('c', 'true', 'to_jsonb(c)')}
    if clash is not null then reason := 'row_changed'; return; end if;
    delete from public.${name} where organization_id = p_organization and id = v_id;
  else
    perform sync.verdict('rejected', 'unit_malformed', '${name}', v_id, 'op', null);
  end if;
end $$;
`;
}

export const applyChange = (central: readonly AnyTable[]): string => `
create function sync.apply_change(p_organization int, p_plants uuid[], p_client uuid, p_seen bigint, p_may_all bool, p_change jsonb,
  out merged bool, out clash jsonb, out reason text) language plpgsql as $$
begin
  case p_change ->> 'table'
${central
  .map(
    d =>
      `    when '${d.name}' then select * into merged, clash, reason from sync.apply_${d.name}(p_organization, p_plants, p_client, p_seen, p_may_all, p_change);`,
  )
  .join('\n')}
    else perform sync.verdict('rejected', 'table_unknown', left(p_change ->> 'table', 100), null, null, null);
  end case;
end $$;
`;

/** Bytes that a push, itself half a megabyte, may become when every row is whole. */
const LARGEST_SPREAD = 67_108_864;

/** Several rows of a unit may come as what they have in common and each row's own (`NewRows` of the station's protocol). */
export const IN_COMMON = `
-- What is sent once and meant for many rows must not become more than anybody could send.
create function sync.spreads_too_far(p_common jsonb, p_key text) returns bool language sql immutable as $$
  select pg_column_size(p_common -> p_key)::bigint * jsonb_array_length(p_common -> 'rows') > ${LARGEST_SPREAD}
$$;
create function sync.are_new_rows(p_change jsonb) returns bool language sql immutable as $$
  select case when jsonb_typeof(p_change -> 'same') = 'object' and jsonb_typeof(p_change -> 'rows') = 'array' and not p_change ? 'patch'
    then not p_change -> 'same' ? 'id' and p_change -> 'rows' <> '[]' and not sync.spreads_too_far(p_change, 'same')
      and not jsonb_path_exists(p_change -> 'rows', 'strict $[*] ? (@.type() <> "object")')
    else false end
$$;
-- The unit with every new row as a change of its own. What is not of that form stays as it is and is refused as a change
-- without a patch.
create function sync.plain_unit(p_unit jsonb) returns jsonb language sql immutable as $$
  select case when jsonb_typeof(p_unit -> 'changes') is distinct from 'array'
      or not exists (select 1 from jsonb_array_elements(p_unit -> 'changes') c where sync.are_new_rows(c.value)) then p_unit
    else p_unit || jsonb_build_object('changes', (
      select jsonb_agg(case when r.value is null then c.value else jsonb_build_object('table', c.value -> 'table', 'id', r.value -> 'id',
          'op', c.value -> 'op', 'base_version', null, 'base', null, 'patch', (c.value -> 'same') || r.value) end order by c.place, r.place)
        from jsonb_array_elements(p_unit -> 'changes') with ordinality c(value, place)
          left join lateral jsonb_array_elements(case when sync.are_new_rows(c.value) then c.value -> 'rows' end) with ordinality r(value, place) on true)) end
$$;
`;

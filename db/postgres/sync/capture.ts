import type { AnyTable } from '../../kit/define-table.ts';
import { DEFINER } from './security.ts';

/** Plant of a row variable (`new`, `old`, `r`) or null where the table has none. */
export function plantOf(def: AnyTable, row: string): string {
  if (!def.plant_by) return 'null::uuid';
  if ('column' in def.plant_by) return `${row}.plant_id`;
  const { through, table } = def.plant_by;
  return `(select p.plant_id from public.${table} p where p.organization_id = ${row}.organization_id and p.id = ${row}.${through})`;
}

/** The document whose state an update of these columns changes, as an expression over `old` and `new`. */
function documentOfUpdate({ document }: AnyTable): string {
  if (!document) return 'null::uuid';
  if (!document.columns) return `new.${document.root_id}`;
  const columns = (row: string) => document.columns?.map(c => `${row}.${c}`).join(', ');
  return `case when (${columns('old')}) is distinct from (${columns('new')}) then new.${document.root_id} end`;
}
const documentOf = ({ document }: AnyTable, row: string): string =>
  document ? `${row}.${document.root_id}` : 'null::uuid';

export const CAPTURE_FUNCTIONS = `
-- The header of this transaction in this stream. A sealed one is invisible here: a transaction number met again after
-- a restore cannot attach to an old commit.
create function sync.open_tx(p_stream int) returns bigint language plpgsql as $$
declare v_tx bigint;
begin
  select tx into v_tx from sync.commits
    where xid = pg_current_xact_id() and stream = p_stream and seq is null;
  if not found then
    insert into sync.commits (stream) values (p_stream) returning tx into v_tx;
  end if;
  return v_tx;
end $$;

-- A row that comes back after it was deleted goes on counting: stations keep the higher version.
create function sync.set_version() returns trigger language plpgsql ${DEFINER} as $$
begin
  if tg_op = 'UPDATE' then
    if new.id <> old.id or new.organization_id <> old.organization_id then
      raise exception using errcode = 'SU001', message = 'identity_changed', detail = tg_table_name;
    end if;
    new.row_version := old.row_version + 1;
  else
    new.row_version := 1 + coalesce((select t.row_version from sync.tombstones t
      where t.organization_id = new.organization_id and t.table_name = tg_table_name and t.row_id = new.id), 0);
  end if;
  return new;
end $$;

-- Said before many new rows are written at once: none of them was deleted before, so each has version 1 already.
create function sync.versions_known(p_table text, p_organization int, p_rows jsonb[]) returns void language sql as $$
  select set_config('sync.versions', 'known', true) where not exists (
    select 1 from sync.tombstones where organization_id = p_organization and table_name = p_table
      and row_id = any (array(select (e.value ->> 'id')::uuid from unnest(p_rows) g(rows), jsonb_array_elements(g.rows) e)))
$$;

create function sync.note_deactivation() returns trigger language plpgsql ${DEFINER} as $$
begin
  if new.is_active then
    delete from sync.deactivations where organization_id = new.organization_id and user_id = new.id;
  else
    insert into sync.deactivations values (new.organization_id, new.id, sync.open_tx(new.organization_id))
      on conflict (organization_id, user_id) do update set tx = excluded.tx;
  end if;
  return null;
end $$;
`;

/** A row that may be deleted may come back, with a higher version. */
export const comesBack = ({ sync }: AnyTable): boolean => sync.kind !== 'append_only';

/** Triggers that write one line of history per changed row, with its plant and its document. */
export function captureOf(def: AnyTable, central: readonly AnyTable[]): string {
  const name = def.name;
  const write = (op: string, row: 'new' | 'old', document: string, oldPlant = 'null') =>
    `insert into sync.changes (tx, table_name, row_id, op, row_version, plant_id, old_plant_id, document_id)
      values (v_tx, '${name}', ${row}.id, '${op}', ${row}.row_version, ${plantOf(def, row)}, ${oldPlant}, ${document});`;
  const moved = def.plant_by && 'column' in def.plant_by ? 'nullif(old.plant_id, new.plant_id)' : 'null';
  // Rows whose plant is that of their parent move with it.
  const followers = central
    .filter(d => d.plant_by && 'through' in d.plant_by && d.plant_by.table === name)
    .map(
      d => `insert into sync.changes (tx, table_name, row_id, op, row_version, plant_id, old_plant_id)
        select v_tx, '${d.name}', x.id, 'M', x.row_version, new.plant_id, old.plant_id from public.${d.name} x
        where x.organization_id = new.organization_id and x.${d.plant_by && 'through' in d.plant_by ? d.plant_by.through : ''} = new.id;`,
    );
  return `
create function sync.capture_${name}() returns trigger language plpgsql ${DEFINER} as $$
declare v_tx bigint;
begin
  if tg_op = 'UPDATE' then
    v_tx := sync.open_tx(new.organization_id);
    ${write('U', 'new', documentOfUpdate(def), moved)}
    ${followers.length > 0 ? `if old.plant_id <> new.plant_id then\n      ${followers.join('\n      ')}\n    end if;` : ''}
  else
    v_tx := sync.open_tx(old.organization_id);
    ${write('D', 'old', documentOf(def, 'old'))}
    insert into sync.tombstones values (old.organization_id, '${name}', old.id, old.row_version + 1)
      on conflict (organization_id, table_name, row_id) do update set row_version = excluded.row_version;
  end if;
  return null;
end $$;
-- New rows come by the hundred: one line each, but one statement for all of them.
create function sync.capture_new_${name}() returns trigger language plpgsql ${DEFINER} as $$
begin
  insert into sync.changes (tx, table_name, row_id, op, row_version, plant_id, document_id)
    select o.tx, '${name}', r.id, 'I', r.row_version, ${plantOf(def, 'r')}, ${documentOf(def, 'r')}
    from made r join (select m.organization_id, sync.open_tx(m.organization_id) as tx
      from (select distinct organization_id from made) m) o using (organization_id);
  return null;
end $$;
create trigger a_version before update on public.${name} for each row execute function sync.set_version();
create trigger a_version_new before insert on public.${name} for each row when (${comesBack(def) ? "current_setting('sync.versions', true) is distinct from 'known'" : 'new.row_version <> 1'}) execute function sync.set_version();
create trigger z_capture after update or delete on public.${name} for each row execute function sync.capture_${name}();
create trigger z_capture_new after insert on public.${name} referencing new table as made for each statement execute function sync.capture_new_${name}();
${
  name === 'users'
    ? 'create trigger note_deactivation after update of is_active on public.users for each row when (old.is_active <> new.is_active) execute function sync.note_deactivation();'
    : ''
}`;
}

import type { Client } from 'pg';
import type { ColumnFacts } from '../kit/columns.ts';
import type { AnyTable } from '../kit/define-table.ts';

/** Every reference within one organization: `(organization_id, x_id) -> (organization_id, id)`. */
function foreignKeysOf(def: AnyTable): { name: string; table: string; definition: string }[] {
  return Object.entries<ColumnFacts>(def.columns).flatMap(([key, { refers_to }]) => {
    if (!refers_to) return [];
    const on_delete = refers_to.on_delete === 'set null' ? `set null (${key})` : refers_to.on_delete;
    return {
      name: `${def.name}_${key}_fk`,
      table: def.name,
      definition: `foreign key (organization_id, ${key}) references ${refers_to.table} (organization_id, id) on delete ${on_delete}`,
    };
  });
}

/**
 * Brings the foreign keys to the definitions. A key that is already there as wanted (its comment says its definition)
 * is left alone, because adding one reads the whole table.
 */
export async function rebuildForeignKeys(client: Client, central: readonly AnyTable[]): Promise<void> {
  const wanted = central.flatMap(foreignKeysOf);
  const { rows: held } = await client.query<{ table: string; name: string; definition: string | null }>(
    `select conrelid::regclass::text as table, conname as name, obj_description(oid, 'pg_constraint') as definition
     from pg_constraint where contype = 'f' and conparentid = 0 and connamespace = 'public'::regnamespace`,
  );
  const same = (a: { name: string; definition: string | null }) => (b: typeof a) =>
    a.name === b.name && a.definition === b.definition;
  for (const key of held.filter(h => !wanted.some(same(h))))
    await client.query(`alter table ${key.table} drop constraint "${key.name}"`);
  for (const key of wanted.filter(w => !held.some(same(w)))) {
    await client.query(`alter table ${key.table} add constraint "${key.name}" ${key.definition}`);
    await client.query(`comment on constraint "${key.name}" on ${key.table} is '${key.definition}'`);
  }
}

import type { ColumnFacts } from '../../../db/kit/columns.ts';
import type { AnyTable } from '../../../db/kit/define-table.ts';
import { schema } from '../../../db/schema/index.ts';
import { decodeRow } from '../../../db/sqlite/codec.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { isRestorable } from './conflicts.rules.ts';

export type Row = Record<string, unknown>;

/** The definition behind a name that came from elsewhere; undefined when this program does not know it. */
export function tableNamed(name: string): AnyTable | undefined {
  return Object.hasOwn(schema, name) ? schema[name as keyof typeof schema] : undefined;
}
export const columnsOf = (def: AnyTable): Record<string, ColumnFacts> => def.columns;

export function rowNow(ctx: ReadCtx, def: AnyTable, id: string): Row | null {
  const stored = ctx.sql.get<Row>(`select * from "${def.name}" where id = ?`, [id]);
  return stored ? decodeRow(def, stored) : null;
}

/** The values a removed record had when it went; null when they cannot be known here. */
export function rowBeforeRemoval(ctx: ReadCtx, def: AnyTable, id: string): Row | null {
  if (!isRestorable(def)) return null;
  const removal = ctx.sql.get<{ changes_before: string | null }>(
    "select changes_before from audit_logs where entity_type = ? and entity_id = ? and action = 'DELETE' order by at_ms desc limit 1",
    [def.name, id],
  );
  return removal?.changes_before ? JSON.parse(removal.changes_before) : null;
}

/** What a person calls the record: its number, code or name. */
export function rowLabel(ctx: ReadCtx, table: string, id: string): string | null {
  const def = tableNamed(table);
  if (!def?.identified_by) return null;
  const found = ctx.sql.get<{ label: unknown }>(
    `select "${def.identified_by}" as label from "${def.name}" where id = ?`,
    [id],
  );
  return found?.label === undefined || found.label === null ? null : String(found.label);
}
export function labelOf(def: AnyTable, row: Row | null | undefined): string | null {
  const label = def.identified_by === undefined ? undefined : row?.[def.identified_by];
  return label === undefined || label === null ? null : String(label);
}

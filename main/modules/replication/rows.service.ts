import type { ColumnFacts } from '../../../db/kit/columns.ts';
import type { AnyTable } from '../../../db/kit/define-table.ts';
import { schema } from '../../../db/schema/index.ts';
import { decodeRow } from '../../../db/sqlite/codec.ts';
import { localizedText } from '../../../preload/contract/product-model.ts';
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

/** What a person calls the record: its number, code or name; of a build both its numbers, of a form its build. */
export function rowLabel(ctx: ReadCtx, table: string, id: string): string | null {
  const def = tableNamed(table);
  const form = formOf(ctx, table, id);
  if (form) return [rowLabel(ctx, 'orders', form.order_id), formName(ctx, form)].filter(Boolean).join(' · ');
  if (!def?.identified_by) return null;
  return labelOf(def, rowNow(ctx, def, id)) ?? labelInTrail(ctx, table, id);
}
/** A record that is not here (any more) keeps the name it had when it was. */
const labelInTrail = (ctx: ReadCtx, table: string, id: string): string | null =>
  ctx.sql.get<{ label: string }>(
    `select entity_identifier as label from audit_logs
     where entity_type = ? and entity_id = ? and entity_identifier is not null order by at_ms desc limit 1`,
    [table, id],
  )?.label ?? null;

/** People are called by their name, not by what they type to sign in. */
const NAMED_BY: Record<string, readonly string[]> = {
  orders: ['order_number', 'build_number'],
  users: ['full_name'],
};
export function labelOf(def: AnyTable, row: Row | null | undefined): string | null {
  const columns = NAMED_BY[def.name] ?? (def.identified_by === undefined ? [] : [def.identified_by]);
  return columns.flatMap(column => row?.[column] || []).join(' ') || null;
}

interface Form {
  log_id: string;
  order_id: string;
  plan_id: string;
  signed_at_ms: number | null;
}
const FORMS: Record<string, string> = {
  inspection_logs: 'select id as log_id, order_id, plan_id, signed_at_ms from inspection_logs where id = ?',
  inspection_measurements: `select l.id as log_id, l.order_id, l.plan_id, l.signed_at_ms from inspection_measurements m
    join inspection_logs l on l.id = m.log_id where m.id = ?`,
};
function formName(ctx: ReadCtx, form: Form): string | undefined {
  const sql = 'select plan_name from inspection_plans where id = ?';
  const plan = ctx.sql.get<{ plan_name: string }>(sql, [form.plan_id]);
  return plan && localizedText.parse(JSON.parse(plan.plan_name))[ctx.actor.locale];
}
/** The inspection form that a row belongs to. */
export const formOf = (ctx: ReadCtx, table: string, id: string): Form | undefined =>
  FORMS[table] === undefined ? undefined : ctx.sql.get<Form>(FORMS[table], [id]);

import type { z } from 'zod';
import type { Id } from '../../../db/kit/columns.ts';
import { auditRow, type infrastructure } from '../../../preload/contract/infrastructure.ts';
import type { ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { ReadCtx, SqlValue } from '../../rpc/context.ts';

type Input<P extends keyof typeof infrastructure> = ParsedInputOf<(typeof infrastructure)[P]>;
type Row = z.output<typeof auditRow>;
type Page = { rows: Row[]; next: { at_ms: number; id: string } | null };
type Stored = Record<
  'id' | 'station_id' | 'entity_type' | 'action_category' | 'request_id' | 'intent' | 'severity' | 'action',
  string
> &
  Record<
    | 'entity_id'
    | 'entity_identifier'
    | 'user_id'
    | 'user_name'
    | 'reason'
    | 'changes_diff'
    | 'metadata'
    | 'error_message',
    string | null
  > &
  Record<'chain_no' | 'at_ms' | 'success', number>;
const COLUMNS =
  'id, chain_no, station_id, at_ms, entity_type, entity_id, entity_identifier, action, action_category, user_id, user_name, request_id, intent, reason, changes_diff, metadata, severity, success, error_message';

/** A filter that is not given adds no condition, so the index of the given ones is used. */
const CONDITIONS = {
  entity_type: 'entity_type = @entity_type',
  entity_id: 'entity_id = @entity_id',
  user_id: 'user_id = @user_id',
  action: 'action = @action',
  from_ms: 'at_ms >= @from_ms',
  to_ms: 'at_ms < @to_ms',
  success: 'success = @success',
  text: "(instr(fold(coalesce(entity_identifier, '') || ' ' || coalesce(user_name, '') || ' ' || intent || ' ' || coalesce(reason, '') || ' ' || coalesce(error_message, '') || ' ' || coalesce(changes_diff, '')), fold(@text)) > 0)",
  before_ms: '(at_ms, id) < (@before_ms, @before_id)',
};

export function listAudit(ctx: ReadCtx, input: Input<'listAudit'>): Page {
  const { before, limit, success, text, ...plain } = input;
  const params: Record<string, SqlValue | undefined> = {
    ...plain,
    ...(success !== undefined && { success: Number(success) }),
    ...(text && { text }),
    ...(before && { before_ms: before.at_ms, before_id: before.id }),
  };
  const given = Object.fromEntries(
    Object.entries(params).filter((entry): entry is [string, SqlValue] => entry[1] !== undefined),
  );
  const where = Object.entries(CONDITIONS).flatMap(([name, sql]) => (name in given ? [` and ${sql}`] : []));
  const found = ctx.sql.all<Stored>(
    `select ${COLUMNS} from audit_logs where organization_id = @organization_id${where.join('')} order by at_ms desc, id desc limit @most`,
    { ...given, organization_id: ctx.organization_id, most: limit + 1 },
  );
  const rows = found.slice(0, limit).map(rowOf);
  const last = rows.at(-1);
  return { rows, next: found.length > limit && last ? { at_ms: last.at_ms, id: last.id } : null };
}

const json = (text: string | null): unknown => (text === null ? null : JSON.parse(text));
const rowOf = (row: Stored): Row =>
  auditRow.parse({
    ...row,
    success: row.success === 1,
    changes_diff: json(row.changes_diff),
    metadata: json(row.metadata),
  });

export function auditFacets(ctx: ReadCtx) {
  const types = ctx.sql.all<{ entity_type: string }>(
    'select distinct entity_type from audit_logs order by entity_type',
  );
  const users = ctx.sql.all<{ user_id: Id<'users'>; full_name: string }>(
    'select u.id as user_id, u.full_name from users u where u.organization_id = ? and exists (select 1 from audit_logs a where a.user_id = u.id) order by u.full_name',
    [ctx.organization_id],
  );
  return { entity_types: types.map(row => row.entity_type), users };
}

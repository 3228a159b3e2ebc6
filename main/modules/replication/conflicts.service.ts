import type { z } from 'zod';
import type { Id } from '../../../db/kit/columns.ts';
import type { AnyTable, RowOf } from '../../../db/kit/define-table.ts';
import { schema } from '../../../db/schema/index.ts';
import { conflictField, type conflicts } from '../../../db/schema/infrastructure.ts';
import type { ConflictDetail, replication } from '../../../preload/contract/replication.ts';
import type { OutputOf, ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { Actor, ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import {
  choicesFor,
  isGuarded,
  isWholeDocument,
  permissionFor,
  type SentUnit,
  sentUnit,
  suggestCase,
} from './conflicts.rules.ts';
import { type Field, fieldsOf, shownField } from './fields.service.ts';
import { labelOf, type Row, rowBeforeRemoval, rowLabel, rowNow, tableNamed } from './rows.service.ts';

type Summary = OutputOf<typeof replication.listConflicts>['rows'][number];
type Stored = Pick<
  RowOf<typeof conflicts>,
  | 'outcome'
  | 'state'
  | 'table_name'
  | 'row_id'
  | 'row_label'
  | 'reason_code'
  | 'station_code'
  | 'author_id'
  | 'occurred_at_ms'
  | 'received_at_ms'
  | 'resolved_at_ms'
  | 'resolution_note'
> & {
  id: Id<'conflicts'>;
  unit_id: string;
  reason_values: string;
  /** Permissions, joined by commas, that it takes to read what the step holds. */
  needs: string | null;
  intent: string | null;
  author_name: string | null;
  resolved_by_name: string | null;
};
/** An entry with everything it takes to settle it. */
export interface OpenedConflict {
  stored: Stored;
  unit: SentUnit;
  fields: Field[];
  has_lost_row: boolean;
  can: ConflictDetail['can'];
  may_resolve: boolean;
}

const isOpen = (table: string, flag: string, id: string): string =>
  `exists (select 1 from "${table}" r where r.id = ${id} and r."${flag}" = 0)`;
/** A private row that is made says so itself; one that is changed is judged as it is now, and one that is gone counts as private. */
const NEEDS = `(select group_concat(permission) from (${Object.values<AnyTable>(schema)
  .flatMap(({ name, private_rows }) => (private_rows ? [{ name, ...private_rows }] : []))
  .map(
    ({ name, flag, permission }) => `select '${permission}' as permission where exists (
      select 1 from json_each(c.unit, '$.changes') x where x.value ->> 'table' = '${name}'
        and (coalesce(x.value -> 'patch' ->> '${flag}', x.value -> 'base' ->> '${flag}') = 1
          or x.value ->> 'op' in ('U', 'D') and not ${isOpen(name, flag, "x.value ->> 'id'")}))
      or exists (select 1 from json_each(c.fields) f where f.value ->> 'table' = '${name}'
        and not ${isOpen(name, flag, "f.value ->> 'row_id'")})`,
  )
  .join(' union all ')}))`;
const SELECT = `select c.id, c.unit_id, c.outcome, c.state, c.table_name, c.row_id, c.row_label, c.reason_code,
    c.reason_values, c.station_code, c.author_id, c.occurred_at_ms, c.received_at_ms, c.resolved_at_ms,
    c.resolution_note, c.unit ->> 'intent' as intent, ${NEEDS} as needs, a.full_name as author_name, r.full_name as resolved_by_name
  from conflicts c left join users a on a.id = c.author_id left join users r on r.id = c.resolved_by
  where c.organization_id = ?`;
/** More open entries than anybody reads; the rest appears as these are settled. */
const MOST = 5000;

/** Private rows are nobody's without their permission, also not of an author who has lost it. */
const lacking = (actor: Actor, stored: Stored): string | undefined =>
  stored.needs?.split(',').find(permission => !actor.may(permission));
const isVisible = (actor: Actor, stored: Stored): boolean =>
  lacking(actor, stored) === undefined &&
  (stored.author_id === actor.user_id ||
    actor.may(permissionFor(stored.table_name)) ||
    actor.may('settings:update'));

export function listConflicts(
  ctx: ReadCtx,
  input: ParsedInputOf<typeof replication.listConflicts>,
): OutputOf<typeof replication.listConflicts> {
  const visible = (where: string, limit: number): Stored[] =>
    ctx.sql
      .all<Stored>(`${SELECT} ${where} order by c.received_at_ms desc, c.id desc limit ?`, [
        ctx.organization_id,
        limit,
      ])
      .filter(stored => isVisible(ctx.actor, stored));
  const open = visible("and c.state = 'OPEN'", MOST);
  const mine = (stored: Stored) => stored.author_id === ctx.actor.user_id;
  const rows = {
    open: () => open,
    mine: () => open.filter(mine),
    all: () => visible('', MOST),
  }[input.show]();
  return { rows: rows.slice(0, input.limit).map(stored => summaryOf(ctx, stored)), open: open.length };
}

function summaryOf(ctx: ReadCtx, stored: Stored): Summary {
  const { id, author_id, table_name, unit_id, intent, reason_values, needs: _, ...rest } = stored;
  return {
    ...rest,
    conflict_id: id,
    table: table_name,
    row_label: rest.row_label ?? rowLabel(ctx, table_name, rest.row_id),
    reason_values: JSON.parse(reason_values),
    intent: intent ?? '',
    is_mine: author_id === ctx.actor.user_id,
  };
}
export const summary = (ctx: ReadCtx, conflict_id: string): Summary =>
  summaryOf(ctx, storedConflict(ctx, conflict_id));

/** Refuses `conflict_not_found`, and `not_allowed` when the entry is nobody's business of the actor. */
function storedConflict(ctx: ReadCtx, conflict_id: string): Stored {
  const stored = ctx.sql.get<Stored>(`${SELECT} and c.id = ?`, [ctx.organization_id, conflict_id]);
  if (!stored) return refuse('conflict_not_found');
  if (!isVisible(ctx.actor, stored))
    return refuse('not_allowed', {
      permission: lacking(ctx.actor, stored) ?? permissionFor(stored.table_name),
    });
  return stored;
}

/** Authors settle their own steps; others need the right to change every table in it, as all do for rows that give rights. */
function mayResolve(actor: Actor, stored: Stored, unit: SentUnit): boolean {
  const isAuthor = stored.author_id === actor.user_id;
  const tables = new Set([stored.table_name, ...unit.changes.map(c => c.table)]);
  return [...tables].every(table => (isAuthor && !isGuarded(table)) || actor.may(permissionFor(table)));
}

export function openConflict(ctx: ReadCtx, conflict_id: string): OpenedConflict {
  const stored = storedConflict(ctx, conflict_id);
  const held = ctx.sql.get<{ unit: string; fields: string }>(
    'select unit, fields from conflicts where id = ?',
    [conflict_id],
  );
  const unit = sentUnit.parse(JSON.parse(held?.unit ?? '{}'));
  const told: z.output<typeof conflictField>[] = conflictField
    .array()
    .parse(JSON.parse(held?.fields ?? '[]'));
  const fields = fieldsOf(ctx, stored, unit, told);
  const lost = unit.changes.flatMap(c => {
    const def = c.op === 'U' ? tableNamed(c.table) : undefined;
    return def && rowNow(ctx, def, c.id) === null ? [{ def, id: c.id }] : [];
  });
  const has_lost_row = lost.length > 0;
  const tables = unit.changes.flatMap(c => tableNamed(c.table) ?? []);
  const can = choicesFor({
    outcome: stored.outcome,
    is_open: stored.state === 'OPEN',
    has_lost_row,
    is_restorable: lost.every(({ def, id }) => rowBeforeRemoval(ctx, def, id) !== null),
    has_document: tables.some(isWholeDocument),
    fields,
  });
  return { stored, unit, fields, has_lost_row, can, may_resolve: mayResolve(ctx.actor, stored, unit) };
}

export function conflict(ctx: ReadCtx, input: { conflict_id: string }): ConflictDetail {
  const opened = openConflict(ctx, input.conflict_id);
  const { stored, unit, fields, can } = opened;
  const def = tableNamed(stored.table_name);
  const now = def ? rowNow(ctx, def, stored.row_id) : null;
  const { suggested, because } = suggestCase(
    { outcome: stored.outcome, has_lost_row: opened.has_lost_row },
    can,
    fields.map(f => f.suggestion),
  );
  return {
    ...summaryOf(ctx, stored),
    theirs_name: nameOf(ctx, now),
    theirs_at_ms: now === null ? null : Number(now.updated_at_ms),
    fields: fields.map(field => shownField(ctx, field)),
    rows: unit.changes
      .filter(c => c.op !== 'U')
      .map(c => {
        const table = tableNamed(c.table);
        const row: Row | null | undefined = c.patch ?? c.base;
        return {
          table: c.table,
          row_id: c.id,
          row_label: table ? labelOf(table, row) : null,
          op: c.op === 'D' ? ('removed' as const) : ('made' as const),
        };
      }),
    may_resolve: opened.may_resolve,
    can,
    suggested,
    suggested_because: because,
  };
}
function nameOf(ctx: ReadCtx, row: Row | null): string | null {
  if (row === null) return null;
  const sql = 'select full_name from users where id = ?';
  return ctx.sql.get<{ full_name: string }>(sql, [String(row.updated_by)])?.full_name ?? null;
}

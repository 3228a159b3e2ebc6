import { z } from 'zod';
import type { Id } from '../../../db/kit/columns.ts';
import type { AnyTable, RowOf } from '../../../db/kit/define-table.ts';
import { schema } from '../../../db/schema/index.ts';
import { conflictField, type conflicts } from '../../../db/schema/infrastructure.ts';
import type { ConflictDetail, replication } from '../../../preload/contract/replication.ts';
import type { OutputOf, ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { Actor, ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import {
  BESIDE,
  type Case,
  choicesFor,
  isGuarded,
  isTold,
  isWholeDocument,
  permissionFor,
  rightOf,
  type SentChange,
  type SentUnit,
  same,
  sentUnit,
  suggestCase,
} from './conflicts.rules.ts';
import { type Field, fieldsOf, shownField } from './fields.service.ts';
import { formOf, labelOf, type Row, rowBeforeRemoval, rowLabel, rowNow, tableNamed } from './rows.service.ts';

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
  /** The other steps of the same person in the same form, oldest first: they are shown and settled as one. */
  others: Stored[];
  unit: SentUnit;
  fields: Field[];
  rules: Case;
  can: ConflictDetail['can'];
  may_resolve: boolean;
}

const isOpen = (table: string, flag: string, id: string): string =>
  `exists (select 1 from "${table}" r where r.id = ${id} and r."${flag}" = 0)`;
/** Whether the text names the table at all: a step may hold megabytes, and few are worth being read for this. */
const names = (column: string, table: string): string => `instr(${column}, '"${table}"') > 0`;
/** A private row that is made says so itself; one that is changed is judged as it is now, and one that is gone counts as private. */
const NEEDS = `(select group_concat(permission) from (${Object.values<AnyTable>(schema)
  .flatMap(({ name, private_rows }) => (private_rows ? [{ name, ...private_rows }] : []))
  .map(
    ({
      name,
      flag,
      permission,
    }) => `select '${permission}' as permission where ${names('c.unit', name)} and exists (
      select 1 from json_each(c.unit, '$.changes') x where x.value ->> 'table' = '${name}'
        and (coalesce(x.value -> 'patch' ->> '${flag}', x.value -> 'base' ->> '${flag}') = 1
          or x.value ->> 'op' in ('U', 'D') and not ${isOpen(name, flag, "x.value ->> 'id'")}))
      or ${names('c.fields', name)} and exists (select 1 from json_each(c.fields) f where f.value ->> 'table' = '${name}'
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
  const open = folded(ctx, visible("and c.state = 'OPEN'", MOST));
  const mine = ({ stored }: Folded) => stored.author_id === ctx.actor.user_id;
  const rows = {
    open: () => open,
    mine: () => open.filter(mine),
    all: () => folded(ctx, visible('', MOST)),
  }[input.show]();
  return {
    rows: rows.slice(0, input.limit).map(({ stored, steps }) => ({ ...summaryOf(ctx, stored), steps })),
    open: open.length,
  };
}

interface Folded {
  stored: Stored;
  steps: number;
}
/** Every answer of a form is a step of its own: what one person did in one form is one entry, led by the last step. */
function folded(ctx: ReadCtx, entries: readonly Stored[]): Folded[] {
  const leading = new Map<string, Folded>();
  for (const stored of entries) {
    const key = formKey(ctx, stored) ?? stored.id;
    const known = leading.get(key);
    if (known) known.steps += 1;
    else leading.set(key, { stored, steps: 1 });
  }
  return [...leading.values()];
}
function formKey(ctx: ReadCtx, stored: Stored): string | undefined {
  const form = formOf(ctx, stored.table_name, stored.row_id);
  return form && `${form.log_id} ${stored.author_id} ${stored.station_code} ${stored.state}`;
}
function othersOf(ctx: ReadCtx, stored: Stored): Stored[] {
  const key = formKey(ctx, stored);
  if (key === undefined) return [];
  return ctx.sql
    .all<Stored>(
      `${SELECT} and c.author_id = ? and c.station_code = ? and c.state = ? and c.id <> ?
       order by c.received_at_ms, c.id`,
      [ctx.organization_id, stored.author_id, stored.station_code, stored.state, stored.id],
    )
    .filter(other => isVisible(ctx.actor, other) && formKey(ctx, other) === key);
}

function summaryOf(ctx: ReadCtx, stored: Stored): Omit<Summary, 'steps'> {
  const { id, author_id, table_name, unit_id, intent, reason_values, needs: _, ...rest } = stored;
  return {
    ...rest,
    conflict_id: id,
    table: formOf(ctx, table_name, rest.row_id) ? 'inspection_logs' : table_name,
    row_label: rowLabel(ctx, table_name, rest.row_id) ?? rest.row_label ?? labelWaitedFor(ctx, rest.row_id),
    reason_values: JSON.parse(reason_values),
    intent: intent ?? '',
    is_mine: author_id === ctx.actor.user_id,
  };
}
/** A record that only another entry would make. */
const labelWaitedFor = (ctx: ReadCtx, row_id: string): string | null =>
  ctx.sql.get<{ label: string }>(
    'select row_label as label from conflicts where row_id = ? and row_label is not null limit 1',
    [row_id],
  )?.label ?? null;
export function summary(ctx: ReadCtx, conflict_id: string): Summary {
  const stored = storedConflict(ctx, conflict_id);
  return { ...summaryOf(ctx, stored), steps: 1 + othersOf(ctx, stored).length };
}

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

const asked = z.object({ permission: z.string().optional() });
/** Who settles an entry writes the step in the own name, with the own rights: those that were missing count here, too. */
function isPermitted(actor: Actor, stored: Stored): boolean {
  const { permission } = asked.parse(JSON.parse(stored.reason_values));
  // `change` is the centre's word for whatever changes something.
  return permission === undefined || actor.may(permission.replace(/:change$/, ':update'));
}

/** The step as it was sent, and the fields that the centre told of. */
function heldOf(ctx: ReadCtx, conflict_id: string) {
  const held = ctx.sql.get<{ unit: string; fields: string }>(
    'select unit, fields from conflicts where id = ?',
    [conflict_id],
  );
  const told: z.output<typeof conflictField>[] = conflictField
    .array()
    .parse(JSON.parse(held?.fields ?? '[]'));
  return { unit: sentUnit.parse(JSON.parse(held?.unit ?? '{"changes": []}')), told };
}

export const unitOf = (ctx: ReadCtx, conflict_id: string): SentUnit => heldOf(ctx, conflict_id).unit;

export function openConflict(ctx: ReadCtx, conflict_id: string): OpenedConflict {
  const stored = storedConflict(ctx, conflict_id);
  const others = othersOf(ctx, stored);
  const heldBy = (entry: Stored) => ({ entry, ...heldOf(ctx, entry.id) });
  const own = heldBy(stored);
  const { unit } = own;
  const all = [...others.map(heldBy), own];
  const fields = newest(
    all.flatMap(held =>
      fieldsOf(ctx, held.entry, held.unit, held.told).filter(f => held.entry === stored || f.is_contested),
    ),
  );
  const form = formOf(ctx, stored.table_name, stored.row_id);
  const lost = unit.changes.flatMap(c => {
    const def = c.op === 'U' ? tableNamed(c.table) : undefined;
    return def && rowNow(ctx, def, c.id) === null ? [{ def, id: c.id }] : [];
  });
  const has_lost_row = lost.length > 0;
  const tables = unit.changes.flatMap(c => tableNamed(c.table) ?? []);
  const rules = {
    outcome: stored.outcome,
    is_open: stored.state === 'OPEN',
    has_lost_row,
    is_restorable: lost.every(({ def, id }) => rowBeforeRemoval(ctx, def, id) !== null),
    has_document: tables.some(isWholeDocument),
    is_signed: typeof form?.signed_at_ms === 'number',
    is_opened_twice: form !== undefined && others.length === 0 && stored.reason_code === 'row_exists',
    is_shortened: unit.is_shortened,
    is_beyond: all.some(held => held.unit.changes.some(isBeyond)),
    right: rightOf(stored.reason_code, isPermitted(ctx.actor, stored)),
    fields,
  };
  const can = choicesFor(rules);
  const may_resolve = all.every(held => mayResolve(ctx.actor, held.entry, held.unit));
  return { stored, others, unit, fields, rules, can, may_resolve };
}
function isBeyond({ table, patch }: SentChange): boolean {
  const def = tableNamed(table);
  return !def || Object.keys(patch ?? {}).some(column => !Object.hasOwn(def.columns, column));
}
/** Of a field that several steps wrote, what the last one left. */
function newest(fields: readonly Field[]): Field[] {
  const held = new Map(fields.map(field => [`${field.def.name} ${field.row_id} ${field.field}`, field]));
  return [...held.values()];
}
export function conflict(ctx: ReadCtx, input: { conflict_id: string }): ConflictDetail {
  const opened = openConflict(ctx, input.conflict_id);
  const { stored, others, unit, fields, rules, can } = opened;
  const form = formOf(ctx, stored.table_name, stored.row_id);
  const def = tableNamed(form ? 'inspection_logs' : stored.table_name);
  const now = def ? rowNow(ctx, def, form?.log_id ?? stored.row_id) : null;
  const { suggested, because } = suggestCase(
    rules,
    can,
    fields.map(f => f.suggestion),
  );
  const told = fields.filter(
    f => isTold(f.field, form !== undefined) && !(rules.is_signed && same(f.mine, f.theirs)),
  );
  return {
    ...summaryOf(ctx, stored),
    steps: 1 + others.length,
    opens: opens(ctx, stored),
    ...lastBy(ctx, stored, now),
    is_gone: def !== undefined && now === null,
    is_signed_by_author: unit.changes.some(c => c.table === 'electronic_signatures'),
    fields: told.map(field => shownField(ctx, field)),
    rows: counted(ctx, unit, new Set(fields.map(f => f.row_id))),
    may_resolve: opened.may_resolve,
    can,
    suggested,
    suggested_because: because,
  };
}
/** Whole records of the step by their kind; a single one by its name. Those whose fields are shown are told of already. */
function counted(ctx: ReadCtx, unit: SentUnit, shown: ReadonlySet<string>): ConflictDetail['rows'] {
  const kinds = new Map<string, ConflictDetail['rows'][number]>();
  for (const { op, table, id, patch, base } of unit.changes) {
    if (op === 'U' || shown.has(id) || BESIDE.has(table)) continue;
    const kind = op === 'D' ? ('removed' as const) : ('made' as const);
    const known = kinds.get(`${kind} ${table}`);
    const def = tableNamed(table);
    if (known) kinds.set(`${kind} ${table}`, { ...known, row_label: null, count: known.count + 1 });
    else
      kinds.set(`${kind} ${table}`, {
        table,
        op: kind,
        row_label: def ? (labelOf(def, patch ?? base) ?? rowLabel(ctx, table, id)) : null,
        count: 1,
      });
  }
  return [...kinds.values()];
}
/** The page on which a person goes on with the record. */
function opens(ctx: ReadCtx, { table_name, row_id }: Stored): ConflictDetail['opens'] {
  const def = tableNamed(table_name);
  const order_id = table_name === 'orders' ? row_id : formOf(ctx, table_name, row_id)?.order_id;
  if (order_id !== undefined)
    return ctx.sql.get('select 1 from orders where id = ?', [order_id])
      ? { page: 'order', id: order_id }
      : null;
  return table_name === 'materials' && def && rowNow(ctx, def, row_id) ? { page: 'item', id: row_id } : null;
}
/** Who wrote the record last, or removed it. */
function lastBy(
  ctx: ReadCtx,
  stored: Stored,
  now: Row | null,
): Pick<ConflictDetail, 'theirs_name' | 'theirs_at_ms'> {
  if (now !== null)
    return {
      theirs_name: rowLabel(ctx, 'users', String(now.updated_by)),
      theirs_at_ms: Number(now.updated_at_ms),
    };
  const removal = ctx.sql.get<{ user_name: string | null; at_ms: number }>(
    "select user_name, at_ms from audit_logs where entity_type = ? and entity_id = ? and action = 'DELETE' order by at_ms desc limit 1",
    [stored.table_name, stored.row_id],
  );
  return { theirs_name: removal?.user_name ?? null, theirs_at_ms: removal?.at_ms ?? null };
}

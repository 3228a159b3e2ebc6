import type { AnyTable } from '../../../db/kit/define-table.ts';
import type { replication } from '../../../preload/contract/replication.ts';
import type { OutputOf, ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { CommandCtx } from '../../rpc/context.ts';
import { Refusal, refuse, unreachable } from '../../rpc/refusal.ts';
import { closeConflict } from '../infrastructure/conflicts.service.ts';
import { BOOKKEEPING, permissionFor, type SentChange, same } from './conflicts.rules.ts';
import { type OpenedConflict, openConflict, summary, unitOf } from './conflicts.service.ts';
import { columnsOf, type Row, rowBeforeRemoval, rowNow, tableNamed } from './rows.service.ts';

type Input = ParsedInputOf<typeof replication.resolveConflict>;
const STATES = {
  keep_mine: 'KEPT_MINE',
  keep_theirs: 'KEPT_THEIRS',
  combine: 'COMBINED',
  edit: 'COMBINED',
  dismiss: 'DISMISSED',
} as const;

/** Settles an entry: what is kept is written again on top of the records as they are now, and travels as a new step. */
export function resolveConflict(ctx: CommandCtx, input: Input): OutputOf<typeof replication.resolveConflict> {
  const opened = openConflict(ctx, input.conflict_id);
  const { stored, others, can, may_resolve, unit } = opened;
  if (stored.state !== 'OPEN') refuse('conflict_settled');
  if (!may_resolve) refuse('not_allowed', { permission: permissionFor(stored.table_name) });
  if (!can.includes(input.resolution))
    refuse(opened.rules.has_lost_row ? 'conflict_record_gone' : 'resolution_not_offered');
  ctx.because(input.note || `${input.resolution}: ${stored.row_label ?? stored.table_name}`);
  switch (input.resolution) {
    case 'keep_mine':
      for (const other of others) writeAgain(ctx, unitOf(ctx, other.id).changes);
      writeAgain(ctx, unit.changes);
      break;
    case 'combine':
    case 'edit':
      writeAgain(ctx, chosen(opened, input));
      break;
    case 'keep_theirs':
    case 'dismiss':
      break;
    default:
      unreachable(input.resolution);
  }
  for (const entry of [...others, stored]) close(ctx, entry, input);
  return summary(ctx, input.conflict_id);
}

function close(ctx: CommandCtx, entry: OpenedConflict['stored'], { resolution, note }: Input): void {
  closeConflict(ctx, entry.id, STATES[resolution], note ?? null);
  ctx.record({
    action: 'SYSTEM',
    category: 'replication',
    entity_type: 'conflicts',
    entity_id: entry.id,
    entity_identifier: entry.row_label ?? entry.table_name,
    metadata: { unit_id: entry.unit_id, resolution },
  });
}

/** The step with the values that were chosen; a contested field that nobody chose stays as the others have it. */
function chosen(opened: OpenedConflict, input: Input): SentChange[] {
  const key = (c: { table: string; row_id: string; field: string }) => `${c.table} ${c.row_id} ${c.field}`;
  const fields = new Map(opened.fields.map(f => [key({ ...f, table: f.def.name }), f]));
  const choices = new Map(input.choices.map(c => [key(c), c]));
  for (const [at, choice] of choices) {
    const field = fields.get(at);
    if (!field) return refuse('conflict_field_unknown', { field: choice.field });
    if (choice.take !== 'value') continue;
    if (input.resolution !== 'edit' || !field.is_editable)
      return refuse('conflict_field_fixed', { field: choice.field });
  }
  return opened.unit.changes.map(change => {
    if (!change.patch) return change;
    const patch = Object.entries(change.patch).flatMap(([name, mine]): [string, unknown][] => {
      const at = key({ table: change.table, row_id: change.id, field: name });
      const choice = choices.get(at);
      const isTheirs = choice ? choice.take === 'theirs' : change.op === 'U' && fields.get(at)?.is_contested;
      if (isTheirs && input.resolution === 'combine') return [];
      return [[name, choice?.take === 'value' ? (choice.value ?? null) : mine]];
    });
    return { ...change, patch: Object.fromEntries(patch) };
  });
}

function writeAgain(ctx: CommandCtx, changes: readonly SentChange[]): void {
  makeRoom(ctx, changes);
  for (const change of changes) {
    const def = tableNamed(change.table);
    if (!def) throw new Refusal('conflict_record_gone', { record: change.table });
    const now = rowNow(ctx, def, change.id);
    if (change.op === 'D') {
      if (now) ctx.remove(def, change.id);
      continue;
    }
    const patch = businessColumns(def, change.patch ?? {});
    if (now) {
      const news = Object.entries(patch).filter(([name, value]) => !same(value, now[name]));
      if (news.length > 0) ctx.update(def, change.id, Object.fromEntries(news));
      continue;
    }
    const before = change.op === 'U' ? rowBeforeRemoval(ctx, def, change.id) : {};
    if (!before) throw new Refusal('conflict_record_gone', { record: change.table });
    ctx.insert(def, { ...before, ...patch, id: change.id });
  }
}
const businessColumns = (def: AnyTable, patch: Row): Row =>
  Object.fromEntries(
    Object.entries(patch).filter(([name]) => name in columnsOf(def) && !BOOKKEEPING.has(name)),
  );

/**
 * Both sides replaced all parts of a document (the rows that this step took away are gone already): the parts the
 * others put there go too, or the document would hold the parts of both.
 */
function makeRoom(ctx: CommandCtx, changes: readonly SentChange[]): void {
  const own = new Set<string>(changes.map(c => c.id));
  for (const table of new Set(changes.map(c => c.table))) {
    const def = tableNamed(table);
    const root = def?.document?.root_id;
    if (!def || !root || root === 'id') continue;
    const removed = changes.filter(c => c.table === table && c.op === 'D');
    if (removed.length === 0 || removed.some(c => rowNow(ctx, def, c.id))) continue;
    for (const document of new Set(removed.map(c => String(c.base?.[root])))) {
      const parts = ctx.sql.all<{ id: string }>(`select id from "${def.name}" where "${root}" = ?`, [
        document,
      ]);
      for (const part of parts) if (!own.has(part.id)) ctx.remove(def, part.id);
    }
  }
}

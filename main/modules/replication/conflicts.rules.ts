import { z } from 'zod';
import type { ColumnFacts } from '../../../db/kit/columns.ts';
import type { AnyTable } from '../../../db/kit/define-table.ts';
import { schema, tablesByModule } from '../../../db/schema/index.ts';
import type { ConflictDetail, ContestedField } from '../../../preload/contract/replication.ts';
import { canonical } from '../../platform/canonical.ts';

const row = z.record(z.string(), z.unknown());
/** What is read of a step here; one that brought rows when joining has no intent. */
export const sentUnit = z.object({
  /** Too large for the inbox of every station: the centre alone has it. */
  is_shortened: z.boolean().default(false),
  changes: z.array(
    z.object({
      table: z.string(),
      id: z.uuid().brand<`id of ${string}`>(),
      op: z.enum(['I', 'U', 'D', 'J']),
      base: row.nullish(),
      patch: row.nullish(),
    }),
  ),
});
export type SentUnit = z.output<typeof sentUnit>;
export type SentChange = SentUnit['changes'][number];
export type Outcome = ConflictDetail['outcome'];
export type Side = ContestedField['suggested'];

/** Who answered or signed a form, and when, stands above the fields; what is calculated from an answer says nothing. */
const OF_THE_FORM = new Set(['job_id', 'measured_by', 'measured_at_ms', 'signed_at_ms', 'inspector_id']);
export const isTold = (name: string, isForm: boolean): boolean =>
  !name.endsWith('_sha256') && !(isForm && OF_THE_FORM.has(name));

/** Written beside what a person did; naming them says nothing. */
export const BESIDE: ReadonlySet<string> = new Set(['workflow_history', 'notifications', 'audit_logs']);

/** Kept by the program on every row; never in dispute. */
export const BOOKKEEPING: ReadonlySet<string> = new Set([
  'id',
  'organization_id',
  'row_version',
  'created_at_ms',
  'created_by',
  'updated_at_ms',
  'updated_by',
]);
/** Tables with the resource that guards their rows; those of orders and production are guarded as a whole. */
const RESOURCES: Record<string, string> = {
  materials: 'materials',
  material_categories: 'materials',
  bom_headers: 'boms',
  bom_lines: 'boms',
  product_models: 'product_models',
  tools: 'work_instructions',
  file_uploads: 'files',
  file_links: 'files',
  work_orders: 'work_orders',
  work_order_operations: 'work_orders',
  operation_tasks: 'work_orders',
  operation_task_parts: 'work_orders',
  operation_task_tools: 'work_orders',
  operation_task_events: 'work_orders',
  serial_numbers: 'work_orders',
  batch_numbers: 'work_orders',
  order_movements: 'order_movements',
  movement_archives: 'order_movements',
};
function resourceOf(table: string): string | undefined {
  if (Object.hasOwn(RESOURCES, table)) return RESOURCES[table];
  if (Object.hasOwn(tablesByModule.orders, table)) return 'orders';
  return Object.hasOwn(tablesByModule.production, table) ? 'work_instructions' : undefined;
}
const guards = new Map(Object.values<AnyTable>(schema).map(def => [def.name, def.guarded_by]));

/** What a person must be allowed to do to write rows of this table directly. */
export function permissionFor(table: string): string {
  return `${guards.get(table) ?? resourceOf(table) ?? 'settings'}:update`;
}
/** Rows that decide who may do what: having changed them once gives no right to change them again. */
export const isGuarded = (table: string): boolean => guards.get(table) !== undefined;

export const same = (a: unknown, b: unknown): boolean => canonical(a ?? null) === canonical(b ?? null);

export function kindOf(column: ColumnFacts): ContestedField['kind'] {
  if (column.secret) return 'secret';
  if (column.choices) return 'choice';
  return column.kind === 'id' ? 'reference' : column.kind;
}
const TYPED: ContestedField['kind'][] = [
  'text',
  'integer',
  'quantity',
  'percent',
  'boolean',
  'day',
  'choice',
];
/** A person may type a new value, except where the value stands for a step that was taken. */
export const isEditable = (column: ColumnFacts): boolean =>
  TYPED.includes(kindOf(column)) && column.conflict === undefined;

/** Made again from what the trail keeps of it: not a document, whose parts went with it, and nothing with a secret. */
export const isRestorable = (def: AnyTable): boolean =>
  def.audited &&
  def.document === undefined &&
  def.sync.kind === 'two_way' &&
  def.sync.conflict === 'merge_columns' &&
  !Object.values<ColumnFacts>(def.columns).some(c => c.secret);

/** An answer of a form and the hash that binds it to a signature go together, like the parts of a document. */
export const isWholeDocument = (def: AnyTable): boolean =>
  def.sync.kind === 'sealed' || (def.sync.kind === 'two_way' && def.sync.conflict === 'whole_document');

export interface Sides {
  base: unknown;
  mine: unknown;
  theirs: unknown;
  is_contested: boolean;
  moves_by: ColumnFacts['conflict'];
}
export interface Times {
  mine_at_ms: number;
  theirs_at_ms: number | null;
}
export type FieldReason =
  | 'step_passed'
  | 'claimed'
  | 'already_equal'
  | 'theirs_unchanged'
  | 'only_theirs_filled'
  | 'only_mine_filled'
  | 'theirs_newer'
  | 'mine_newer'
  | 'not_contested';

/** Which side of a field a person will most likely want, and why. The times only suggest; they decide nothing. */
export function suggestField(field: Sides, times: Times): { side: Side; because: FieldReason } {
  const isEmpty = (value: unknown) => value === null || value === undefined || value === '';
  if (!field.is_contested) return { side: 'mine', because: 'not_contested' };
  if (field.moves_by === 'transition') return { side: 'theirs', because: 'step_passed' };
  if (field.moves_by === 'claim') return { side: 'theirs', because: 'claimed' };
  if (same(field.mine, field.theirs)) return { side: 'theirs', because: 'already_equal' };
  if (same(field.base, field.theirs)) return { side: 'mine', because: 'theirs_unchanged' };
  if (isEmpty(field.mine)) return { side: 'theirs', because: 'only_theirs_filled' };
  if (isEmpty(field.theirs)) return { side: 'mine', because: 'only_mine_filled' };
  return times.theirs_at_ms !== null && times.theirs_at_ms > times.mine_at_ms
    ? { side: 'theirs', because: 'theirs_newer' }
    : { side: 'mine', because: 'mine_newer' };
}

/**
 * Of a step that was refused because of rights: whether who looks at it has what was missing, or the department of the
 * author has to be linked to the work centre first.
 */
export type Right = 'held' | 'missing' | 'of_department' | 'not_asked';
const ACCOUNT = new Set(['actor_not_permitted', 'actor_revoked', 'actor_unknown']);
export function rightOf(reason_code: string, isHeld: boolean): Right {
  if (reason_code === 'work_center_not_permitted') return 'of_department';
  if (!ACCOUNT.has(reason_code)) return 'not_asked';
  return isHeld ? 'held' : 'missing';
}

export interface Case {
  outcome: Outcome;
  is_open: boolean;
  /** A record that was changed is not there any more. */
  has_lost_row: boolean;
  /** What was removed can be made again, with the values it had. */
  is_restorable: boolean;
  has_document: boolean;
  /** The others signed the form meanwhile: nothing is written into it any more. */
  is_signed: boolean;
  /** Both opened one form, and nothing else. */
  is_opened_twice: boolean;
  is_shortened: boolean;
  /** It holds tables or columns of another version of the program, which this one would leave out. */
  is_beyond: boolean;
  right: Right;
  fields: { is_contested: boolean; is_editable: boolean; moves_by: ColumnFacts['conflict'] }[];
}
/** What can be done with an entry of the inbox. */
export function choicesFor(entry: Case): ConflictDetail['can'] {
  if (!entry.is_open) return [];
  if (entry.is_signed || entry.is_opened_twice || entry.is_shortened || entry.is_beyond)
    return ['keep_theirs'];
  if (entry.outcome === 'PARKED') return entry.has_lost_row ? ['dismiss'] : ['keep_mine', 'dismiss'];
  if (entry.outcome === 'REJECTED') {
    if (entry.has_lost_row || entry.right === 'missing') return ['dismiss'];
    if (entry.right === 'of_department') return ['keep_mine', 'dismiss'];
    return entry.fields.some(f => f.is_editable)
      ? ['edit', 'keep_mine', 'dismiss']
      : ['keep_mine', 'dismiss'];
  }
  const isPassed = entry.fields.some(
    f => f.is_contested && (f.moves_by === 'transition' || f.moves_by === 'claim'),
  );
  if (isPassed) return ['keep_theirs'];
  if (entry.has_lost_row) return entry.is_restorable ? ['keep_mine', 'keep_theirs'] : ['keep_theirs'];
  const isDivisible = !entry.has_document && entry.fields.length > 1;
  return isDivisible ? ['keep_mine', 'keep_theirs', 'combine'] : ['keep_mine', 'keep_theirs'];
}

export function suggestCase(
  entry: Pick<
    Case,
    'outcome' | 'has_lost_row' | 'is_signed' | 'is_opened_twice' | 'is_shortened' | 'is_beyond' | 'right'
  >,
  can: ConflictDetail['can'],
  fields: { side: Side; because: FieldReason }[],
): { suggested: ConflictDetail['suggested']; because: string } {
  if (entry.is_signed) return { suggested: 'theirs', because: 'signed' };
  if (entry.is_opened_twice) return { suggested: 'theirs', because: 'opened_twice' };
  if (entry.is_shortened) return { suggested: 'theirs', because: 'too_large' };
  if (entry.is_beyond) return { suggested: 'wait', because: 'other_program' };
  if (entry.outcome === 'PARKED') return { suggested: 'wait', because: 'parked' };
  if (entry.has_lost_row)
    return {
      suggested: entry.outcome === 'REJECTED' ? 'dismiss' : 'theirs',
      because: can.includes('keep_mine') ? 'record_can_return' : 'record_gone',
    };
  if (entry.right === 'missing') return { suggested: 'wait', because: 'right_missing' };
  if (entry.right === 'of_department') return { suggested: 'wait', because: 'right_of_department' };
  if (entry.right === 'held') return { suggested: 'mine', because: 'right_held' };
  if (entry.outcome === 'REJECTED')
    return can.includes('edit')
      ? { suggested: 'edit', because: 'rejected_edit' }
      : { suggested: 'dismiss', because: 'rejected' };
  const contested = fields.filter(f => f.because !== 'not_contested');
  const [first] = contested;
  const passed = contested.find(f => f.because === 'claimed' || f.because === 'step_passed');
  if (passed) return { suggested: 'theirs', because: passed.because };
  if (!first) return { suggested: 'mine', because: 'not_contested' };
  if (contested.every(f => f.side === first.side)) {
    const isOneReason = contested.every(f => f.because === first.because);
    const because = isOneReason ? first.because : `mostly_${first.side}`;
    return { suggested: can.includes('keep_mine') ? first.side : 'theirs', because };
  }
  return can.includes('combine')
    ? { suggested: 'combine', because: 'mixed' }
    : { suggested: 'theirs', because: 'one_document' };
}

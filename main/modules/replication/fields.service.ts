import type { z } from 'zod';
import type { ColumnFacts } from '../../../db/kit/columns.ts';
import type { AnyTable } from '../../../db/kit/define-table.ts';
import type { conflictField } from '../../../db/schema/infrastructure.ts';
import { configuration, localizedText, type Scalar } from '../../../preload/contract/product-model.ts';
import type { ContestedField } from '../../../preload/contract/replication.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { labelAnswer } from '../bom/answer-labels.rules.ts';
import { flattenAnswers } from '../catalogue/answers.rules.ts';
import { modelById } from '../catalogue/product-models.service.ts';
import {
  BOOKKEEPING,
  type FieldReason,
  isEditable,
  kindOf,
  type Outcome,
  type SentChange,
  type SentUnit,
  type Side,
  same,
  suggestField,
} from './conflicts.rules.ts';
import { columnsOf, labelOf, type Row, rowLabel, rowNow, tableNamed } from './rows.service.ts';

/** One column of one record of a step that was not taken, with what it was, what was wanted and what it is now. */
export interface Field {
  def: AnyTable;
  column: ColumnFacts;
  row_id: string;
  row_label: string | null;
  field: string;
  base: unknown;
  mine: unknown;
  theirs: unknown;
  is_contested: boolean;
  is_editable: boolean;
  moves_by: ColumnFacts['conflict'];
  suggestion: { side: Side; because: FieldReason };
}
type Change = Omit<SentChange, 'id'> & { id: string };
type Told = z.output<typeof conflictField>;
interface Entry {
  outcome: Outcome;
  occurred_at_ms: number;
}

export function fieldsOf(ctx: ReadCtx, entry: Entry, unit: SentUnit, told: readonly Told[]): Field[] {
  const changes = new Map<string, Change>(unit.changes.map(c => [`${c.table} ${c.id}`, c]));
  // A column that only the other side changed belongs to a document that was changed on both.
  for (const t of told)
    if (!changes.has(`${t.table} ${t.row_id}`))
      changes.set(`${t.table} ${t.row_id}`, { table: t.table, id: t.row_id, op: 'U', base: {}, patch: {} });
  return [...changes.values()].flatMap(change => {
    const def = tableNamed(change.table);
    return def ? fieldsOfChange(ctx, entry, def, change, told) : [];
  });
}

function fieldsOfChange(
  ctx: ReadCtx,
  entry: Entry,
  def: AnyTable,
  change: Change,
  told: readonly Told[],
): Field[] {
  const isWhole = change.op === 'I' || change.op === 'J';
  if (change.op === 'D' || (isWhole && entry.outcome !== 'REJECTED')) return [];
  const now = rowNow(ctx, def, change.id);
  const own = told.filter(t => t.table === change.table && t.row_id === change.id);
  const wanted = Object.entries(change.patch ?? {}).filter(([, value]) => !isWhole || value !== null);
  const names = new Set([...wanted.map(([name]) => name), ...own.map(t => t.field)]);
  return inOrder(def, names).flatMap(name => {
    const column = columnsOf(def)[name];
    if (!column || BOOKKEEPING.has(name)) return [];
    const field = sidesOf(
      change,
      name,
      own.find(t => t.field === name),
      now,
    );
    const moves_by = column.conflict;
    return [
      {
        def,
        column,
        row_id: change.id,
        row_label: checkName(ctx, def, change) ?? labelOf(def, now ?? change.patch),
        field: name,
        ...field,
        is_editable: isEditable(column),
        moves_by,
        suggestion: suggestField(
          { ...field, moves_by },
          {
            mine_at_ms: entry.occurred_at_ms,
            theirs_at_ms: now === null ? null : Number(now.updated_at_ms),
          },
        ),
      },
    ];
  });
}

/** As a person reads the record, not as the names of its columns sort. */
const inOrder = (def: AnyTable, names: ReadonlySet<string>): string[] =>
  Object.keys(def.columns).filter(name => names.has(name));

function sidesOf(change: Change, name: string, told: Told | undefined, now: Row | null) {
  const base = change.base?.[name] ?? told?.base ?? null;
  const mine = change.patch?.[name] ?? told?.mine ?? null;
  // What the others have by now, not what they had when the step arrived: a choice builds on the present.
  const theirs = now === null ? (told?.theirs ?? null) : (now[name] ?? null);
  const isElsewhere = now !== null && change.op === 'U' && !same(theirs, base);
  return { base, mine, theirs, is_contested: told !== undefined || isElsewhere };
}

/** An answer of a form is known by its check. */
function checkName(ctx: ReadCtx, def: AnyTable, change: Change): string | null {
  if (def.name !== 'inspection_measurements') return null;
  const check = ctx.sql.get<{ code: string; names: string; repeat_index: number }>(
    `select c.characteristic_code as code, c.characteristic_name as names, m.repeat_index
     from inspection_measurements m join inspection_characteristics c on c.id = m.characteristic_id where m.id = ?`,
    [change.id],
  );
  if (!check) return null;
  const names = localizedText.parse(JSON.parse(check.names));
  return [check.code, check.repeat_index > 0 && `(${check.repeat_index})`, names[ctx.actor.locale]]
    .filter(Boolean)
    .join(' ');
}

/** As it leaves the station: references by name, secrets not at all. */
function answersOf(ctx: ReadCtx, field: Field): ContestedField['answers'] {
  if (field.def.name !== 'orders' || field.field !== 'configuration') return null;
  const [base, mine, theirs] = [field.base, field.mine, field.theirs].map(side =>
    configuration.safeParse(side),
  );
  if (!base?.success || !mine?.success || !theirs?.success) return null;
  const model = ctx.sql.get<{ id: string | null }>('select product_model_id as id from orders where id = ?', [
    field.row_id,
  ])?.id;
  const compiled = model ? modelById(ctx, model).compiled : null;
  const [was, own, others] = [base, mine, theirs].map(side => flattenAnswers(side.data));
  const paths = new Set([...(was?.keys() ?? []), ...(own?.keys() ?? []), ...(others?.keys() ?? [])]);
  return [...paths].flatMap(path => {
    const [before, kept, found] = [was, own, others].map(side => side?.get(path) ?? null);
    if (before === kept && before === found) return [];
    const shown = (value: Scalar | undefined) => labelAnswer(compiled, path, value ?? null);
    return [
      {
        label: shown(before).label,
        base: shown(before).value_label,
        mine: shown(kept).value_label,
        theirs: shown(found).value_label,
      },
    ];
  });
}
export function shownField(ctx: ReadCtx, field: Field): ContestedField {
  const kind = kindOf(field.column);
  const shown = (value: unknown): unknown => {
    if (value === null || value === undefined) return null;
    if (kind === 'secret') return '***';
    if (kind !== 'reference') return value;
    return rowLabel(ctx, field.column.refers_to?.table ?? '', String(value)) ?? `…${String(value).slice(-8)}`;
  };
  return {
    table: field.def.name,
    row_id: field.row_id,
    row_label: field.row_label,
    field: field.field,
    kind,
    answers: answersOf(ctx, field),
    choices: field.column.choices ? [...field.column.choices] : null,
    base: shown(field.base),
    mine: shown(field.mine),
    theirs: shown(field.theirs),
    is_contested: field.is_contested,
    is_editable: field.is_editable,
    is_required: field.column.required,
    suggested: field.suggestion.side,
  };
}

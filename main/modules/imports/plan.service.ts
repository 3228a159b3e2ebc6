import { createHash } from 'node:crypto';
import type { ImportCounts, ImportDifference, ImportProblem } from '../../../preload/contract/imports.ts';
import { MOST_SHOWN } from '../../../preload/contract/imports.ts';
import type { Stored } from '../../platform/sheet.ts';
import type { ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { type Cell, cellText, parseCell } from './cell-values.rules.ts';
import { columnWords } from './headings.rules.ts';
import type { ImportField, ImportKind, Judged, ParsedRow, RowProblem } from './import-kind.ts';
import { problem } from './import-kind.ts';
import type { Table, TableRow } from './table-file.service.ts';

export type Mapping = Readonly<Record<string, number>>;
export interface Edit {
  row: number;
  column: number;
  text: string;
}
export interface Step<Op> {
  row: number;
  label: string;
  change: 'ADDED' | 'CHANGED' | 'REMOVED';
  op: Op;
}
export interface Plan<Op> {
  counts: ImportCounts;
  problems: ImportProblem[];
  differences: ImportDifference[];
  steps: Step<Op>[];
  fingerprint: string;
}
type Progress = (done: number) => void;
const ROWS_A_TURN = 1000;
const COUNTED = { ADDED: 'added', CHANGED: 'changed', REMOVED: 'removed' } as const;

/** Reads the whole table and judges every row. Refuses `import_column_missing` for a key without a column. */
export async function planTable<Op>(
  ctx: ReadCtx,
  kind: ImportKind<Op>,
  table: Table,
  mapping: Mapping,
  edits: readonly Edit[],
  progress: Progress,
): Promise<Plan<Op>> {
  const mapped = mappedFields(kind, table, mapping);
  const corrected = editsByRow(edits);
  const planner = kind.planner(ctx);
  const plan = openPlan<Op>(ctx, kind, mapped);
  for await (const line of table.rows) {
    const { parsed, problems, texts, runnable } = parseRow(mapped, line, corrected.get(line.row), table);
    plan.row(line.row, texts, runnable);
    if (problems.length > 0) plan.refused(line.row, problems);
    else plan.judged(planner.judge(parsed));
    if (plan.rows % ROWS_A_TURN === 0) progress(plan.rows);
  }
  for (const judged of planner.close?.() ?? []) plan.judged(judged);
  progress(plan.rows);
  return plan.closed();
}

interface Mapped {
  field: ImportField;
  column: number;
  words: ReadonlyMap<string, string>;
}
function mappedFields<Op>(kind: ImportKind<Op>, table: Table, mapping: Mapping): Mapped[] {
  const lost = kind.fields.find(field => field.is_key && mapping[field.key] === undefined);
  if (lost) refuse('import_column_missing', { field: lost.key });
  return kind.fields.flatMap(field => {
    const column = mapping[field.key];
    return column === undefined || column > table.headings.length
      ? []
      : [{ field, column, words: columnWords(field) }];
  });
}
function editsByRow(edits: readonly Edit[]): Map<number, Map<number, string>> {
  const rows = new Map<number, Map<number, string>>();
  for (const { row, column, text } of edits) {
    const cells = rows.get(row) ?? new Map<number, string>();
    rows.set(row, cells.set(column, text));
  }
  return rows;
}

function parseRow(
  mapped: readonly Mapped[],
  line: TableRow,
  corrected: Map<number, string> | undefined,
  { format, may_group_by_point }: Table,
) {
  const values: Record<string, Stored> = {};
  const texts: Record<string, string> = {};
  const problems: RowProblem[] = [];
  const runnable: string[] = [];
  for (const { field, column, words } of mapped) {
    const edit = corrected?.get(column);
    const cell: Cell = edit ?? line.cells[column - 1] ?? null;
    texts[field.key] = cellText(cell);
    if (edit === undefined && line.formulas.has(column - 1)) {
      if (format === 'xlsx') {
        problems.push(problem(field.key, 'formula_cell'));
        continue;
      }
      runnable.push(field.key);
    }
    const parsed = parseCell(field, cell, words, may_group_by_point && edit === undefined);
    if ('code' in parsed) problems.push(problem(field.key, parsed.code, parsed.values));
    else if (field.is_key && parsed.value === null) problems.push(problem(field.key, 'required'));
    else if (parsed.value !== null || isCleared(field)) values[field.key] = parsed.value;
  }
  const parsed: ParsedRow = { row: line.row, values };
  return { parsed, problems, texts, runnable };
}

/** Texts are emptied by an empty cell; figures, flags and choices only where they may be empty. */
const isCleared = ({ kind, choices, may_be_empty }: ImportField): boolean =>
  may_be_empty ?? ((kind === 'text' && choices === undefined) || kind === 'day');

/** Collects what the rows turn out to be; lists are cut at what a screen shows, counts are not. */
function openPlan<Op>(ctx: ReadCtx, kind: ImportKind<Op>, mapped: readonly Mapped[]) {
  const counts: ImportCounts = { rows: 0, added: 0, changed: 0, removed: 0, unchanged: 0, problems: 0 };
  const problems: ImportProblem[] = [];
  const differences: ImportDifference[] = [];
  const steps: Step<Op>[] = [];
  const texts = new Map<number, Record<string, string>>();
  /** Fields whose text a spreadsheet program would run: harmless where it is what is stored already. */
  const runnables = new Map<number, readonly string[]>();
  const columnOf = new Map(mapped.map(({ field, column }) => [field.key, column]));
  const hash = createHash('sha256');
  const may = { create: ctx.actor.may(kind.create), update: ctx.actor.may(kind.update) };

  function refused(row: number, found: readonly RowProblem[]): void {
    for (const { field, code, values } of found) {
      counts.problems += 1;
      if (problems.length >= MOST_SHOWN) continue;
      const column = field === null ? null : (columnOf.get(field) ?? null);
      const text = field === null ? '' : (texts.get(row)?.[field] ?? '');
      problems.push({ row, column, field, code, values: values ?? {}, text });
    }
  }
  function judged(verdict: Judged<Op> | null): void {
    if (verdict === null) return;
    const { row, change, fields, problems: found } = verdict;
    const brought = (runnables.get(row) ?? []).filter(key => fields.some(({ field }) => field === key));
    if (found.length > 0 || brought.length === 0 || change === 'REMOVED') weigh(verdict);
    else
      refused(
        row,
        brought.map(key => problem(key, 'formula_cell')),
      );
    texts.delete(row);
  }
  function weigh({ row, change, label, fields, op, problems: found }: Judged<Op>): void {
    const permission = change === 'ADDED' ? kind.create : kind.update;
    const isAllowed = change === 'ADDED' ? may.create : may.update;
    if (found.length > 0) refused(row, found);
    else if (change === 'UNCHANGED') counts.unchanged += 1;
    else if (!isAllowed) refused(row, [problem(null, 'not_allowed', { permission })]);
    else {
      counts[COUNTED[change]] += 1;
      if (differences.length < MOST_SHOWN) differences.push({ row, change, label, fields });
      hash.update(JSON.stringify([row, change, label, fields]));
      if (op !== null) steps.push({ row, label, change, op });
    }
  }
  return {
    get rows() {
      return counts.rows;
    },
    row(row: number, cells: Record<string, string>, runnable: readonly string[]): void {
      counts.rows += 1;
      texts.set(row, cells);
      if (runnable.length > 0) runnables.set(row, runnable);
    },
    refused,
    judged,
    closed: (): Plan<Op> => ({ counts, problems, differences, steps, fingerprint: hash.digest('hex') }),
  };
}

import type { AnswerChange, RuleCause } from '../../../preload/contract/product-model.ts';

/** What two BOMs are compared by: computed rows and stored rows both fit. */
export type ComparableRow = {
  row_no: number;
  parent_row_no: number | null;
  level: number;
  line_index: number;
  item_id: string;
  name: string;
  quantity_e6: number;
  total_quantity_e6: number;
  notes: string;
};
/** `causes[i]` explains the rows with `line_index` i; a line without known causes has an empty list. */
export type ComparableBom = { rows: readonly ComparableRow[]; causes: readonly (readonly RuleCause[])[] };

export type RowFigures = { quantity_e6: number; total_quantity_e6: number; notes: string };
export type DiffCause = { rule: string; changes: AnswerChange[] };
export type BomDifference = {
  change: 'added' | 'removed' | 'changed';
  /** Item ids from the top-level line down to the row. */
  path: string[];
  level: number;
  item_id: string;
  name: string;
  before: RowFigures | null;
  after: RowFigures | null;
  /** What differs when `change` is `changed`. */
  differs: ('quantity' | 'notes')[];
  /** The changed answers that the rules behind the line had read. Empty: an edit, a setting or the catalogue. */
  causes: DiffCause[];
};

type Located = { row: ComparableRow; path: string[] };
const separator = '\u001f';

/** Rows matched by their path of item ids; repeated paths are matched in order. Unchanged rows are left out. */
export function compareBoms(
  before: ComparableBom,
  after: ComparableBom,
  changes: readonly AnswerChange[],
): BomDifference[] {
  const changed = new Map(changes.map(change => [change.path, change]));
  const old = locate(before.rows);
  const current = locate(after.rows);
  const differences: BomDifference[] = [];
  for (const [key, { row, path }] of current) {
    const previous = old.get(key);
    const causes = () => causesOf([...lineCauses(before, previous?.row), ...lineCauses(after, row)], changed);
    if (!previous) {
      differences.push(difference('added', path, undefined, row, [], causes()));
      continue;
    }
    const differs = whatDiffers(previous.row, row);
    if (differs.length > 0)
      differences.push(difference('changed', path, previous.row, row, differs, causes()));
  }
  for (const [key, { row, path }] of old) {
    if (current.has(key)) continue;
    differences.push(
      difference('removed', path, row, undefined, [], causesOf(lineCauses(before, row), changed)),
    );
  }
  return differences;
}

function locate(rows: readonly ComparableRow[]): Map<string, Located> {
  const located = new Map<string, Located>();
  const places = new Map<number, { path: string[]; key: string }>();
  const repeats = new Map<string, number>();
  for (const row of rows) {
    const parent = row.parent_row_no === null ? undefined : places.get(row.parent_row_no);
    const plain = `${parent?.key ?? ''}${separator}${row.item_id}`;
    const repeat = repeats.get(plain) ?? 0;
    repeats.set(plain, repeat + 1);
    // A repeated row keeps its own branch, so its children do not mix with those of its twin.
    const key = repeat === 0 ? plain : `${plain}${separator}#${repeat}`;
    const path = [...(parent?.path ?? []), row.item_id];
    places.set(row.row_no, { path, key });
    located.set(key, { row, path });
  }
  return located;
}

function whatDiffers(a: ComparableRow, b: ComparableRow) {
  const differs: BomDifference['differs'] = [];
  if (a.quantity_e6 !== b.quantity_e6) differs.push('quantity');
  if (a.notes !== b.notes) differs.push('notes');
  return differs;
}

const lineCauses = (bom: ComparableBom, row: ComparableRow | undefined) =>
  row === undefined ? [] : (bom.causes[row.line_index] ?? []);

function causesOf(causes: readonly RuleCause[], changed: ReadonlyMap<string, AnswerChange>): DiffCause[] {
  const found = new Map<string, Map<string, AnswerChange>>();
  for (const { rule, answers } of causes) {
    for (const { path } of answers) {
      const change = changed.get(path);
      if (!change) continue;
      const known = found.get(rule) ?? new Map<string, AnswerChange>();
      found.set(rule, known.set(path, change));
    }
  }
  return [...found].map(([rule, byPath]) => ({ rule, changes: [...byPath.values()] }));
}

const figures = (row: ComparableRow | undefined): RowFigures | null =>
  row === undefined
    ? null
    : { quantity_e6: row.quantity_e6, total_quantity_e6: row.total_quantity_e6, notes: row.notes };

function difference(
  change: BomDifference['change'],
  path: string[],
  before: ComparableRow | undefined,
  after: ComparableRow | undefined,
  differs: BomDifference['differs'],
  causes: DiffCause[],
): BomDifference {
  const shown = after ?? before;
  return {
    change,
    path,
    level: shown?.level ?? 0,
    item_id: shown?.item_id ?? '',
    name: shown?.name ?? '',
    before: figures(before),
    after: figures(after),
    differs,
    causes,
  };
}

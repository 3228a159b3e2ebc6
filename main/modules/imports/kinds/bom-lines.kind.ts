import type { Id } from '../../../../db/kit/columns.ts';
import { catalogue } from '../../../../preload/contract/catalogue.ts';
import type { DifferenceField } from '../../../../preload/contract/imports.ts';
import type { ParsedInputOf } from '../../../../preload/contract/rpc.ts';
import type { Stored } from '../../../platform/sheet.ts';
import type { ReadCtx } from '../../../rpc/context.ts';
import { findPath } from '../../catalogue/cycle.rules.ts';
import {
  activateMasterBom,
  deactivateMasterBom,
  saveMasterBom,
} from '../../catalogue/master-bom-write.service.ts';
import { plantOf } from '../../catalogue/plant.service.ts';
import {
  contractProblems,
  differences,
  type ImportField,
  type ImportKind,
  type Judged,
  numberOf,
  orHeld,
  type ParsedRow,
  problem,
  type RowProblem,
  textOf,
} from '../import-kind.ts';
import { type HeldHeader, type HeldLine, headersInForce, linesInForce } from './held-boms.service.ts';

const fields: ImportField[] = [
  { key: 'assembly_number', kind: 'text', is_key: true, is_required: true, example: 'T2-DL27-KIT' },
  { key: 'bom_version', kind: 'integer', example: '1' },
  { key: 'line_number', kind: 'integer', example: '10' },
  { key: 'item_number', kind: 'text', is_key: true, is_required: true, example: '711.100' },
  { key: 'quantity_e6', kind: 'quantity', is_required: true, example: '2' },
  { key: 'uom_code', kind: 'text', may_be_empty: false, example: 'EA' },
  { key: 'scrap_percent_e4', kind: 'percent', example: '5%' },
  { key: 'operation_number', kind: 'integer', may_be_empty: true, example: '20' },
  { key: 'is_phantom', kind: 'boolean', example: 'FALSE' },
  { key: 'backflush', kind: 'boolean', example: 'FALSE' },
  { key: 'notes', kind: 'text', example: '' },
];
const LINE: Record<string, Stored> = {
  scrap_percent_e4: 0,
  operation_number: null,
  is_phantom: false,
  backflush: false,
  notes: null,
};
type Save = ParsedInputOf<typeof catalogue.saveMasterBom>;
interface Op {
  save: Save;
  /** The version in force that the new one takes the place of. */
  replaces: Id<'bom_headers'> | null;
}
interface Item {
  id: Id<'materials'>;
  base_uom: string;
}

/** Lines of one version of an assembly: those of the file are all its lines afterwards. */
interface Group {
  number: string;
  rows: ParsedRow[];
  header: HeldHeader | null;
}

/** An item may stand on several lines: the first of the file is compared with the first that is stored. */
function pairUp(
  rows: readonly ParsedRow[],
  held: readonly HeldLine[],
): { row: ParsedRow; before: HeldLine | null }[] {
  const waiting = new Map<string, HeldLine[]>();
  for (const line of held) waiting.set(line.item_number, [...(waiting.get(line.item_number) ?? []), line]);
  return rows.map(row => ({ row, before: waiting.get(textOf(row.values.item_number))?.shift() ?? null }));
}

function planner(ctx: ReadCtx) {
  const assemblies = new Map<string, ParsedRow[]>();
  const lines = linesInForce(ctx);
  const headers = headersInForce(ctx);
  const items = new Map<string, Item>();
  for (const row of ctx.sql.iterate<Item & { number: string }>(
    `select m.id, m.material_number as number, u.uom_code as base_uom from materials m
     join units_of_measure u on u.id = m.base_uom_id where m.plant_id = ? order by m.record_type desc`,
    [plantOf(ctx)],
  ))
    items.set(row.number, row);
  const units = new Map(
    ctx.sql
      .all<{ code: string; id: string }>('select uom_code as code, id from units_of_measure')
      .map(u => [u.code, u.id]),
  );

  function close(): Judged<Op>[] {
    const children = new Map<string, string[]>();
    for (const [number, held] of headers)
      children.set(
        number,
        held.flatMap(({ bom_id }) => (lines.get(bom_id) ?? []).map(line => line.item_number)),
      );
    for (const [number, rows] of assemblies)
      children.set(
        number,
        rows.map(row => textOf(row.values.item_number)),
      );
    return [...assemblies].flatMap(([number, rows]) => judgeAssembly(number, rows, children));
  }

  /** Versions that are in force side by side, each from its day on, are compared each with its own. */
  function judgeAssembly(
    number: string,
    rows: readonly ParsedRow[],
    children: ReadonlyMap<string, string[]>,
  ): Judged<Op>[] {
    const held = headers.get(number) ?? [];
    const versions = Map.groupBy(rows, row => numberOf(row.values.bom_version));
    return [...versions].flatMap(([version, own]) => {
      const same = held.find(({ bom_version }) => bom_version === version);
      const header = same ?? (versions.size === 1 ? (held.at(-1) ?? null) : undefined);
      if (header !== undefined) return judgeGroup({ number, rows: own, header }, children);
      const unknown = problem('bom_version', 'not_found', { value: version ?? '' });
      return own.slice(0, 1).map(({ row }) => ({ ...quiet(row, number), problems: [unknown] }));
    });
  }

  function judgeGroup(
    { number, rows, header }: Group,
    children: ReadonlyMap<string, string[]>,
  ): Judged<Op>[] {
    const held = header ? (lines.get(header.bom_id) ?? []) : [];
    const pairs = pairUp(inOrder(rows), held);
    const verdicts = pairs.map(({ row, before }) => judgeLine(row, number, before));
    const refusedLine = (row: ParsedRow, ...problems: RowProblem[]): Judged<Op> => ({
      ...quiet(row.row, number),
      problems,
    });
    const produced = header?.material_id ?? items.get(number)?.id;
    const [first] = rows;
    if (!first) return [];
    if (!produced) return [refusedLine(first, problem('assembly_number', 'not_found', { value: number }))];
    for (const { row } of pairs) {
      const component = textOf(row.values.item_number);
      const path = component === number ? [number] : findPath(n => children.get(n) ?? [], component, number);
      if (path)
        return [
          refusedLine(row, problem('item_number', 'bom_cycle', { path: [number, ...path].join(' > ') })),
        ];
    }
    if (verdicts.some(({ problems }) => problems.length > 0)) return verdicts;
    const kept = new Set(pairs.flatMap(({ before }) => before ?? []));
    const removed = held.filter(line => !kept.has(line)).map(line => removedLine(first.row, number, line));
    const moved = orderChanges(pairs, held);
    const changed = verdicts.map((verdict, at) => withMove(verdict, moved.get(at)));
    if (removed.length === 0 && changed.every(({ change }) => change === 'UNCHANGED')) return changed;
    const { save, problems } = saveOf(number, produced, header, pairs);
    if (save === null) return [refusedLine(first, ...problems)];
    const op: Op = { save, replaces: header?.bom_id ?? null };
    // The whole assembly is one step; it hangs on the first line that differs.
    const all = [...changed, ...removed];
    const carrier = all.findIndex(({ change }) => change !== 'UNCHANGED');
    return all.map((verdict, at) => (at === carrier ? { ...verdict, op } : verdict));
  }

  function judgeLine(row: ParsedRow, number: string, before: HeldLine | null): Judged<Op> {
    const item_number = textOf(row.values.item_number);
    const item = items.get(item_number);
    const verdict = { ...quiet(row.row, number), label: `${number} › ${item_number}` };
    const problems: RowProblem[] = [];
    if (!item) problems.push(problem('item_number', 'not_found', { value: item_number }));
    const quantity = orHeld(row.values.quantity_e6, before?.quantity_e6);
    if (typeof quantity !== 'number' || quantity <= 0) problems.push(problem('quantity_e6', 'not_positive'));
    const unit = row.values.uom_code;
    if (unit && !units.has(String(unit)))
      problems.push(problem('uom_code', 'not_found', { value: String(unit) }));
    const { assembly_number: _a, bom_version: _v, line_number: _l, ...compared } = row.values;
    const fieldChanges = before
      ? differences(fields, before, withDefaults(compared))
      : differences(fields, null, row.values);
    const change = before === null ? 'ADDED' : fieldChanges.length > 0 ? 'CHANGED' : 'UNCHANGED';
    return { ...verdict, problems, change, fields: fieldChanges };
  }

  function saveOf(
    number: string,
    material_id: Id<'materials'>,
    header: HeldHeader | null,
    pairs: readonly { row: ParsedRow; before: HeldLine | null }[],
  ): { save: Save | null; problems: RowProblem[] } {
    const parsed = catalogue.saveMasterBom.input.safeParse({
      bom_id: null,
      row_version: null,
      material_id,
      bom_number: header?.bom_number ?? number,
      bom_name: header?.bom_name ?? number,
      bom_type: 'PRODUCTION',
      base_quantity_e6: header?.base_quantity_e6 ?? 1_000_000,
      uom_id: header?.uom_id ?? units.get(items.get(number)?.base_uom ?? 'EA'),
      effective_start_on: header?.effective_start_on ?? null,
      effective_end_on: header?.effective_end_on ?? null,
      lines: pairs.map(({ row, before }) => {
        const item = items.get(textOf(row.values.item_number));
        const value = (key: string): Stored =>
          orHeld(row.values[key], before?.[key] ?? LINE[key]) ?? LINE[key] ?? null;
        const unit = orHeld(row.values.uom_code, before?.uom_code) ?? item?.base_uom ?? '';
        return {
          component_material_id: item?.id,
          quantity_e6: numberOf(value('quantity_e6')),
          uom_id: units.get(String(unit)),
          scrap_percent_e4: value('scrap_percent_e4'),
          operation_number: value('operation_number'),
          is_phantom: value('is_phantom'),
          backflush: value('backflush'),
          notes: value('notes'),
          alternate_of: null,
        };
      }),
    });
    return { save: parsed.success ? parsed.data : null, problems: contractProblems(parsed, () => null) };
  }

  return {
    judge(row: ParsedRow): Judged<Op> | null {
      const number = textOf(row.values.assembly_number);
      const rows = assemblies.get(number) ?? [];
      rows.push(row);
      assemblies.set(number, rows);
      return null;
    },
    close,
  };
}

const quiet = (row: number, label: string): Judged<Op> => ({
  row,
  problems: [],
  change: 'UNCHANGED',
  label,
  fields: [],
  op: null,
});
/** By line number where the file has one, else as they stand. */
const inOrder = (rows: readonly ParsedRow[]): ParsedRow[] =>
  rows.toSorted(
    (a, b) =>
      (numberOf(a.values.line_number) ?? Infinity) - (numberOf(b.values.line_number) ?? Infinity) ||
      a.row - b.row,
  );
/** An empty cell of a column that always has a value means its usual value. */
const withDefaults = (values: ParsedRow['values']): ParsedRow['values'] =>
  Object.fromEntries(Object.entries(values).map(([key, value]) => [key, value ?? LINE[key] ?? null]));

const removedLine = (row: number, number: string, line: HeldLine): Judged<Op> => ({
  ...quiet(row, `${number} › ${line.item_number}`),
  change: 'REMOVED',
  fields: [{ field: 'quantity_e6', old: line.quantity_e6, new: null }],
});
/** Lines whose place among the lines that stay is another than before. */
function orderChanges(
  pairs: readonly { before: HeldLine | null }[],
  held: readonly HeldLine[],
): Map<number, DifferenceField> {
  const staying = pairs.flatMap(({ before }, at) => (before ? [{ before, at }] : []));
  const kept = new Set(staying.map(({ before }) => before));
  const places = held.filter(line => kept.has(line));
  return new Map(
    staying.flatMap(({ before, at }, place) => {
      const was = places.indexOf(before);
      const field: DifferenceField = { field: 'line_number', old: (was + 1) * 10, new: (place + 1) * 10 };
      return was === place ? [] : [[at, field]];
    }),
  );
}
const withMove = (verdict: Judged<Op>, move: DifferenceField | undefined): Judged<Op> =>
  move === undefined || verdict.change === 'ADDED'
    ? verdict
    : { ...verdict, change: 'CHANGED', fields: [...verdict.fields, move] };

/** A bill in force is not edited: its next version takes its place at once. */
export const bomLinesKind: ImportKind<Op> = {
  kind: 'bom_lines',
  sheet: 'components',
  create: 'boms:create',
  update: 'boms:update',
  fields,
  planner,
  apply(ctx, { save, replaces }) {
    const { bom_id } = saveMasterBom(ctx, save);
    if (replaces) deactivateMasterBom(ctx, { bom_id: replaces });
    activateMasterBom(ctx, { bom_id, end_old: false });
    return undefined;
  },
};

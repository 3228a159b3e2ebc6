import type { Id } from '../../../../db/kit/columns.ts';
import { WORK_CENTER_TYPES } from '../../../../db/schema/tracking.ts';
import type { ParsedInputOf } from '../../../../preload/contract/rpc.ts';
import { tracking } from '../../../../preload/contract/tracking.ts';
import type { Stored } from '../../../platform/sheet.ts';
import type { ReadCtx } from '../../../rpc/context.ts';
import { listWorkCenters, saveWorkCenter } from '../../tracking/work-centers.service.ts';
import {
  contractProblems,
  differences,
  emptied,
  type ImportField,
  type ImportKind,
  type Judged,
  missing,
  numberOf,
  orHeld,
  type ParsedRow,
  problem,
  type RowProblem,
  textOf,
} from '../import-kind.ts';

const fields: ImportField[] = [
  { key: 'work_center_code', kind: 'text', is_key: true, is_required: true, example: 'WC010' },
  { key: 'work_center_name', kind: 'text', is_required: true, example: 'Welding' },
  {
    key: 'work_center_type',
    kind: 'text',
    choices: WORK_CENTER_TYPES,
    words: 'work_center_type',
    example: 'ASSEMBLY',
  },
  { key: 'flow_position', kind: 'integer', is_required: true, example: '10' },
  { key: 'departments', kind: 'text', example: 'ASM, QC' },
  { key: 'is_active', kind: 'boolean', example: 'TRUE' },
];
type Op = ParsedInputOf<typeof tracking.saveWorkCenter>;
type Held = Record<string, Stored> & { work_center_id: Id<'work_centers'>; row_version: number };

/** Codes in the order of the alphabet, so that the order in the file says nothing. */
export const codeList = (text: Stored | undefined): string[] =>
  [
    ...new Set(
      textOf(text)
        .split(/[,;]/)
        .map(code => code.trim())
        .filter(Boolean),
    ),
  ].sort();

function planner(ctx: ReadCtx) {
  const departments = new Map(
    ctx.sql
      .all<{ dept_code: string; id: string }>('select dept_code, id from departments where plant_id = ?', [
        ctx.actor.plant_id,
      ])
      .map(row => [row.dept_code, row.id]),
  );
  const codes = new Map([...departments].map(([code, id]) => [id, code]));
  const held = new Map<string, Held>(
    listWorkCenters(ctx).rows.map(({ departments: linked, movements: _m, people: _p, ...row }) => [
      row.work_center_code,
      {
        ...row,
        departments: linked
          .map(d => codes.get(d.department_id) ?? '')
          .sort()
          .join(', '),
      },
    ]),
  );
  const seen = new Map<string, number>();
  return {
    judge({ row, values }: ParsedRow): Judged<Op> {
      const code = textOf(values.work_center_code).toUpperCase();
      const none: Judged<Op> = { row, problems: [], change: 'UNCHANGED', label: code, fields: [], op: null };
      const refused = (...problems: RowProblem[]): Judged<Op> => ({ ...none, problems });
      const twice = seen.get(code);
      if (twice !== undefined) return refused(problem('work_center_code', 'row_twice', { row: twice }));
      seen.set(code, row);
      const before = held.get(code) ?? null;
      const listed =
        values.departments === undefined ? {} : { departments: codeList(values.departments).join(', ') };
      const given: ParsedRow['values'] = { ...values, ...listed, work_center_code: code };
      const changed = differences(fields, before, given);
      if (before !== null && changed.length === 0) return none;
      const lacking = before === null ? missing(fields, given) : emptied(fields, changed);
      if (lacking.length > 0) return refused(...lacking);
      const value = (field: string) => orHeld(given[field], before?.[field]);
      const wanted = codeList(value('departments'));
      const unknown = wanted.find(name => !departments.has(name));
      if (unknown !== undefined) return refused(problem('departments', 'not_found', { value: unknown }));
      const parsed = tracking.saveWorkCenter.input.safeParse({
        ...(before && { work_center_id: before.work_center_id, row_version: before.row_version }),
        work_center_code: code,
        work_center_name: textOf(value('work_center_name')),
        work_center_type: value('work_center_type') ?? 'ASSEMBLY',
        flow_position: numberOf(value('flow_position')),
        is_active: value('is_active') !== false,
        department_ids: wanted.map(name => departments.get(name)),
      });
      if (!parsed.success) return refused(...contractProblems(parsed));
      const label = `${code} ${parsed.data.work_center_name}`;
      return {
        ...none,
        change: before === null ? 'ADDED' : 'CHANGED',
        label,
        fields: changed,
        op: parsed.data,
      };
    },
  };
}

export const workCentersKind: ImportKind<Op> = {
  kind: 'work_centers',
  sheet: 'work_centers',
  create: 'work_centers:update',
  update: 'work_centers:update',
  fields,
  planner,
  apply(ctx, op) {
    saveWorkCenter(ctx, op);
    return undefined;
  },
};

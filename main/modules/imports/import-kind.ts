import type { DifferenceField, ImportKindName } from '../../../preload/contract/imports.ts';
import type { CellKind, Stored } from '../../platform/sheet.ts';
import type { CommandCtx, ReadCtx } from '../../rpc/context.ts';

export interface ImportField {
  /** The key of the same column in our own sheets, so that an export finds its fields by itself. */
  key: string;
  kind: Exclude<CellKind, 'instant' | 'duration_min'>;
  /** Must be there when a record is added. */
  is_required?: boolean;
  /** Part of what names the record: must be mapped, and a number in the cell is refused. */
  is_key?: boolean;
  /** Part numbers, phone numbers: a number in the cell may have lost digits. */
  is_number_text?: boolean;
  /** An empty cell of a figure, a flag or a choice leaves what is stored; here it takes it away. */
  may_be_empty?: boolean;
  /** A closed set of codes; `words` names their words among the texts of sheets. */
  choices?: readonly string[];
  words?: string;
  /** Shown in the template. */
  example: string;
}
/** Values by field. Absent: the file has no such column, what is stored stays. Null: the cell is empty. */
export interface ParsedRow {
  row: number;
  values: Readonly<Record<string, Stored | undefined>>;
}
export interface RowProblem {
  /** Empty when it is about the whole row. */
  field: string | null;
  code: string;
  values?: Record<string, string | number>;
}
export interface Judged<Op> {
  row: number;
  problems: RowProblem[];
  change: 'ADDED' | 'CHANGED' | 'REMOVED' | 'UNCHANGED';
  label: string;
  fields: DifferenceField[];
  op: Op | null;
}
/** Judges row by row on a read-only database; what needs the whole file comes at `close`. */
export interface Planner<Op> {
  judge(row: ParsedRow): Judged<Op> | null;
  close?(): Judged<Op>[];
}
/** One kind of record that can come from a spreadsheet: its fields, how rows are judged and how a change is made. */
export interface ImportKind<Op> {
  kind: ImportKindName;
  /** Names the sheet among the texts of sheets; its headings are the headings of the template. */
  sheet: string;
  /** Permissions; adding and changing are asked for apart. */
  create: string;
  update: string;
  fields: readonly ImportField[];
  planner(ctx: ReadCtx): Planner<Op>;
  /** One change through the service of its module. Answers what the person must be told once. */
  apply(ctx: CommandCtx, op: Op): ImportNotice | undefined;
}
/** A line of the closing report, such as the one-time password of a new user. */
export interface ImportNotice {
  label: string;
  value: string;
}

const trimmed = (value: Stored | undefined): Stored =>
  typeof value === 'string' ? value.trim() || null : (value ?? null);
export const sameValue = (a: Stored | undefined, b: Stored | undefined): boolean => trimmed(a) === trimmed(b);

/** The fields in which the file differs from what is stored; `held` is null for a new record. */
export function differences(
  fields: readonly ImportField[],
  held: Readonly<Record<string, Stored>> | null,
  values: ParsedRow['values'],
): DifferenceField[] {
  return fields.flatMap(({ key }) => {
    const given = values[key];
    if (given === undefined) return [];
    const stored = held?.[key] ?? null;
    return sameValue(stored, given) ? [] : [{ field: key, old: stored, new: trimmed(given) }];
  });
}

export const problem = (
  field: string | null,
  code: string,
  values: Record<string, string | number> = {},
): RowProblem => ({ field, code, values });

/** Required fields that the file would empty. */
export const emptied = (fields: readonly ImportField[], changed: readonly DifferenceField[]): RowProblem[] =>
  changed
    .filter(({ field, new: to }) => to === null && fields.some(f => f.key === field && f.is_required))
    .map(({ field }) => problem(field, 'required'));

/** What a new record lacks. */
export const missing = (fields: readonly ImportField[], values: ParsedRow['values']): RowProblem[] =>
  fields
    .filter(field => field.is_required && trimmed(values[field.key]) === null)
    .map(field => problem(field.key, 'required'));

interface Complaint {
  code: string;
  path: PropertyKey[];
  message: string;
  origin?: string;
  minimum?: number | bigint;
  maximum?: number | bigint;
}
export interface ContractAnswer {
  success: boolean;
  error?: { issues: Complaint[] };
}
/** Stored figures as they are written: millionths and ten-thousandths. */
const written = (field: string | null, stored: number | bigint): number =>
  Number(stored) / (field?.endsWith('_e6') ? 1_000_000 : field?.endsWith('_e4') ? 10_000 : 1);
function complaint(field: string | null, { code, origin, minimum, maximum, message }: Complaint): RowProblem {
  if (code === 'too_big' && maximum !== undefined)
    return origin === 'string'
      ? problem(field, 'too_long', { most: Number(maximum) })
      : problem(field, 'above', { most: written(field, maximum) });
  if (code === 'too_small' && minimum !== undefined)
    return origin === 'string'
      ? problem(field, 'too_short', { least: Number(minimum) })
      : problem(field, 'below', { least: written(field, minimum) });
  return problem(field, 'not_valid', { reason: message });
}
/** The complaints of a contract about values, as problems of the fields they name. */
export const contractProblems = (
  { success, error }: ContractAnswer,
  fieldOf: (path: string) => string | null = path => path,
  depth = 0,
): RowProblem[] =>
  success
    ? []
    : (error?.issues ?? []).map(issue =>
        complaint(fieldOf(String(issue.path[depth] ?? issue.path[0] ?? '')), issue),
      );

export const textOf = (value: Stored | undefined): string => (typeof value === 'string' ? value.trim() : '');
export const numberOf = (value: Stored | undefined): number | null =>
  typeof value === 'number' ? value : null;
/** The given value, or the stored one where the file has no such column. */
export const orHeld = (given: Stored | undefined, held: Stored | undefined): Stored =>
  given === undefined ? (held ?? null) : trimmed(given);

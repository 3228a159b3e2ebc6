import { z } from 'zod';
import { cellEdit } from '../../db/schema/imports.ts';
import { workbookOffer } from './reporting.ts';
import { command, empty, idOf, job, type ModuleContract, query } from './rpc.ts';

/** What can come from a spreadsheet. */
export const IMPORT_KINDS = ['materials', 'bom_lines', 'orders', 'users', 'work_centers'] as const;
export const importKind = z.enum(IMPORT_KINDS);
export type ImportKindName = z.infer<typeof importKind>;

const importId = idOf('spreadsheet_imports');
/** Column of the file by field, from 1. */
const mapping = z.record(z.string().max(60), z.int().min(1).max(500));
const edits = z.array(cellEdit.extend({ text: z.string().max(2000) })).max(20_000);
const stored = z.union([z.string(), z.number(), z.boolean()]).nullable();

export const importField = z.object({
  field: z.string(),
  heading: z.string(),
  kind: z.enum(['text', 'integer', 'quantity', 'day', 'boolean', 'percent']),
  is_required: z.boolean(),
  is_key: z.boolean(),
  /** Words of a closed set. */
  choices: z.array(z.string()),
});
export type ImportField = z.infer<typeof importField>;
export const differenceField = z.object({ field: z.string(), old: stored, new: stored });
export type DifferenceField = z.infer<typeof differenceField>;
export const importProblem = z.object({
  row: z.int(),
  /** From 1; null when it is about the whole row or a column the file lacks. */
  column: z.int().nullable(),
  field: z.string().nullable(),
  code: z.string(),
  values: z.record(z.string(), z.union([z.string(), z.number()])),
  /** The cell as it stands in the file. */
  text: z.string(),
});
export type ImportProblem = z.infer<typeof importProblem>;
export const importDifference = z.object({
  row: z.int(),
  change: z.enum(['ADDED', 'CHANGED', 'REMOVED']),
  label: z.string(),
  fields: z.array(differenceField),
});
export type ImportDifference = z.infer<typeof importDifference>;
export const importCounts = z.object({
  rows: z.int(),
  added: z.int(),
  changed: z.int(),
  removed: z.int(),
  unchanged: z.int(),
  problems: z.int(),
});
export type ImportCounts = z.infer<typeof importCounts>;
/** No screen shows more of them; the counts are of all. */
export const MOST_SHOWN = 2000;

const fileRefusals = [
  'import_unknown',
  'import_file_empty',
  'import_file_missing',
  'import_old_excel',
  'import_not_a_workbook',
  'import_not_a_table',
  'import_file_damaged',
  'import_zip_bomb',
  'import_merged_cells',
  'import_two_tables',
  'import_cells_outside',
  'import_title_above',
  'import_heading_gap',
  'import_heading_twice',
  'import_empty_rows',
  'import_too_many_rows',
  'import_too_many_columns',
  'import_cell_too_long',
  'import_csv_quote_open',
  'not_allowed',
] as const;

export const imports = {
  /** The kinds that this person may bring in. */
  kinds: query({
    allow: 'signed_in',
    input: empty,
    output: z.object({ kinds: z.array(importKind) }),
  }),
  /** An empty workbook with the headings, and a sheet that says what belongs in each column. */
  template: job({
    allow: 'signed_in',
    input: z.object({ kind: importKind }),
    output: workbookOffer,
    refusals: ['not_allowed'],
  }),
  prepareUpload: command({
    allow: 'signed_in',
    input: z.object({ kind: importKind, file_name: z.string().min(1).max(255), size_bytes: z.int().min(0) }),
    output: z.object({ ticket: z.string() }),
    refusals: ['not_allowed', 'import_file_empty', 'file_too_large'],
  }),
  /** Keeps the received file for this person until the import is applied or given up. */
  begin: command({
    allow: 'signed_in',
    input: z.object({ kind: importKind, ticket: z.string().max(100), file_name: z.string().min(1).max(255) }),
    output: z.object({ import_id: importId }),
    refusals: ['not_allowed', 'ticket_unknown', 'import_file_empty'],
  }),
  /** Reads the headings and the first rows, and proposes which column is which field. */
  inspect: job({
    allow: 'signed_in',
    input: z.object({ import_id: importId }),
    output: z.object({
      import_id: importId,
      kind: importKind,
      file_name: z.string(),
      format: z.enum(['xlsx', 'csv']),
      sheet: z.string().nullable(),
      columns: z.array(z.object({ column: z.int(), heading: z.string(), samples: z.array(z.string()) })),
      fields: z.array(importField),
      mapping,
      edits,
    }),
    refusals: fileRefusals,
  }),
  /** Dry run: problems by cell and the difference to what is stored. Nothing is written but mapping and corrections. */
  check: job({
    allow: 'signed_in',
    input: z.object({ import_id: importId, mapping, edits }),
    output: z.object({
      counts: importCounts,
      problems: z.array(importProblem),
      differences: z.array(importDifference),
      /** Names exactly this difference; applying asks for it. */
      fingerprint: z.string().max(200),
    }),
    refusals: [...fileRefusals, 'import_column_missing'],
  }),
  /** All or nothing, in one transaction; refuses when the difference is not the one that was shown. */
  apply: job({
    allow: 'signed_in',
    input: z.object({ import_id: importId, fingerprint: z.string().max(200) }),
    output: z.object({
      counts: importCounts,
      /** Told once: one-time passwords of new users. */
      notices: z.array(z.object({ label: z.string(), value: z.string() })),
    }),
    refusals: [
      ...fileRefusals,
      'import_column_missing',
      'import_has_problems',
      'import_difference_changed',
      'import_row_refused',
      'import_nothing_to_do',
    ],
  }),
  discard: command({
    allow: 'signed_in',
    input: z.object({ import_id: importId }),
    output: empty,
    refusals: ['import_unknown'],
  }),
  /** Own imports: those still open first, then the last ones applied. */
  list: query({
    allow: 'signed_in',
    input: z.object({ kind: importKind.nullable().default(null) }),
    output: z.object({
      imports: z.array(
        z.object({
          import_id: importId,
          kind: importKind,
          file_name: z.string(),
          state: z.enum(['OPEN', 'APPLIED']),
          created_at_ms: z.int(),
          applied_at_ms: z.int().nullable(),
          counts: importCounts.nullable(),
        }),
      ),
    }),
  }),
} satisfies ModuleContract;

import path from 'node:path';
import type { z } from 'zod';
import { spreadsheet_imports } from '../../../db/schema/imports.ts';
import { type importField, type imports, MOST_SHOWN } from '../../../preload/contract/imports.ts';
import type { Failure, OutputOf, ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { CommandCtx, ReadCtx } from '../../rpc/context.ts';
import type { JobCtx } from '../../rpc/handlers.ts';
import { Refusal, refuse } from '../../rpc/refusal.ts';
import { notify } from '../infrastructure/notifications.service.ts';
import { saveSavedView } from '../infrastructure/saved-views.service.ts';
import { sheetTexts } from '../reporting/sheet-texts.rules.ts';
import { cellText } from './cell-values.rules.ts';
import { proposeMapping, rememberedOf, sheetTitles } from './headings.rules.ts';
import { fileOf, type ImportRow, kindOf, openImport } from './import-files.service.ts';
import type { ImportKind, ImportNotice } from './import-kind.ts';
import { kindNamed } from './kinds.ts';
import { type Plan, planTable, type Step } from './plan.service.ts';
import { openTable, type Table } from './table-file.service.ts';

type Input<P extends keyof typeof imports> = ParsedInputOf<(typeof imports)[P]>;
type Output<P extends keyof typeof imports> = OutputOf<(typeof imports)[P]>;
const SAMPLES = 3;

/** Mappings are kept like the views of a list: by person and kind. */
const mappingList = (kind: string): string => `import:${kind}`;
const MAPPING = 'mapping';
function remembered(ctx: ReadCtx, kind: string): Record<string, string> {
  const row = ctx.sql.get<{ definition: string }>(
    'select definition from saved_views where user_id = ? and list = ? and view_name = ?',
    [ctx.actor.user_id, mappingList(kind), MAPPING],
  );
  const held: unknown = row ? JSON.parse(row.definition) : {};
  return Object.fromEntries(
    Object.entries(held ?? {}).flatMap(([heading, field]) =>
      typeof field === 'string' ? [[heading, field]] : [],
    ),
  );
}

export function fieldsOf(
  ctx: ReadCtx,
  { fields, sheet }: ImportKind<unknown>,
): z.output<typeof importField>[] {
  const texts = sheetTexts(ctx.actor.locale);
  return fields.map(({ key, kind, is_required = false, is_key = false, choices = [], words }) => ({
    field: key,
    heading: texts.heading(sheet, key),
    kind,
    is_required,
    is_key,
    choices: choices.map(code => (words === undefined ? code : (texts.words(words)[code] ?? code))),
  }));
}

const tableOf = (ctx: JobCtx, row: ImportRow): Promise<Table> =>
  openTable(fileOf(row, ctx.data_folder), sheetTitles(kindNamed(kindOf(row)).sheet));

export async function inspectJob(ctx: JobCtx, { import_id }: Input<'inspect'>): Promise<Output<'inspect'>> {
  ctx.progress('reading', 0, 1);
  const row = openImport(ctx, import_id);
  const kind = kindNamed(kindOf(row));
  const table = await tableOf(ctx, row);
  const samples: string[][] = table.headings.map(() => []);
  let seen = 0;
  for await (const { cells } of table.rows) {
    for (const [at, list] of samples.entries()) list.push(cellText(cells[at] ?? null).slice(0, 80));
    seen += 1;
    if (seen === SAMPLES) break;
  }
  const proposed = proposeMapping(kind.sheet, kind.fields, table.headings, remembered(ctx, kind.kind));
  return {
    import_id,
    kind: kind.kind,
    file_name: row.file_name,
    format: table.format,
    sheet: table.sheet,
    columns: table.headings.map((heading, at) => ({ column: at + 1, heading, samples: samples[at] ?? [] })),
    fields: fieldsOf(ctx, kind),
    mapping: Object.keys(row.mapping).length > 0 ? row.mapping : proposed,
    edits: row.edits,
  };
}

interface Checked {
  plan: Plan<unknown>;
  headings: string[];
}
async function plan(
  ctx: JobCtx,
  row: ImportRow,
  mapping: ImportRow['mapping'],
  edits: ImportRow['edits'],
): Promise<Checked> {
  const table = await tableOf(ctx, row);
  const total = Math.max(0, (table.expected_rows ?? 1) - 1);
  const made = await planTable(ctx, kindNamed(kindOf(row)), table, mapping, edits, done =>
    ctx.progress('checking', done, Math.max(done, total)),
  );
  return { plan: made, headings: table.headings };
}

/** What a dry run found, without the steps: they are worked out again when they are applied. */
export async function checkJob(ctx: JobCtx, { import_id, mapping, edits }: Input<'check'>) {
  ctx.progress('reading', 0, 1);
  const made = await plan(ctx, openImport(ctx, import_id), mapping, edits);
  const { steps: _, ...found } = made.plan;
  return { found, headings: made.headings };
}
export function finishCheck(
  ctx: CommandCtx,
  { found, headings }: Awaited<ReturnType<typeof checkJob>>,
  { import_id, mapping, edits }: Input<'check'>,
): Output<'check'> {
  const row = openImport(ctx, import_id);
  ctx.update(spreadsheet_imports, row.id, { mapping, edits, counts: found.counts });
  const definition = rememberedOf(headings, mapping);
  saveSavedView(ctx, {
    list: mappingList(row.import_kind),
    view_name: MAPPING,
    definition,
    is_shared: false,
  });
  return {
    ...found,
    problems: found.problems.slice(0, MOST_SHOWN),
    differences: found.differences.slice(0, MOST_SHOWN),
  };
}

/** Plans once more on what is stored now. Refuses anything but the difference that was shown. */
export async function applyJob(ctx: JobCtx, { import_id, fingerprint }: Input<'apply'>) {
  ctx.progress('reading', 0, 1);
  const row = openImport(ctx, import_id);
  const { counts, steps, fingerprint: current } = (await plan(ctx, row, row.mapping, row.edits)).plan;
  if (counts.problems > 0) refuse('import_has_problems', { problems: counts.problems });
  if (current !== fingerprint) refuse('import_difference_changed');
  if (steps.length === 0) refuse('import_nothing_to_do');
  ctx.progress('writing', 0, steps.length);
  return { counts, steps };
}
export function finishApply(
  ctx: CommandCtx,
  { counts, steps }: Awaited<ReturnType<typeof applyJob>>,
  { import_id }: Input<'apply'>,
): Output<'apply'> {
  const row = openImport(ctx, import_id);
  const kind = kindNamed(kindOf(row));
  const notices: ImportNotice[] = steps.flatMap(step => applied(ctx, kind, step) ?? []);
  ctx.update(spreadsheet_imports, row.id, { state: 'APPLIED', applied_at_ms: ctx.now_ms, counts });
  ctx.record({
    action: 'IMPORT',
    category: 'import',
    entity_type: 'spreadsheet_imports',
    entity_id: row.id,
    entity_identifier: row.file_name,
    metadata: {
      kind: row.import_kind,
      sha256: row.file_sha256,
      corrected_cells: row.edits.length,
      ...counts,
    },
  });
  notify(ctx, {
    roles: ['ORG_ADMIN'],
    type: 'SYSTEM_UPDATE',
    message_code: 'imports:told.finished',
    message_values: { file: row.file_name, by: ctx.actor.full_name },
  });
  return { counts, notices };
}
export function failedApply(ctx: CommandCtx, failure: Failure, { import_id }: Input<'apply'>): void {
  const row = openImport(ctx, import_id);
  notify(ctx, {
    roles: ['ORG_ADMIN'],
    type: 'ERROR',
    message_code: 'imports:told.failed',
    message_values: { file: row.file_name, by: ctx.actor.full_name, code: failure.code },
  });
}
/** A refusal of a service names the row it is about; the transaction takes back everything before it. */
function applied(ctx: CommandCtx, kind: ImportKind<unknown>, step: Step<unknown>): ImportNotice | undefined {
  try {
    return kind.apply(ctx, step.op);
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return refuse('import_row_refused', {
      row: step.row,
      label: step.label,
      refusal: error.code,
      ...error.details,
    });
  }
}

export const workbookPath = (ctx: JobCtx, name: string): string => path.join(ctx.work_folder, name);

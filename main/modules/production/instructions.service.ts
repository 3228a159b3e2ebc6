import { and, asc, desc, eq } from 'drizzle-orm';
import type { RowOf } from '../../../db/kit/define-table.ts';
import type { tools, work_instruction_steps, work_instructions } from '../../../db/schema/production.ts';
import { t } from '../../../db/sqlite/tables.ts';
import type { LocalizedText, ProductModel } from '../../../preload/contract/product-model.ts';
import type { InstructionPage, InstructionSummary } from '../../../preload/contract/production.ts';
import type { InstructionStep } from '../../../preload/contract/production-shapes.ts';
import type { QueryCtx, ReadCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';
import { activeModel } from '../catalogue/product-models.service.ts';
import { conditionInWords } from './condition-words.rules.ts';

/** The family whose rule tables give the words of conditions. */
export const FAMILY = 'MDRD';
export type InstructionRow = RowOf<typeof work_instructions>;

export function listInstructions(
  ctx: QueryCtx,
  { all_versions }: { all_versions: boolean },
): { instructions: InstructionSummary[] } {
  const { work_instructions: w } = t;
  const words = wordsOf(ctx);
  const steps = new Map(
    ctx.sql
      .all<{ instruction_id: string; steps: number }>(
        'select instruction_id, count(*) as steps from work_instruction_steps group by instruction_id',
      )
      .map(row => [row.instruction_id, row.steps]),
  );
  const rows = ctx.db
    .select()
    .from(w)
    .where(all_versions ? undefined : eq(w.status, 'APPROVED'))
    .orderBy(asc(w.position), asc(w.instruction_code), desc(w.instruction_version))
    .all();
  return { instructions: rows.map(row => ({ ...summaryOf(row, words), steps: steps.get(row.id) ?? 0 })) };
}

export function getInstruction(
  ctx: QueryCtx,
  { instruction_id }: { instruction_id: string },
): InstructionPage {
  const { work_instructions: w } = t;
  const words = wordsOf(ctx);
  const row =
    ctx.db
      .select()
      .from(w)
      .where(eq(w.id, instruction_id as InstructionRow['id']))
      .get() ?? refuse('row_not_found', { table: 'work_instructions', id: instruction_id });
  const versions = ctx.db
    .select()
    .from(w)
    .where(eq(w.instruction_code, row.instruction_code))
    .orderBy(desc(w.instruction_version))
    .all();
  const material = row.material_id
    ? ctx.sql.get<{ material_number: string }>('select material_number from materials where id = ?', [
        row.material_id,
      ])
    : undefined;
  return {
    ...summaryOf(row, words),
    description: row.description,
    for_each_when: row.for_each_when,
    for_each_when_words: row.for_each_when && row.for_each ? words(row.for_each_when, row.for_each) : null,
    after_codes: row.after_codes,
    bom_groups: row.bom_groups,
    material_numbers: row.material_numbers,
    material_number: material?.material_number ?? null,
    steps: stepsOf(ctx).get(row.id) ?? [],
    tools: (toolsOf(ctx).get(row.id) ?? []).map(({ id, tool_names }) => ({ tool_id: id, names: tool_names })),
    versions: versions.map(v => ({
      instruction_id: v.id,
      instruction_version: v.instruction_version,
      status: v.status,
      created_at_ms: v.created_at_ms,
    })),
  };
}

export function listTools(ctx: QueryCtx) {
  const used = new Map(
    ctx.sql
      .all<{ tool_id: string; uses: number }>(
        `select l.tool_id, count(*) as uses from work_instruction_tools l
         join work_instructions w on w.id = l.instruction_id and w.status = 'APPROVED' group by l.tool_id`,
      )
      .map(row => [row.tool_id, row.uses]),
  );
  const rows = ctx.db.select().from(t.tools).orderBy(asc(t.tools.category), asc(t.tools.tool_name)).all();
  return {
    tools: rows.map(row => ({
      tool_id: row.id,
      names: row.tool_names,
      description: row.description,
      category: row.category,
      is_active: row.is_active,
      instructions: used.get(row.id) ?? 0,
      asset_number: row.asset_number,
      calibration_due_on: row.calibration_due_on,
      is_calibration_due: row.calibration_due_on !== null && row.calibration_due_on <= ctx.today(),
      row_version: row.row_version,
    })),
  };
}

/** The instructions in force; a draft stands in the place of the version it would follow. Refuses `instruction_not_draft`. */
export function instructionsWith(ctx: ReadCtx, draft_id: InstructionRow['id'] | undefined): InstructionRow[] {
  if (draft_id === undefined) return approvedInstructions(ctx);
  const { work_instructions: w } = t;
  const draft =
    ctx.db.select().from(w).where(eq(w.id, draft_id)).get() ??
    refuse('row_not_found', { table: 'work_instructions', id: draft_id });
  const { instruction_code, instruction_version } = draft;
  if (draft.status !== 'DRAFT')
    refuse('instruction_not_draft', { code: instruction_code, version: instruction_version });
  const approved = approvedInstructions(ctx);
  const place = approved.findIndex(row => row.instruction_code === instruction_code);
  return place < 0 ? [...approved, draft] : approved.with(place, draft);
}

/** The approved instructions in the order of their file. */
export function approvedInstructions(ctx: ReadCtx): InstructionRow[] {
  const { work_instructions: w } = t;
  return ctx.db
    .select()
    .from(w)
    .where(eq(w.status, 'APPROVED'))
    .orderBy(asc(w.position), asc(w.instruction_code))
    .all();
}

export const stepOf = ({
  step_number,
  description,
  safety_notes,
  estimated_minutes,
  media_file_id,
  annotations,
}: RowOf<typeof work_instruction_steps>): InstructionStep => ({
  step_number,
  description,
  safety_notes,
  estimated_minutes,
  media_file_id,
  annotations,
});
/** Steps of every approved or asked-for instruction, by instruction. */
export function stepsOf(ctx: ReadCtx): Map<string, InstructionStep[]> {
  const s = t.work_instruction_steps;
  const found = new Map<string, InstructionStep[]>();
  const rows: RowOf<typeof work_instruction_steps>[] = ctx.db
    .select()
    .from(s)
    .orderBy(asc(s.instruction_id), asc(s.step_number))
    .all();
  for (const row of rows) {
    const list = found.get(row.instruction_id) ?? [];
    list.push(stepOf(row));
    found.set(row.instruction_id, list);
  }
  return found;
}

export function toolsOf(ctx: ReadCtx): Map<string, RowOf<typeof tools>[]> {
  const { work_instruction_tools: link } = t;
  const rows = ctx.db
    .select()
    .from(link)
    .innerJoin(t.tools, and(eq(t.tools.id, link.tool_id)))
    .orderBy(asc(link.id))
    .all();
  const found = new Map<string, RowOf<typeof tools>[]>();
  for (const row of rows) {
    const list = found.get(row.work_instruction_tools.instruction_id) ?? [];
    list.push(row.tools);
    found.set(row.work_instruction_tools.instruction_id, list);
  }
  return found;
}

type Words = (condition: string, group?: string) => LocalizedText | null;
function wordsOf(ctx: ReadCtx): Words {
  const known = ctx.sql.get('select 1 from product_models where family = ?', [FAMILY]);
  if (!known) return () => null;
  const model: ProductModel = activeModel(ctx, FAMILY).compiled.model;
  return (condition, group) => conditionInWords(model, condition, group);
}

function summaryOf(row: InstructionRow, words: Words) {
  return {
    instruction_id: row.id,
    instruction_code: row.instruction_code,
    instruction_version: row.instruction_version,
    form_id: row.form_id,
    title: row.title,
    status: row.status,
    applies_when_words: words(row.applies_when),
    applies_when: row.applies_when,
    for_each: row.for_each,
    estimated_minutes: row.estimated_minutes,
  };
}

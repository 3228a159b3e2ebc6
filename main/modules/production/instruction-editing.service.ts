import { and, asc, eq } from 'drizzle-orm';
import {
  work_instruction_steps,
  work_instruction_tools,
  work_instructions,
} from '../../../db/schema/production.ts';
import { t } from '../../../db/sqlite/tables.ts';
import type { instructionEditing } from '../../../preload/contract/instruction-editing.ts';
import type { OutputOf, ParsedInputOf } from '../../../preload/contract/rpc.ts';
import type { CommandCtx, ReadCtx } from '../../rpc/context.ts';
import { Refusal, refuse } from '../../rpc/refusal.ts';
import { compileCondition } from '../catalogue/condition.rules.ts';
import { conditionWords } from '../catalogue/condition-words.rules.ts';
import { findCycle } from '../catalogue/cycle.rules.ts';
import { activeModel } from '../catalogue/product-models.service.ts';
import { FAMILY, type InstructionRow } from './instructions.service.ts';

type Input<P extends keyof typeof instructionEditing> = ParsedInputOf<(typeof instructionEditing)[P]>;
type Output<P extends keyof typeof instructionEditing> = OutputOf<(typeof instructionEditing)[P]>;
type InstructionId = InstructionRow['id'];

/** Refuses `row_not_found`. */
export function instructionRow(ctx: ReadCtx, id: InstructionId): InstructionRow {
  const { work_instructions: w } = t;
  const row = ctx.db.select().from(w).where(eq(w.id, id)).get();
  return row ?? refuse('row_not_found', { table: 'work_instructions', id });
}
function draftRow(ctx: ReadCtx, id: InstructionId): InstructionRow {
  const row = instructionRow(ctx, id);
  if (row.status !== 'DRAFT')
    refuse('instruction_not_draft', { code: row.instruction_code, version: row.instruction_version });
  return row;
}

export function editInstruction(
  ctx: ReadCtx,
  { instruction_id }: Input<'editInstruction'>,
): Output<'editInstruction'> {
  const row = instructionRow(ctx, instruction_id);
  const { work_instruction_steps: s, work_instruction_tools: l } = t;
  const steps = ctx.db.select().from(s).where(eq(s.instruction_id, row.id)).orderBy(asc(s.step_number)).all();
  const links = ctx.db.select().from(l).where(eq(l.instruction_id, row.id)).orderBy(asc(l.id)).all();
  return {
    ...row,
    instruction_id: row.id,
    change_note: row.change_note ?? '',
    tool_ids: links.map(({ tool_id }) => tool_id),
    steps,
  };
}

export function checkCondition(
  ctx: ReadCtx,
  { when, for_each }: Input<'checkCondition'>,
): Output<'checkCondition'> {
  try {
    const { compiled } = activeModel(ctx, FAMILY);
    compileCondition(compiled, { when, ...(for_each && { for_each }) });
    return { words: conditionWords(compiled.model, when, for_each ?? undefined), problem: null };
  } catch (error) {
    if (!(error instanceof Refusal)) throw error;
    return { words: null, problem: String(error.details.problem ?? error.code) };
  }
}

/** Refuses `condition_invalid` for a condition that the engine could not judge on the floor. */
function requireConditions(
  ctx: ReadCtx,
  {
    applies_when,
    for_each,
    for_each_when,
  }: Pick<InstructionRow, 'applies_when' | 'for_each' | 'for_each_when'>,
): void {
  const { compiled } = activeModel(ctx, FAMILY);
  compileCondition(compiled, { when: applies_when });
  if (for_each && for_each_when) compileCondition(compiled, { when: for_each_when, for_each });
}
/** What the task waits for must be there, and nothing may wait for itself. */
function requireOrder(ctx: ReadCtx, code: string, after_codes: readonly string[]): void {
  const { work_instructions: w } = t;
  const others = ctx.db.select().from(w).where(eq(w.status, 'APPROVED')).all();
  const graph = new Map(others.map(row => [row.instruction_code, row.after_codes]));
  graph.set(code, [...after_codes]);
  const unknown = after_codes.find(after => !graph.has(after));
  if (unknown !== undefined) refuse('instruction_unknown', { code: unknown });
  const cycle = findCycle(graph);
  if (cycle) refuse('instructions_cycle', { codes: cycle.join(' > ') });
}

export function saveInstruction(
  ctx: CommandCtx,
  { instruction_id, row_version, steps, tool_ids, change_note, ...fields }: Input<'saveInstruction'>,
): Output<'saveInstruction'> {
  requireConditions(ctx, fields);
  requireOrder(ctx, fields.instruction_code, fields.after_codes);
  const values = { ...fields, change_note: change_note || null };
  const stored = instruction_id
    ? ctx.update(
        work_instructions,
        draftRow(ctx, instruction_id).id,
        withoutCode(values),
        row_version ?? undefined,
      )
    : ctx.insert(work_instructions, {
        ...values,
        ...firstOfItsCode(ctx, fields.instruction_code),
        status: 'DRAFT',
      });
  replaceParts(ctx, stored.id, steps, tool_ids);
  return { instruction_id: stored.id, row_version: stored.row_version };
}
/** A version keeps the code of the instruction it is a version of. */
const withoutCode = <T extends { instruction_code: string }>({ instruction_code: _, ...rest }: T) => rest;

function firstOfItsCode(ctx: ReadCtx, code: string) {
  const held = ctx.sql.get('select 1 from work_instructions where instruction_code = ?', [code]);
  if (held) refuse('instruction_code_taken', { code });
  const last = ctx.sql.get<{ position: number | null }>(
    'select max(position) as position from work_instructions',
  );
  return { instruction_version: 1, position: (last?.position ?? 0) + 1 };
}
function replaceParts(
  ctx: CommandCtx,
  instruction_id: InstructionId,
  steps: Input<'saveInstruction'>['steps'],
  tool_ids: Input<'saveInstruction'>['tool_ids'],
): void {
  removeParts(ctx, instruction_id);
  for (const [at, step] of steps.entries())
    ctx.insert(work_instruction_steps, { instruction_id, step_number: at + 1, ...step });
  for (const tool_id of new Set(tool_ids)) ctx.insert(work_instruction_tools, { instruction_id, tool_id });
}
function removeParts(ctx: CommandCtx, instruction_id: InstructionId): void {
  const idsIn = (table: 'work_instruction_steps' | 'work_instruction_tools') =>
    ctx.sql.all<{ id: string }>(`select id from ${table} where instruction_id = ?`, [instruction_id]);
  for (const { id } of idsIn('work_instruction_steps')) ctx.remove(work_instruction_steps, id);
  for (const { id } of idsIn('work_instruction_tools')) ctx.remove(work_instruction_tools, id);
}

/** A draft with everything the version has; one draft per instruction. */
export function newInstructionVersion(ctx: CommandCtx, { instruction_id }: Input<'newInstructionVersion'>) {
  const row = instructionRow(ctx, instruction_id);
  const { work_instructions: w } = t;
  const versions = ctx.db.select().from(w).where(eq(w.instruction_code, row.instruction_code)).all();
  const draft = versions.find(({ status }) => status === 'DRAFT');
  if (draft)
    refuse('instruction_draft_exists', { code: row.instruction_code, version: draft.instruction_version });
  const { steps, tool_ids, ...held } = editInstruction(ctx, { instruction_id });
  const instruction_version = Math.max(...versions.map(v => v.instruction_version)) + 1;
  const made = ctx.insert(work_instructions, {
    instruction_code: held.instruction_code,
    instruction_version,
    form_id: held.form_id,
    title: held.title,
    description: held.description,
    material_id: row.material_id,
    status: 'DRAFT',
    applies_when: held.applies_when,
    for_each: held.for_each,
    for_each_when: held.for_each_when,
    estimated_minutes: held.estimated_minutes,
    after_codes: held.after_codes,
    bom_groups: held.bom_groups,
    material_numbers: held.material_numbers,
    position: row.position,
  });
  const copies = steps.map(
    ({ description, safety_notes, estimated_minutes, media_file_id, annotations }) => ({
      description,
      safety_notes,
      estimated_minutes,
      media_file_id,
      annotations,
    }),
  );
  replaceParts(ctx, made.id, copies, tool_ids);
  return { instruction_id: made.id, instruction_version };
}

export function discardInstruction(ctx: CommandCtx, { instruction_id }: Input<'discardInstruction'>) {
  const row = draftRow(ctx, instruction_id);
  removeParts(ctx, row.id);
  ctx.remove(work_instructions, row.id);
  return {};
}

export function approveInstruction(
  ctx: CommandCtx,
  { instruction_id, row_version }: Input<'approveInstruction'>,
) {
  const row = draftRow(ctx, instruction_id);
  const steps = ctx.sql.get('select 1 from work_instruction_steps where instruction_id = ?', [row.id]);
  if (!steps) refuse('instruction_without_steps', { code: row.instruction_code });
  requireConditions(ctx, row);
  requireOrder(ctx, row.instruction_code, row.after_codes);
  const { work_instructions: w } = t;
  const before = ctx.db
    .select({ id: w.id })
    .from(w)
    .where(and(eq(w.instruction_code, row.instruction_code), eq(w.status, 'APPROVED')))
    .all();
  for (const { id } of before) ctx.update(work_instructions, id, { status: 'SUPERSEDED' });
  ctx.update(
    work_instructions,
    row.id,
    { status: 'APPROVED', approved_by: ctx.actor.user_id, approved_at_ms: ctx.now_ms },
    row_version,
  );
  return {};
}

import { z } from 'zod';
import type { Id } from '../../../db/kit/columns.ts';
import { localText } from '../../../db/schema/local-text.ts';
import {
  tools,
  work_instruction_steps,
  work_instruction_tools,
  work_instructions,
} from '../../../db/schema/production.ts';
import { taskGroup } from '../../../preload/contract/production-shapes.ts';
import type { CommandCtx } from '../../rpc/context.ts';
import { refuse } from '../../rpc/refusal.ts';

const toolsFile = z.array(
  z.strictObject({ name: localText, description: z.string().nullable(), category: z.string().nullable() }),
);
const instructionsFile = z.array(
  z.strictObject({
    code: z.string().min(1).max(20),
    title: localText,
    description: localText,
    material_number: z.string().nullable(),
    version: z.int().min(1),
    form_id: z.string().min(1).max(40),
    applies_when: z.string().min(1).max(1000),
    for_each: taskGroup.nullable(),
    for_each_when: z.string().max(1000).nullable(),
    estimated_minutes: z.int().min(0),
    after: z.array(z.string()),
    bom_groups: z.array(z.string()),
    material_numbers: z.array(z.string()),
    check_codes: z.array(z.string()),
    tools: z.array(z.string()),
    steps: z.array(
      z.strictObject({
        step_number: z.int().min(1),
        description: localText,
        safety_notes: localText.nullable(),
        estimated_minutes: z.int().min(0),
      }),
    ),
  }),
);
type InstructionRecord = z.infer<typeof instructionsFile>[number];

/**
 * Installs tools and work instructions of two files (parsed JSON). What is there already in the same version
 * stays; a newer version supersedes the older one. Refuses `instructions_invalid` and `tool_unknown`.
 */
export function installInstructions(
  ctx: CommandCtx,
  files: { tools: unknown; instructions: unknown },
): { tools: number; instructions: number } {
  const toolRecords = parsed(toolsFile, files.tools, 'tools');
  const records = parsed(instructionsFile, files.instructions, 'instructions');
  const toolIds = new Map(
    ctx.sql
      .all<{ id: Id<'tools'>; tool_name: string }>('select id, tool_name from tools')
      .map(row => [row.tool_name, row.id]),
  );
  let newTools = 0;
  for (const { name, description, category } of toolRecords) {
    if (toolIds.has(name.en)) continue;
    const row = ctx.insert(tools, { tool_name: name.en, tool_names: name, description, category });
    toolIds.set(name.en, row.id);
    newTools++;
  }
  let installed = 0;
  for (const [index, record] of records.entries()) {
    if (installOne(ctx, record, index + 1, toolIds)) installed++;
  }
  return { tools: newTools, instructions: installed };
}

function installOne(
  ctx: CommandCtx,
  record: InstructionRecord,
  position: number,
  toolIds: ReadonlyMap<string, Id<'tools'>>,
): boolean {
  const held = ctx.sql.all<{ id: string; instruction_version: number; status: string }>(
    'select id, instruction_version, status from work_instructions where instruction_code = ?',
    [record.code],
  );
  if (held.some(row => row.instruction_version >= record.version)) return false;
  for (const row of held.filter(r => r.status === 'APPROVED'))
    ctx.update(work_instructions, row.id, { status: 'SUPERSEDED' });
  const material = record.material_number
    ? ctx.sql.get<{ id: Id<'materials'> }>(
        "select id from materials where material_number = ? order by record_type = 'PART', id limit 1",
        [record.material_number],
      )
    : undefined;
  const instruction = ctx.insert(work_instructions, {
    instruction_code: record.code,
    instruction_version: record.version,
    form_id: record.form_id,
    title: record.title,
    description: record.description,
    material_id: material?.id ?? null,
    applies_when: record.applies_when,
    for_each: record.for_each,
    for_each_when: record.for_each_when && rowCondition(record.for_each_when),
    estimated_minutes: record.estimated_minutes,
    after_codes: record.after,
    bom_groups: record.bom_groups,
    material_numbers: record.material_numbers,
    check_codes: record.check_codes,
    position,
  });
  for (const { step_number, description, safety_notes, estimated_minutes } of record.steps) {
    ctx.insert(work_instruction_steps, {
      instruction_id: instruction.id,
      step_number,
      description,
      safety_notes,
      estimated_minutes,
    });
  }
  for (const name of record.tools) {
    const tool_id = toolIds.get(name) ?? refuse('tool_unknown', { tool: name, instruction: record.code });
    ctx.insert(work_instruction_tools, { instruction_id: instruction.id, tool_id });
  }
  return true;
}

/** Files may say `it` for the row; conditions of the product model say `row`. */
const rowCondition = (text: string): string => text.replace(/\bit\./g, 'row.');

function parsed<T>(schema: z.ZodType<T>, given: unknown, file: string): T {
  const result = schema.safeParse(given);
  if (result.success) return result.data;
  const issue = result.error.issues[0];
  return refuse('instructions_invalid', {
    file,
    path: issue?.path.join('.') ?? '',
    reason: issue?.message ?? '',
  });
}

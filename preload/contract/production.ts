import { z } from 'zod';
import { localText } from '../../db/schema/local-text.ts';
import { assembly } from './assembly.ts';
import { instructionEditing } from './instruction-editing.ts';
import { instructionStep, taskGroup } from './production-shapes.ts';
import { empty, idOf, type ModuleContract, query } from './rpc.ts';

const instructionId = idOf('work_instructions');
export const instructionStatus = z.enum(['DRAFT', 'APPROVED', 'SUPERSEDED']);

export const tool = z.object({
  tool_id: idOf('tools'),
  names: localText,
  description: z.string().nullable(),
  category: z.string().nullable(),
  is_active: z.boolean(),
  instructions: z.int(),
  asset_number: z.string().nullable(),
  calibration_due_on: z.string().nullable(),
  is_calibration_due: z.boolean(),
  row_version: z.int(),
});
export const instructionSummary = z.object({
  instruction_id: instructionId,
  instruction_code: z.string(),
  instruction_version: z.int(),
  form_id: z.string(),
  title: localText,
  status: instructionStatus,
  /** The condition in words; null when it can only be read as an expression. */
  applies_when_words: localText.nullable(),
  applies_when: z.string(),
  for_each: taskGroup.nullable(),
  estimated_minutes: z.int(),
  steps: z.int(),
});
export type InstructionSummary = z.infer<typeof instructionSummary>;
export const instructionPage = instructionSummary.omit({ steps: true }).extend({
  description: localText,
  for_each_when: z.string().nullable(),
  for_each_when_words: localText.nullable(),
  after_codes: z.array(z.string()),
  bom_groups: z.array(z.string()),
  material_numbers: z.array(z.string()),
  material_number: z.string().nullable(),
  steps: z.array(instructionStep),
  tools: z.array(z.object({ tool_id: idOf('tools'), names: localText })),
  versions: z.array(
    z.object({
      instruction_id: instructionId,
      instruction_version: z.int(),
      status: instructionStatus,
      created_at_ms: z.int(),
    }),
  ),
});
export type InstructionPage = z.infer<typeof instructionPage>;

export const taskPart = z.object({
  item_id: z.string(),
  name: z.string(),
  quantity_e6: z.int(),
  uom_code: z.string(),
  /** The BOM line of the build it comes with; null when it is such a line itself. */
  from_item_id: z.string().nullable(),
});
export type TaskPart = z.infer<typeof taskPart>;
export const task = z.object({
  /** From 1, in an order in which every task follows those it needs. */
  sequence: z.int(),
  /** `B1.2` for the second basin, `A01` for the whole build. */
  task_code: z.string(),
  instruction_id: instructionId,
  instruction_code: z.string(),
  instruction_version: z.int(),
  form_id: z.string(),
  title: localText,
  description: localText,
  for_each: taskGroup.nullable(),
  /** Basin, faucet, … number from 1. */
  index: z.int().nullable(),
  after: z.array(z.string()),
  estimated_minutes: z.int(),
  steps: z.array(instructionStep),
  tools: z.array(localText),
  parts: z.array(taskPart),
});
export type Task = z.infer<typeof task>;

export const production = {
  listInstructions: query({
    allow: 'work_instructions:read',
    input: z.object({ all_versions: z.boolean().default(false) }),
    output: z.object({ instructions: z.array(instructionSummary) }),
  }),
  getInstruction: query({
    allow: 'work_instructions:read',
    input: z.object({ instruction_id: instructionId }),
    output: instructionPage,
    refusals: ['row_not_found'],
  }),
  listTools: query({
    allow: 'work_instructions:read',
    input: empty,
    output: z.object({ tools: z.array(tool) }),
  }),
  /** What has to be done for one build, in order, with parts, tools and minutes. */
  tasks: query({
    allow: 'work_instructions:read',
    input: z.object({ order_id: idOf('orders') }),
    output: z.object({ tasks: z.array(task), total_minutes: z.int() }),
    refusals: [
      'row_not_found',
      'bom_missing',
      'family_unknown',
      'product_model_unknown',
      'condition_invalid',
      'condition_failed',
      'instructions_cycle',
    ],
  }),
  ...assembly,
  ...instructionEditing,
} satisfies ModuleContract;

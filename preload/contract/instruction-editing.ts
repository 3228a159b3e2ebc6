import { z } from 'zod';
import { localText } from '../../db/schema/local-text.ts';
import { annotation } from '../../db/schema/production.ts';
import { documentLanguage, givenConfiguration } from './orders.ts';
import { taskGroup } from './production-shapes.ts';
import { command, empty, idOf, type ModuleContract, query } from './rpc.ts';

const instructionId = idOf('work_instructions');
const expression = z.string().trim().min(1).max(1000);
/** The English text is the one that may not be missing. */
const words = (most: number) =>
  z.object({
    en: z.string().trim().min(1).max(most),
    fr: z.string().trim().max(most),
    es: z.string().trim().max(most),
  });
const code = z
  .string()
  .trim()
  .toUpperCase()
  .regex(/^[A-Z][A-Z0-9.-]{1,19}$/, 'letters, digits, . and - only');
export const editedStep = z.object({
  description: words(2000),
  safety_notes: words(1000).nullable(),
  estimated_minutes: z.int().min(0).max(10_000),
  media_file_id: idOf('file_uploads').nullable(),
  annotations: z.array(annotation).max(50),
});
export type EditedStep = z.infer<typeof editedStep>;
const instructionFields = {
  instruction_code: code,
  form_id: z.string().trim().min(1).max(40),
  title: words(200),
  description: words(2000),
  applies_when: expression,
  for_each: taskGroup.nullable(),
  for_each_when: expression.nullable(),
  estimated_minutes: z.int().min(0).max(100_000),
  after_codes: z.array(z.string().max(20)).max(100),
  bom_groups: z.array(z.string().max(40)).max(50),
  material_numbers: z.array(z.string().max(50)).max(100),
  change_note: z.string().trim().max(500),
  tool_ids: z.array(idOf('tools')).max(50),
  steps: z.array(editedStep).max(100),
};
export const editedInstruction = z.object(instructionFields).extend({
  instruction_id: instructionId,
  instruction_version: z.int(),
  row_version: z.int(),
  status: z.enum(['DRAFT', 'APPROVED', 'SUPERSEDED']),
});
export type EditedInstruction = z.infer<typeof editedInstruction>;

/** Answers that belong to no build. `document_language` is an answer, too, where the product model asks for it. */
export const exampleAnswers = z.object({
  family: z.string().min(1).max(40),
  configuration: givenConfiguration,
  document_language: documentLanguage,
});
export type ExampleAnswers = z.infer<typeof exampleAnswers>;
const triedInstruction = z.object({
  instruction_id: instructionId,
  instruction_code: z.string(),
  instruction_version: z.int(),
  title: localText,
  is_draft: z.boolean(),
  /** `undecided`: an answer it asks for is missing, or the condition failed; `problem` says which. */
  outcome: z.enum(['applies', 'left_out', 'undecided']),
  problem: z.string().nullable(),
  applies_when: z.string(),
  applies_when_words: localText.nullable(),
  task_codes: z.array(z.string()),
  minutes: z.int(),
  steps: z.int(),
});

/** Drafts of work instructions, their approval and who has read them; tools with their calibration. */
export const instructionEditing = {
  editInstruction: query({
    allow: 'work_instructions:read',
    input: z.object({ instruction_id: instructionId }),
    output: editedInstruction,
    refusals: ['row_not_found'],
  }),
  /** What a condition means, or why it is none. */
  checkCondition: query({
    allow: 'work_instructions:read',
    input: z.object({ when: z.string().max(1000), for_each: taskGroup.nullable() }),
    output: z.object({ words: localText.nullable(), problem: z.string().nullable() }),
  }),
  /** Which instructions apply to any answers, complete or not; with `draft_id` as they would with that draft in force. */
  tryInstructions: query({
    allow: 'work_instructions:read',
    input: z.object({ example: exampleAnswers, draft_id: instructionId.optional() }),
    output: z.object({
      instructions: z.array(triedInstruction),
      tasks: z.int(),
      minutes: z.int(),
    }),
    refusals: ['row_not_found', 'instruction_not_draft', 'product_model_unknown', 'condition_invalid'],
  }),
  /** Makes or changes a draft. An approved version never changes: a change of it starts with a new version. */
  saveInstruction: command({
    allow: 'work_instructions:update',
    input: z.object(instructionFields).extend({
      instruction_id: instructionId.nullable(),
      row_version: z.int().nullable(),
    }),
    output: z.object({ instruction_id: instructionId, row_version: z.int() }),
    refusals: [
      'row_not_found',
      'row_changed',
      'instruction_not_draft',
      'instruction_code_taken',
      'instruction_unknown',
      'instructions_cycle',
      'condition_invalid',
      'family_unknown',
      'value_not_valid',
    ],
  }),
  newInstructionVersion: command({
    allow: 'work_instructions:create',
    input: z.object({ instruction_id: instructionId }),
    output: z.object({ instruction_id: instructionId, instruction_version: z.int() }),
    refusals: ['row_not_found', 'instruction_draft_exists'],
  }),
  discardInstruction: command({
    allow: 'work_instructions:update',
    input: z.object({ instruction_id: instructionId }),
    output: empty,
    refusals: ['row_not_found', 'instruction_not_draft'],
  }),
  /** The draft is in force, the version before it is superseded. */
  approveInstruction: command({
    allow: 'work_instructions:approve',
    input: z.object({ instruction_id: instructionId, row_version: z.int() }),
    output: empty,
    refusals: [
      'row_not_found',
      'row_changed',
      'instruction_not_draft',
      'instruction_without_steps',
      'instruction_unknown',
      'instructions_cycle',
      'condition_invalid',
      'family_unknown',
    ],
  }),
  confirmInstructionRead: command({
    allow: 'work_instructions:read',
    input: z.object({ instruction_id: instructionId }),
    output: empty,
    refusals: ['row_not_found', 'instruction_not_approved'],
  }),
  instructionReads: query({
    allow: 'work_instructions:read',
    input: z.object({ instruction_id: instructionId }),
    output: z.object({
      is_read_by_me: z.boolean(),
      reads: z.array(z.object({ full_name: z.string(), read_at_ms: z.int() })),
      /** Active assemblers who have not confirmed this version. */
      missing: z.array(z.string()),
    }),
    refusals: ['row_not_found'],
  }),
  saveTool: command({
    allow: 'work_instructions:update',
    input: z.object({
      tool_id: idOf('tools').nullable(),
      row_version: z.int().nullable(),
      names: words(100),
      description: z.string().trim().max(500).nullable(),
      category: z.string().max(50).nullable(),
      asset_number: z.string().trim().max(50).nullable(),
      calibration_due_on: z.iso.date().nullable(),
      is_active: z.boolean(),
    }),
    output: z.object({ tool_id: idOf('tools') }),
    refusals: ['row_not_found', 'row_changed', 'already_exists', 'value_not_valid'],
  }),
} satisfies ModuleContract;

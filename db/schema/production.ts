import { z } from 'zod';
import { day, id, instant, integer, json, oneOf, ref, text } from '../kit/columns.ts';
import { activeFlag, appendOnly, defineTable, twoWay } from '../kit/define-table.ts';
import { localText } from './local-text.ts';

export const tools = defineTable(
  'tools',
  {
    tool_name: text(100).about('English name, unique'),
    tool_names: json(localText),
    description: text(500).optional(),
    category: text(50).optional(),
    asset_number: text(50).optional(),
    calibration_due_on: day().optional().about('empty for tools that are not calibrated'),
    is_active: activeFlag(),
  },
  {
    row_is: 'A tool named by work instructions.',
    sync: twoWay('merge_columns'),
    unique: [['tool_name']],
    identified_by: 'tool_name',
  },
);

export const work_instructions = defineTable(
  'work_instructions',
  {
    instruction_code: text(20),
    instruction_version: integer(1),
    form_id: text(40),
    title: json(localText),
    description: json(localText),
    material_id: id<'materials'>().optional().about('no reference: the material belongs to one plant'),
    status: oneOf('DRAFT', 'APPROVED', 'SUPERSEDED').default('APPROVED'),
    applies_when: text(1000).about('CEL expression over the configuration'),
    for_each: oneOf('basins', 'faucets', 'sprayers', 'accessories').optional(),
    for_each_when: text(1000).optional(),
    estimated_minutes: integer(0),
    after_codes: json(z.array(z.string())),
    bom_groups: json(z.array(z.string())),
    material_numbers: json(z.array(z.string())),
    position: integer(1),
    change_note: text(500).optional().about('what this version changes'),
    approved_by: ref('users').optional(),
    approved_at_ms: instant().optional(),
  },
  {
    row_is: 'A version of the instruction for one assembly task.',
    sync: twoWay('whole_document'),
    document: { root_id: 'id' },
    unique: [['instruction_code', 'instruction_version']],
    identified_by: 'instruction_code',
  },
);

/** A mark over a picture; places are thousandths of its width and height. */
const place = z.int().min(0).max(1000);
export const ANNOTATION_SHAPES = ['arrow', 'box', 'circle', 'number', 'text'] as const;
export const annotation = z.object({
  shape: z.enum(ANNOTATION_SHAPES),
  x1: place,
  y1: place,
  x2: place,
  y2: place,
  label: z.string().max(80),
});

export const work_instruction_steps = defineTable(
  'work_instruction_steps',
  {
    instruction_id: ref('work_instructions', 'cascade'),
    step_number: integer(1),
    description: json(localText),
    safety_notes: json(localText).optional(),
    media_file_id: ref('file_uploads', 'set null').optional(),
    annotations: json(z.array(annotation)).default([]).about('drawn over the picture'),
    estimated_minutes: integer(0),
  },
  {
    row_is: 'A step of a work instruction.',
    sync: twoWay('whole_document'),
    document: { root_id: 'instruction_id' },
    unique: [['instruction_id', 'step_number']],
  },
);

export const work_instruction_tools = defineTable(
  'work_instruction_tools',
  { instruction_id: ref('work_instructions', 'cascade'), tool_id: ref('tools') },
  {
    row_is: 'A tool needed by a work instruction.',
    sync: twoWay('whole_document'),
    document: { root_id: 'instruction_id' },
    unique: [['instruction_id', 'tool_id']],
  },
);

export const work_instruction_reads = defineTable(
  'work_instruction_reads',
  {
    instruction_id: ref('work_instructions', 'cascade'),
    user_id: ref('users'),
    read_at_ms: instant(),
  },
  {
    row_is: 'A person confirmed to have read and understood a version of a work instruction.',
    sync: appendOnly(),
    unique: [['instruction_id', 'user_id']],
  },
);
